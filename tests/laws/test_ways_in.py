"""Law: one place writes who signs in with which address, and whoever calls it says who answers for it."""

import ast

from tests.laws.code import modules
from tests.laws.verdict import allow_none

WRITERS = {"portal.people.accounts", "portal.people.hearing"}
WRITES = {"create", "bulk_create", "update", "delete", "save", "get_or_create", "update_or_create", "set_as_primary"}
OPENERS = {"open_account", "open_accounts", "correct"}  # a move says itself who asked and agreed


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_one_place_writes_sign_in_addresses():
    wrong = [
        f"{name}:{call.lineno}"
        for name, tree in modules().items()
        if name not in WRITERS
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES
        if any(model in ast.unparse(call) for model in ("EmailAddress", "emailaddress_set", "SocialAccount"))
    ]

    allow_none(wrong, "{} writes who signs in: let portal.people.accounts do it")


def test_whoever_opens_or_moves_an_account_is_named():
    wrong = [
        f"{name}:{call.lineno}"
        for name, tree in modules().items()
        for call in calls(tree)
        if isinstance(call.func, ast.Name) and call.func.id in OPENERS
        if "by" not in [keyword.arg for keyword in call.keywords]
    ]

    allow_none(wrong, "{} does not say who answers for it: by=")
