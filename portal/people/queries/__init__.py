"""What pages read: the families of a class with protection kept, children, the office, the year to come."""

from portal.people.queries.child_page import ChildPage, child_page
from portal.people.queries.children import Child, children_of, home_of, wards_of
from portal.people.queries.class_page import ClassPage, class_page
from portal.people.queries.families import Family, families_of, families_with
from portal.people.queries.years import YearMove, next_grades, next_name, next_start, year_to_move

__all__ = [
    "Child",
    "ChildPage",
    "ClassPage",
    "Family",
    "YearMove",
    "child_page",
    "children_of",
    "class_page",
    "families_of",
    "families_with",
    "home_of",
    "next_grades",
    "next_name",
    "next_start",
    "wards_of",
    "year_to_move",
]
