"""Law: every event is declared by an action of its own part, recorded once by it, and heard only when it exists."""

import ast
import inspect
import re

import pytest

from portal.ledger.publish import _subscribers
from tests.laws.code import modules
from tests.laws.test_rules import actions
from tests.laws.verdict import allow_none

SILENT = {  # who did it, and when, may be kept nowhere (docs/decisions/0017)
    "networks.answer_pulse",
    "networks.answer_survey",
    "networks.cast_vote",
    "networks.leave_idea",
    "principles.answer_as_home",
    "principles.answer_at_work",
    "principles.ask_to_be_called",
    "portal.surveys.take_answer",
}
HOMES = {"portal.rosters": ["people"]}  # its tables stand among those of the people


@pytest.mark.parametrize(("name", "action"), actions())
def test_an_action_records_the_event_that_it_declares(name, action):
    source = inspect.getsource(action.run)

    assert re.fullmatch(r"[a-z]+\.[a-z_]+", action.records)
    assert action.records.split(".")[0] in HOMES.get(name.rpartition(".")[0], name.split("."))
    assert action.silent == (name in SILENT), f"{name}: SILENT names every action that records nothing, and no other"
    if action.silent:
        assert "record(" not in source, f"{name} is silent, and records something"
        return
    assert len(re.findall(r"\brecord\(", source)) == 1, f"{name}: record(...) stands in it once"
    told = re.sub(r"\(\s+", "(", source)
    assert f'record("{action.records}"' in told, f'{name}: record("{action.records}", subject, by=by)'


def test_what_is_heard_is_recorded_by_some_action():
    declared = {action.records for _name, action in actions()}

    allow_none(set(_subscribers) - declared, "{} is heard (on=), and no action records it")


def test_what_follows_a_commit_never_fails_the_change():
    """It stands by then: an error would be told as if nothing had been saved, or have the action tried again."""
    calls = [
        (name, call)
        for name, tree in modules().items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "on_commit"
    ]

    wrong = [
        f"{name}:{call.lineno}: on_commit needs robust=True"
        for name, call in calls
        if not any(word.arg == "robust" and getattr(word.value, "value", None) is True for word in call.keywords)
    ]

    assert len(calls) > 3
    allow_none(wrong)
