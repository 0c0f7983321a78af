"""Law: a view finds only what the person may see, and writes nothing."""

import ast
import re

from tests.laws.code import modules

WRITES = {"save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "delete"}


def views():
    return {name: tree for name, tree in modules().items() if re.search(r"\.views(\.|$)", name)}


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def test_views_fetch_only_what_the_person_may_see():
    """`Model.objects.visible_to(request.user)`, or a narrower word that is given the person."""
    wrong = []
    for name, tree in views().items():
        for call in calls(tree):
            found = call.func.value
            if isinstance(found, ast.Attribute) and found.attr == "objects":
                given = ast.unparse(call)
                if "request.user" not in given and "link" not in given and "person" not in given:
                    wrong.append(f"{name}:{call.lineno} {given}")

    assert wrong == []


def test_views_write_nothing():
    wrong = [
        f"{name}:{call.lineno} .{call.func.attr}()"
        for name, tree in views().items()
        for call in calls(tree)
        if call.func.attr in WRITES and "cookie" not in ast.unparse(call)
    ]

    assert wrong == []


def test_forms_write_nothing():
    wrong = [
        f"{name}:{call.lineno} .{call.func.attr}()"
        for name, tree in modules().items()
        if re.search(r"\.forms(\.|$)", name)
        for call in calls(tree)
        if call.func.attr in WRITES
    ]

    assert wrong == []
