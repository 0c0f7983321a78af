"""Standing questions stand where the benches show that they pay, and nowhere else."""

import ast

from tests.laws.code import modules
from tests.laws.verdict import allow_none

WHERE_IT_PAYS = {
    "conferences.actions.booking": "600 families at once: bench rush",
    "conferences.queries.day": "a teacher's day: bench pages",
    "conferences.queries.family": "the page where times are chosen: bench pages and rush",
    "conferences.queries.pressing": "a tap on a time: bench rush",
    "conferences.queries.rounds": "the round of the grid: bench pages",
    "conferences.queries.slots": "the school's grid: bench pages",
    "conferences.queries.times": "the times to choose among: bench pages and rush",
    "conferences.rules": "who may book: bench rush",
    "grants.menu": "the frame of every page: bench pages",
    "portal.people.hats": "the frame of every page: bench pages",
    "portal.people.rules": "what every page is open to: bench pages",
    "portal.people.sessions": "every request: bench pages",
}
MOST = 12
KEYS = {"portal.people.models.keys_of"}  # what is a person's own, for all rules: bench pages


def using(what):
    """A page that has each asked once (`asked_once`) asks none itself."""
    return {name for name, tree in modules().items() if what in taken(tree)}


def taken(tree):
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "portal.standing"]
    return {one.name for node in found for one in node.names}


def test_standing_questions_stand_where_they_pay():
    asking = using("standing")

    allow_none(asking - WHERE_IT_PAYS.keys(), "{} asks a standing question: name the bench that shows that it pays")
    allow_none(WHERE_IT_PAYS.keys() - asking, "{} asks none any more: take it out of WHERE_IT_PAYS")
    assert len(WHERE_IT_PAYS) <= MOST


def test_keys_as_parts_of_other_questions_are_a_persons_own():
    assert using("standing_keys") == KEYS
