"""The class contact's page of one class."""

from dataclasses import dataclass

from networks.models import Gathering
from networks.queries.coverage import Half, halves_of
from networks.queries.history import EarlierYear, earlier_years
from portal.people.models import SchoolClass


@dataclass(frozen=True)
class ClassOverview:
    school_class: SchoolClass
    drafts: list[Gathering]
    upcoming: list[Gathering]
    past: list[Gathering]
    halves: list[Half]
    earlier: list[EarlierYear]


def class_overview(school_class, person):
    gatherings = list(school_class.gatherings.select_related("poll"))
    told = [gathering for gathering in gatherings if not gathering.is_draft]
    return ClassOverview(
        school_class=school_class,
        drafts=[gathering for gathering in gatherings if gathering.is_draft],
        upcoming=[gathering for gathering in told if not gathering.is_over()],
        past=[gathering for gathering in reversed(told) if gathering.is_over()],
        halves=halves_of(school_class, gatherings),
        earlier=earlier_years(school_class),
    )
