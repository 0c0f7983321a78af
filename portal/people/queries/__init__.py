"""What pages read: the families of a class with protection kept, children, the office, the year to come."""

from portal.people.queries.children import Child, children_of, home_of, relations_of
from portal.people.queries.families import Family, families_of, families_with
from portal.people.queries.years import YearMove, next_grades, next_name, next_start, year_to_move

__all__ = [
    "Child",
    "Family",
    "YearMove",
    "children_of",
    "families_of",
    "families_with",
    "home_of",
    "next_grades",
    "next_name",
    "next_start",
    "relations_of",
    "year_to_move",
]
