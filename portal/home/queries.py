"""What the first page of each hat shows."""

from dataclasses import dataclass

from portal.calendars import Entry, coming_to
from portal.figures import FIGURES, Behind, Figure, Total, behind_figures
from portal.menu import Place, places_beside_child
from portal.people.hats import PARENT, PUPIL, Hat
from portal.people.models import Enrolment, Role, School, SchoolYear, keys_of
from portal.people.queries import Child, children_of
from portal.people.rules import LEADERS
from portal.todos import Todo, todos_of_each

OVERSEERS = (*LEADERS, Role.Kind.BOARD_MEMBER)
SHOWN_AHEAD = 5


@dataclass(frozen=True)
class Measured:
    figure: Figure
    total: Total | None


def schools_of(hat):
    if hat is None:
        return School.objects.all()
    if hat.school:
        return School.objects.filter(pk=hat.school.pk)
    if hat.scope:
        return School.objects.filter(municipality=hat.scope)
    pupils = keys_of.children(hat.person) if hat.kind == PARENT else [hat.person.pk]
    return School.objects.filter(
        pk__in=Enrolment.objects.open().filter(pupil__in=pupils).values("school_class__school")
    )


@dataclass(frozen=True)
class Elsewhere:
    hat: Hat
    waiting: int


@dataclass(frozen=True)
class Overview:
    hat: Hat
    todos: list[Todo]
    elsewhere: list[Elsewhere]
    children: list[Child]
    ahead: list[Entry]
    figures: list[Measured]
    behind: list[Behind]
    year: SchoolYear | None
    places: list[Place]


def overview_of(hat, hats, today):
    year = SchoolYear.objects.on(today).filter(school=hat.school).first() if hat.kind in OVERSEERS else None
    others = [other for other in hats if other.key != hat.key]
    todos, *waiting = todos_of_each([hat, *others])
    return Overview(
        hat=hat,
        todos=todos,
        elsewhere=[Elsewhere(other, len(found)) for other, found in zip(others, waiting, strict=True) if found],
        children=children_of(hat.person) if hat.kind == PARENT else [],
        ahead=coming_to(hat.person)[:SHOWN_AHEAD] if hat.kind in (PARENT, PUPIL) else [],
        figures=_measured(hat.school, year, today) if year else [],
        behind=behind_figures(hat),
        year=year,
        places=places_beside_child(hat.person.key, is_own=True) if hat.kind == PUPIL else [],
    )


def _measured(school, year, today):
    measured = [
        Measured(figure=figure, total=figure.over(school, year.starts_on, min(today, year.ends_on)))
        for figure in FIGURES.values()
        if figure.headline
    ]
    return [one for one in measured if one.total or one.figure.smallest > 1]  # else there is nothing to count
