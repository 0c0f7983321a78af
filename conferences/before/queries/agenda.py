"""The agenda of one talk as one person may read it: each point, and who put it there."""

from dataclasses import dataclass

from conferences.before.queries.preparing import TOGETHER, chosen, told_of
from conferences.models import AgendaPoint, AgreedAction, Preparation

Origin = AgreedAction.Owner
Part = Preparation.Part


@dataclass(frozen=True)
class Point:
    origin: str
    text: str
    who: str
    question: str = ""
    key: int | None = None  # of a point that can be taken away

    @property
    def side(self):
        return Origin(self.origin).label


def agenda_of(conference, person, told=None):
    """The pupil's points first, then the home's and the school's. Everyone reads the points of their own home, and a
    family nothing of the other home's. `told` is what staff has opened, which is recorded. Three queries."""
    shared = told_of(conference, person) if told is None else told
    points = _own(conference, person) + [
        Point(Origin.PUPIL if one.is_pupil else Origin.HOME, answer.text, one.who, answer.question)
        for one in shared
        for answer in one.answers
    ]
    of_school = AgendaPoint.objects.visible_to(person).filter(conference=conference).select_related("by")
    points += [Point(Origin.SCHOOL, point.text, point.by.full_name, key=point.pk) for point in of_school]
    return sorted(points, key=lambda point: [Origin.PUPIL, Origin.HOME, Origin.SCHOOL].index(point.origin))


def _own(conference, person):
    if person.household_id is None:
        return []
    parts = (
        Preparation.objects.visible_to(person)
        .shared()
        .filter(conference=conference, part=Part.GUARDIAN, household=person.household_id)
    )
    return [
        Point(Origin.HOME, answer.text, part.by.full_name, answer.question)
        for part in parts.defer("kept").select_related("by")
        for answer in chosen(part, TOGETHER)
    ]
