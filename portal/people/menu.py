from django.utils.translation import gettext_lazy as _

from portal.menu import stands_in_menu
from portal.people.models import Role
from portal.people.rules import LEADERS

Kind = Role.Kind

stands_in_menu(
    _("People"),
    "Person",
    "people:person_list",
    order={Kind.OFFICE: 10, Kind.MUNICIPALITY_OFFICER: 10, **dict.fromkeys(LEADERS, 40)},
)
stands_in_menu(_("Roles"), "HatSchool", "people:role_list", order={Kind.MUNICIPALITY_OFFICER: 20})
stands_in_menu(_("School office"), "Tasklist", "people:office_home", short=_("Office"), order={Kind.OFFICE: 20})
