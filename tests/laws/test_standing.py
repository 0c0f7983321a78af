"""Standing questions stand where the benches show that they pay, and nowhere else."""

import ast

from tests.laws.code import files, imported_by, nodes_of, path_of
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


ONCE_A_DAY = {  # milliseconds of processor time to put the rule into SQL, which is done once a day instead
    "conferences.models.outcomes.ConferenceSummaryQuerySet.visible_to": 4.0,
    "conferences.models.rounds.ConferenceRoundQuerySet.visible_to": 1.7,
    "conferences.models.talks.ConferenceQuerySet.of_leader": 2.2,
    "conferences.models.talks.ConferenceQuerySet.of_teacher": 5.0,
    "conferences.models.talks.ConferenceQuerySet.visible_to": 3.8,
    "grants.models.applications.GrantApplicationQuerySet._known_to": 4.4,
    "grants.models.applications.GrantApplicationQuerySet.written_by": 1.8,
    "networks.models.agreements.SharedNormAgreementQuerySet.visible_to": 3.1,
    "networks.models.bulletins.BulletinQuerySet.visible_to": 4.9,
    "networks.models.digests.ClassDigestQuerySet.visible_to": 2.2,
    "networks.models.fund.ClassFundQuerySet.visible_to": 2.2,
    "networks.models.gatherings.GatheringQuerySet.helpable_by": 0.8,
    "networks.models.gatherings.GatheringQuerySet.organised_by": 1.0,
    "networks.models.gatherings.GatheringQuerySet.visible_to": 1.8,
    "portal.schoolyear.models.SchoolEventQuerySet.visible_to": 3.5,
    "principles.inquiries.models.InquiryQuerySet.visible_to": 79.4,
}
WORTH_IT = 0.5


def using(what):
    """A page that has each asked once (`asked_once`) asks none itself."""
    return {name for name in files() if what in taken(name, "portal.standing")}


def taken(name, source):
    """What a module takes of another, however it imports it."""
    called = dict(imported_by(name))
    direct = {part for module, part in called.values() if module == source and part}
    whole = {here for here, (module, part) in called.items() if module == source and not part}
    return direct | {
        node.attr
        for node in nodes_of(name)
        if isinstance(node, ast.Attribute) and ".".join(path_of(node.value)) in whole
    }


def marked():
    """Every rule that is marked, by where it stands."""
    for name in files():
        for node in nodes_of(name):
            if isinstance(node, ast.ClassDef):
                for rule in (one for one in node.body if isinstance(one, ast.FunctionDef)):
                    if any(_is_mark(one) for one in rule.decorator_list):
                        yield f"{name}.{node.name}.{rule.name}"


def _is_mark(node):
    return getattr(node, "id", getattr(node, "attr", "")) == "once_a_day"


def test_standing_questions_stand_where_they_pay():
    asking = using("standing")

    allow_none(asking - WHERE_IT_PAYS.keys(), "{} asks a standing question: name the bench that shows that it pays")
    allow_none(WHERE_IT_PAYS.keys() - asking, "{} asks none any more: take it out of WHERE_IT_PAYS")
    assert len(WHERE_IT_PAYS) <= MOST


def test_keys_as_parts_of_other_questions_are_a_persons_own():
    assert using("standing_keys") == KEYS


def test_a_rule_is_made_once_a_day_where_that_pays():
    rules = list(marked())

    allow_none(
        set(rules) - ONCE_A_DAY.keys(), "{}: measure what it takes to put it into SQL, and note it in ONCE_A_DAY"
    )
    allow_none(ONCE_A_DAY.keys() - set(rules), "{} is marked no more: take it out of ONCE_A_DAY")
    allow_none([rule for rule, spent in ONCE_A_DAY.items() if spent < WORTH_IT], "{} is not worth it: do not mark it")


def test_a_rule_is_marked_where_it_is_defined():
    """Nothing else is done with the mark: a rule that is marked otherwise would stand in no list."""
    said = [(name, node) for name in files() for node in nodes_of(name) if _is_mark(node)]
    renamed = [
        f"{name} calls it {here}"
        for name in files()
        for here, (_module, part) in imported_by(name)
        if part == "once_a_day" and here != part
    ]

    assert len(said) == len(list(marked()))
    allow_none(renamed, "{}: the mark has one name")
