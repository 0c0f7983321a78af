"""The principle, clause by clause, in totals; and for the principal, the children with fewer talks than it requires."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.after.queries.summaries import Felt, feedback_totals
from conferences.figures import came_by, due, over
from conferences.models import Conference, Feedback
from conferences.queries.settings import setting_of
from portal.figures import FIGURES, SMALLEST, Figure, Total
from portal.people.models import Enrolment, GuardianRelation, Person, SchoolClass, keys_of

GROUPS = (
    (
        gettext_lazy("Before the talk"),
        ("called_in_time", "real_chance", "plan_in_time", "plan_opened", "prepared_together"),
    ),
    (gettext_lazy("The talk"), ("talks_held", "guardian_came", "pupil_came", "extra_considered", "told_in_time")),
    (
        gettext_lazy("What comes of it"),
        ("agreed", "no_goals", "followed_up", "home_support", "subjects_covered", "homes_content", "staff_content"),
    ),
)


@dataclass(frozen=True)
class Clause:
    """No total when there are fewer than five."""

    figure: Figure
    total: Total | None

    @property
    def percent(self):
        return 100 * self.total.part // self.total.whole if self.total else None

    @property
    def is_met(self):
        if self.total is None or self.figure.target is None:
            return None
        return self.percent >= self.figure.target


@dataclass(frozen=True)
class Below:
    pupil: Person
    school_class: SchoolClass
    held: int
    reason: str


@dataclass(frozen=True)
class OfClass:
    school_class: SchoolClass
    total: Total | None

    @property
    def percent(self):
        return 100 * self.total.part // self.total.whole if self.total else None


@dataclass(frozen=True)
class Coverage:
    groups: list[tuple[str, list[Clause]]]
    felt: list[tuple[str, Felt | None]]
    target: int
    due: int
    below: list[Below]
    classes: list[OfClass]


def coverage_of(school, year, viewer, *, names):
    """`names` only for those who lead the school: nobody else may see which children are behind."""
    until = min(school.today(), year.ends_on)
    groups = [
        (title, [_clause(f"conferences.{name}", school, year.starts_on, until) for name in figures])
        for title, figures in GROUPS
    ]
    target, felt = setting_of(school).talks_a_year, how_it_felt(school, year)
    by_now = due(target, school)
    if not names:
        return Coverage(groups, felt, target, by_now, below=[], classes=[])
    rows = below(school, year, by_now, viewer)
    return Coverage(groups, felt, target, by_now, below=rows, classes=class_by_class(school, year, until))


def _clause(name, school, start, end):
    return Clause(FIGURES[name], FIGURES[name].over(school, start, end))


def how_it_felt(school, year):
    """C22: the two questions, for both sides. For the whole school only: with classes beside it, a small one could be
    worked out by subtraction. One query."""
    totals = feedback_totals(Conference.objects.filter(school_class__school=school, school_class__year=year))
    return [(label, totals.get(side)) for side, label in Feedback.Side.choices]


def class_by_class(school, year, until):
    rows = came_by(over(school, year.starts_on, until).values("school_class"))
    totals = {row["school_class"]: Total(row["came"], row["children"]) for row in rows}
    classes = SchoolClass.objects.filter(pk__in=totals).order_by("grades", "name")
    return [OfClass(one, totals[one.pk] if totals[one.pk].whole >= SMALLEST else None) for one in classes]


def below(school, year, due, viewer):
    """The children of the year's classes with fewer held talks than are due. Never one from whom the viewer is
    restricted, nor the viewer's own child. Four queries."""
    restricted = keys_of.restricted(viewer)
    own = GuardianRelation.objects.filter(guardian_id=viewer.pk).values("pupil")
    places = (
        Enrolment.objects.current()
        .filter(school_class__school=school, school_class__year=year, pupil__is_active=True)
        .exclude(pupil__in=restricted)
        .exclude(pupil__in=own)
        .select_related("pupil", "school_class")
        .order_by("school_class__grades", "school_class__name", "pupil__sort_name")
    )
    talks = Conference.objects.filter(school_class__school=school, made_at__date__gte=year.starts_on)
    counts = talks.values("pupil").annotate(
        held=Count("pk", filter=Q(state=Conference.State.HELD)),
        missed=Count("pk", filter=Q(state=Conference.State.MISSED)),
        booked=Count("pk", filter=Q(state=Conference.State.CALLED, booking__isnull=False)),
        called=Count("pk", filter=Q(state=Conference.State.CALLED, booking=None)),
    )
    by_pupil = defaultdict(
        lambda: {"held": 0, "missed": 0, "booked": 0, "called": 0}, {row["pupil"]: row for row in counts}
    )
    return [
        Below(place.pupil, place.school_class, by_pupil[place.pupil_id]["held"], _reason(by_pupil[place.pupil_id]))
        for place in places
        if by_pupil[place.pupil_id]["held"] < due
    ]


def _reason(counts):
    if counts["booked"]:
        return _("Has a time")
    if counts["missed"]:
        return _("Nobody came, and no new time yet")
    if counts["called"]:
        return _("Called, and has no time yet")
    return _("Not called yet")
