"""What each page of the room reads, whole and in a fixed number of queries."""

from networks.queries.answers import (
    AnswerPage,
    FirstPage,
    answer_page,
    children_coming,
    children_of_link,
    first_page,
    own_gatherings,
)
from networks.queries.board import (
    INVITED,
    Board,
    Row,
    board_of,
    contacts_of,
    has_left,
    name_of,
    organisers_of,
    row_of,
    silent_homes,
)
from networks.queries.class_page import GatheringsOnPage, gatherings_on_page
from networks.queries.classes import ClassOverview, class_overview, missing_terms
from networks.queries.history import EarlierYear, again, earlier_years
from networks.queries.tasks import (
    BeforeSending,
    Tasks,
    before_sending,
    greeting,
    lifts_of,
    may_still_stop,
    reminder_arrives,
    tasks_of,
    thought_of,
)

__all__ = [
    "INVITED",
    "AnswerPage",
    "BeforeSending",
    "Board",
    "ClassOverview",
    "EarlierYear",
    "FirstPage",
    "GatheringsOnPage",
    "Row",
    "Tasks",
    "again",
    "answer_page",
    "before_sending",
    "board_of",
    "children_coming",
    "children_of_link",
    "class_overview",
    "contacts_of",
    "earlier_years",
    "first_page",
    "gatherings_on_page",
    "greeting",
    "has_left",
    "lifts_of",
    "may_still_stop",
    "missing_terms",
    "name_of",
    "organisers_of",
    "own_gatherings",
    "reminder_arrives",
    "row_of",
    "silent_homes",
    "tasks_of",
    "thought_of",
]
