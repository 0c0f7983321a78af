from django.utils.translation import gettext_lazy as _

from grants.models import GrantScheme
from portal.menu import stands_at_foot, stands_at_the_office, stands_in_menu
from portal.people.models import Role, School
from portal.people.rules import LEADERS
from portal.standing import standing

Kind = Role.Kind


def is_covered(hat):
    return not hat.school or bool(_covering(hat.school.municipality_id, hat.school.country))


def _schemes(municipality, country):
    return GrantScheme.objects.covering(School(municipality_id=municipality, country=country)).values_list("pk")[:1]


_covering = standing(_schemes, country=str)

stands_in_menu(
    _("Grants"),
    "SackKroner",
    "grants:application_list",
    order={
        Kind.CLASS_CONTACT: 20,
        Kind.MUNICIPALITY_OFFICER: 30,
        Kind.OFFICE: 40,
        **dict.fromkeys(LEADERS, 20),
    },
    shown=is_covered,
)
stands_at_the_office(_("Applications on paper"), "PrinterSmall", "grants:paper_list")
stands_at_foot(_("Forms"), "grants:form_list")
