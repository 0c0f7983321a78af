"""Law: a rule looks at everything that could be somebody else's, and says its reason."""

import inspect
import typing
from importlib import import_module

import pytest
from django.db.models import Model

from portal.actions import ACTIONS
from tests.laws.code import PACKAGES, files
from tests.laws.verdict import allow_none


def actions():
    """[(name, action)] of our own code, without the tests' own."""
    for module in files():
        if ".actions" in module:
            import_module(module)
    return [(name, found) for name, found in sorted(ACTIONS.items()) if found.run.__module__.split(".")[0] in PACKAGES]


def is_model(annotation):
    if inspect.isclass(annotation):
        return issubclass(annotation, Model)
    return any(is_model(part) for part in typing.get_args(annotation))


@pytest.mark.parametrize(("name", "action"), actions())
def test_the_rule_looks_at_every_model_that_the_action_is_given(name, action):
    parameters = list(inspect.signature(action.run).parameters)
    hints = typing.get_type_hints(action.run)
    given = {word for word in parameters[1:] if word != "by" and is_model(hints.get(word))}
    looked_at = set(list(inspect.signature(action.rule).parameters)[2:])

    allow_none(given - looked_at, f"{name} is given {{}}: its rule takes it too, and looks at it")


@pytest.mark.parametrize(("name", "action"), actions())
def test_everything_but_the_subject_is_named(name, action):
    """The rule is handed arguments by name: one given by place would slip past it."""
    parameters = list(inspect.signature(action.run).parameters.values())

    named = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)

    by_place = [word.name for word in parameters[1:] if word.kind not in named]

    allow_none(by_place, f"{name} takes {{}} by its place: put it after the *")


@pytest.mark.parametrize(("name", "action"), actions())
def test_actions_and_rules_say_why(name, action):
    assert action.__doc__, f"{name} has no docstring: what does it change, and when is it refused?"
    assert action.rule.__doc__, f"{action.rule.__name__} has no docstring, which is the reason in words"
