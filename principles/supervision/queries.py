"""What the pages of a supervision read, each in a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from portal.figures import FIGURES
from portal.people.models import School, keys_of
from principles.models import Principle, PrincipleVersion
from principles.supervision import rules
from principles.supervision.models import (
    OVERSEERS,
    FurtherQuestion,
    SupervisedClause,
    Supervision,
    SupervisionResult,
)
from principles.supervision.totals import Shown, shown_of


def schools_overseen_by(person):
    return School.objects.filter(pk__in=keys_of.schools(person, OVERSEERS)).order_by("name")


@dataclass(frozen=True)
class SupervisionList:
    under_way: list[Supervision]
    concluded: list[Supervision]
    to_begin: list[Principle]


def supervision_list_of(school, person):
    found = list(
        Supervision.objects.visible_to(person)
        .filter(school=school)
        .select_related("version")
        .annotate(
            whole=Count("points", distinct=True),
            stated=Count("points", distinct=True, filter=Q(points__stated_at__isnull=False)),
            assessed=Count("points", distinct=True, filter=~Q(points__verdict="")),
            published=Count("results", distinct=True),
        )
    )
    busy = {one.version.principle_id for one in found if not one.is_concluded}
    in_force = PrincipleVersion.objects.in_force().values("principle")
    principles = Principle.objects.filter(school=school, pk__in=in_force).exclude(pk__in=busy).select_related("school")
    return SupervisionList(
        under_way=[one for one in found if not one.is_concluded],
        concluded=[one for one in found if one.is_concluded],
        to_begin=list(principles),
    )


@dataclass
class PointPage:
    point: SupervisedClause
    figures: list[Shown]
    further: list[FurtherQuestion]

    @property
    def open_question(self):
        return next((one for one in self.further if one.answered_at is None), None)


@dataclass
class SupervisionPage:
    supervision: Supervision
    points: list[PointPage]
    result: SupervisionResult | None
    leads: bool
    assesses: bool

    @property
    def reads_statements(self):
        """The board reads the statement when all of it is handed in."""
        return self.leads or not self.supervision.is_stating

    @property
    def left_to_state(self):
        return sum(one.point.stated_at is None for one in self.points)

    @property
    def left_to_assess(self):
        return sum(not one.point.verdict or bool(one.open_question) for one in self.points)

    @property
    def may_hand(self):
        return self.leads and self.supervision.is_stating and not self.left_to_state

    @property
    def may_conclude(self):
        return self.assesses and self.supervision.is_assessing and not self.left_to_assess

    @property
    def may_measure(self):
        return self.assesses or not self.supervision.is_concluded

    @property
    def may_publish(self):
        return self.assesses and self.supervision.is_concluded


def supervision_page(supervision, person):
    points = supervision.points.select_related("clause", "supervision").prefetch_related(
        Prefetch("further", FurtherQuestion.objects.order_by("asked_at", "pk"))
    )
    return SupervisionPage(
        supervision=supervision,
        points=[point_page(one, supervision) for one in points],
        result=supervision.results.first(),
        leads=rules.can_hand(person, supervision),
        assesses=rules.can_conclude(person, supervision),
    )


def point_page(point, supervision):
    figures = [shown_of(name, supervision.evidence) for name in point.figures]
    return PointPage(point, [one for one in figures if one], list(point.further.all()))


def figures_to_choose():
    """By room, in the words of the figures."""
    return [(name, f"{figure.label} ({figure.unit})") for name, figure in FIGURES.items()]


def newest_result(principle, person):
    found = SupervisionResult.objects.visible_to(person).of(principle)
    return found.select_related("supervision__version__principle__school").defer("file").first()
