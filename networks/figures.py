"""What others may count: classes with a gathering, families reached and families who answered. Never who."""

from django.db.models import Exists, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from networks.models import Gathering, GatheringReport, Invitation, Pulse
from portal.figures import Total, figure, lies_behind_figures
from portal.people.models import GuardianRelation, Role, SchoolClass
from portal.people.rules import LEADERS
from portal.surveys.models import Question


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


@figure("networks.families_invited", label=_("Families invited"), unit=_("families"))
def families_invited(school, start, end):
    classes = SchoolClass.objects.filter(school=school)
    homes = GuardianRelation.objects.live(end).in_classes(classes.values("pk"), end).homes().distinct()
    invited = _invited(school, start, end).filter(household__in=homes)
    return Total(part=invited.order_by().values("household").distinct().count(), whole=homes.count())


@figure("networks.families_came", label=_("Families who came"), unit=_("families"))
def families_came(school, start, end):
    """As the organisers wrote down, of those who were invited to the same gatherings."""
    reports = GatheringReport.objects.filter(gathering__in=_taken_place(school, start, end))
    came = reports.aggregate(came=Sum("families"))["came"] or 0
    invited = Invitation.objects.filter(gathering__in=reports.values("gathering")).count()
    return Total(part=min(came, invited), whole=invited)


@figure("networks.children_involved", label=_("The children took part in planning"), unit=_("gatherings"))
def children_involved(school, start, end):
    with_children = _taken_place(school, start, end).exclude(kind__in=Gathering.FOR_ADULTS)
    return Total.of(with_children, ~Q(children_involved="") | Q(report__isnull=False) & ~Q(report__involved=""))


@figure("networks.pulse_adults", label=_("Adults who got to know somebody new"), unit=_("homes"))
def pulse_adults(school, start, end):
    return _felt(Pulse.NEW, school, start, end)


@figure("networks.pulse_children", label=_("Children who had somebody to be with"), unit=_("homes"))
def pulse_children(school, start, end):
    return _felt(Pulse.BESIDE, school, start, end)


def _felt(name, school, start, end):
    """Homes whose answer was a plain yes. Surveys that too few answered are empty when they close."""
    places = Q(pk=None)
    for kind, names in Pulse.QUESTIONS.items():
        if name in names:
            places |= Q(survey__gathering_pulse__kind=kind, place=names.index(name))
    pulses = Pulse.objects.filter(gathering__in=_taken_place(school, start, end), survey__closed_at__isnull=False)
    questions = Question.objects.filter(places, survey__in=pulses.values("survey"))
    sums = questions.order_by().aggregate(part=Sum("counts__0"), whole=Sum("said"))
    return Total(part=sums["part"] or 0, whole=sums["whole"] or 0)


def _taken_place(school, start, end):
    return Gathering.objects.that_took_place().filter(school_class__school=school, starts_at__date__range=(start, end))


def _invited(school, start, end):
    return Invitation.objects.with_reach().filter(
        gathering__school_class__school=school, gathering__starts_at__date__range=(start, end)
    )


for kind in LEADERS:
    lies_behind_figures(kind, "networks:coverage_show", _("Gatherings, class by class"))
lies_behind_figures(Role.Kind.MUNICIPALITY_OFFICER, "networks:coverage_totals", _("Gatherings in spring and autumn"))
