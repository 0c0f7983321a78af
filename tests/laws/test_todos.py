"""Law: what waits for nobody costs a first page nothing. Every todo says among which rows it would be found, so that those
of all rooms are asked in one statement."""

import ast

from portal.people.models import Role
from portal.people.models.roles import REACHED_KINDS
from portal.todos import _WAITING
from tests.laws.code import modules
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


PLAIN = {
    "n",
    "count",
    "days",
    "class",
    "label",
    "amount",
    "month",
    "topic",
}  # neither a child's name nor anybody's words
STAFF = {kind.name for kind in Role.Kind if kind in REACHED_KINDS} | set(REACHED_KINDS)
SAID_AS_IT_IS = {
    "conferences.timetables.todos.timetables_to_look_over": "a round is called what the school calls it",
    "principles.todos.review_comes": "a principle is public",
    **dict.fromkeys(
        (
            *(f"principles.supervision.todos.{name}" for name in ("statements_to_write", "questions_of_the_board")),
            "principles.supervision.todos.points_to_follow_up",
            *(f"principles.adoption.todos.{name}" for name in ("_title", "audiences_to_tell")),
            *(f"principles.references.todos.{name}" for name in ("_todo", "ties_behind", "references_to_check")),
        ),
        "a principle is public",
    ),
}


def test_what_waits_at_a_school_says_how_a_letter_says_it():
    """Where its title has more than counts and the name of a class."""
    wrong = [
        f"{name}.{function.name}: {', '.join(sorted(_keys(function) - PLAIN))}"
        for name, tree in modules().items()
        if "todos" in name.split(".")
        for function in _for_staff(tree)
        if _keys(function) - PLAIN
        and "in_letter" not in ast.dump(function)
        and f"{name}.{function.name}" not in SAID_AS_IT_IS
    ]

    allow_none(wrong, "{}: say it for a letter that others may read (`in_letter`), or here why it may stand there")


def _for_staff(tree):
    """What is registered for those who work at a school, and the functions that it calls."""
    found = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    told = [one for one in found.values() if any(_is_staff(said) for said in one.decorator_list)]
    called = {node.func.id for one in told for node in ast.walk(one) if _is_call(node)}
    return [*told, *(found[name] for name in sorted(called & found.keys()))]


def _is_staff(decorator):
    said = ast.dump(decorator)
    return "waits_for" in said and any(f"'{kind}'" in said for kind in STAFF)


def _is_call(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)


def _keys(function):
    """What is put into its texts, but for details and what tells two apart."""
    beside = {
        id(node)
        for call in ast.walk(function)
        if isinstance(call, ast.keyword) and call.arg in ("detail", "of")
        for node in ast.walk(call.value)
    }
    texts = [node.right for node in ast.walk(function) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)]
    return {
        key.value
        for text in texts
        if isinstance(text, ast.Dict) and id(text) not in beside
        for key in text.keys
        if isinstance(key, ast.Constant)
    }
