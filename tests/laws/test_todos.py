"""Law: what waits for nobody costs a first page nothing. Every todo says among which rows it would be found, so that those
of all rooms are asked in one statement."""

from portal.todos import _WAITING
from tests.laws.verdict import allow_none

ALWAYS_ASKED = {
    "portal.people.todos.what_waits": "counts four kinds of rows in one statement of its own",
    "grants.todos.applications_to_decide": "of a leader and of an officer, who have few other things that wait",
    "conferences.todos.day.prompt_to_answer": "waits where a row is missing",
    "conferences.todos.day.interpreters_to_order": "the office's alone",
    "conferences.todos.day.interpreters_to_call_off": "the office's alone, and counted from orders of several schools",
    "conferences.todos.day.children_without_guardian": "the office's alone",
    "networks.letters.todos.letters_to_print": "the office's alone, and counted from homes of several gatherings",
}


def test_every_todo_says_among_which_rows_it_would_be_found():
    asked = {query for found in _WAITING.values() for query, among in found if among is None}
    names = {f"{query.__module__}.{query.__name__}" for query in asked}
    allow_none(
        f"{name} has no `among`; say in `waits_for` which rows it needs, or here why it is asked each time"
        for name in sorted(names - ALWAYS_ASKED.keys())
    )
    assert ALWAYS_ASKED.keys() <= names
