"""What a new school year will make of the classes of this one."""

import re
from dataclasses import dataclass

from django.db.models import Count, F, Q

from portal.people.models import SchoolYear


def next_start(year, years=1):
    # never raises: no school year starts on 29 February
    return year.starts_on.replace(year=year.starts_on.year + years)


def next_grades(school_class):
    """A class of several grades keeps them: its pupils are placed by hand."""
    return [school_class.grades[0] + 1] if len(school_class.grades) == 1 else school_class.grades


def next_name(school_class):
    """1A -> 2A. A name that does not begin with the grade stays."""
    grade = str(school_class.grades[0]) if len(school_class.grades) == 1 else ""
    if grade and re.match(rf"{grade}(?!\d)", school_class.name):
        return str(int(grade) + 1) + school_class.name.removeprefix(grade)
    return school_class.name


@dataclass(frozen=True)
class ClassMove:
    """`to` is empty when the class leaves the school."""

    name: str
    to: str
    pupils: int


@dataclass(frozen=True)
class YearMove:
    year: SchoolYear
    last_grade: int
    moves: list[ClassMove]

    @property
    def staying(self):
        return sum(move.pupils for move in self.moves if move.to)

    @property
    def leaving(self):
        return sum(move.pupils for move in self.moves if not move.to)


def year_to_move(school):
    """The earliest year with places that run past its end; None when nothing is left to move."""
    runs_on = Q(classes__enrolments__valid_to=None) | Q(classes__enrolments__valid_to__gt=F("ends_on"))
    year = school.years.filter(runs_on, classes__enrolments__isnull=False).order_by("starts_on").first()
    if year is None:
        return None
    staying = Q(enrolments__valid_to=None) | Q(enrolments__valid_to__gt=year.ends_on)
    classes = list(year.classes.annotate(staying=Count("enrolments", filter=staying)).filter(staying__gt=0))
    last_grade = max((grade for school_class in classes for grade in school_class.grades), default=10)
    return YearMove(
        year=year,
        last_grade=last_grade,
        moves=[
            ClassMove(
                name=school_class.name,
                to="" if school_class.grades and min(school_class.grades) >= last_grade else next_name(school_class),
                pupils=school_class.staying,
            )
            for school_class in classes
        ],
    )
