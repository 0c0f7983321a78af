"""What others may count: classes with a gathering, families reached and families who answered. Never who."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from networks.models import Gathering, Invitation
from portal.figures import Total, figure, lies_behind_figures
from portal.people.models import Role, SchoolClass
from portal.people.rules import LEADERS


@figure(
    "networks.classes_with_gathering",
    label=_("Classes that have met so far"),
    unit=_("classes"),
    smallest=1,
    headline=True,
)
def classes_with_gathering(school, start, end):
    classes = SchoolClass.objects.filter(school=school, year__starts_on__lte=end, year__ends_on__gte=start)
    held = Gathering.objects.that_took_place().filter(school_class=OuterRef("pk"), starts_at__date__range=(start, end))
    return Total.of(classes, Exists(held))


@figure("networks.families_reached", label=_("Families reached"), unit=_("families"), headline=True)
def families_reached(school, start, end):
    return Total.of(_invited(school, start, end), Q(is_reached=True))


@figure("networks.families_answered", label=_("Families who answered"), unit=_("families"), headline=True)
def families_answered(school, start, end):
    return Total.of(_invited(school, start, end), Q(has_answered=True))


def _invited(school, start, end):
    return Invitation.objects.with_reach().filter(
        gathering__school_class__school=school, gathering__starts_at__date__range=(start, end)
    )


for kind in LEADERS:
    lies_behind_figures(kind, "networks:coverage_show", _("Gatherings, class by class"))
lies_behind_figures(Role.Kind.MUNICIPALITY_OFFICER, "networks:coverage_totals", _("Gatherings in spring and autumn"))
