"""Law: a view finds only what the person may see, and writes nothing."""

import ast
import re

from tests.laws.code import modules
from tests.laws.verdict import allow_none

SENT = {"request.POST", "request.FILES", "(request.POST, request.FILES)"}
ONLY_LOOK = {
    "portal.forms",
    "portal.home.errors",
    "portal.people.typed",
}  # the way itself, and who say that files were sent
NOTHING_TYPED = {
    "portal.people.views.signing.prove",  # nobody with a second factor is shown the form
    "grants.money.views.payment_file_make",  # it is shown once a municipality has said how it pays, and that stays said
}
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

    allow_none(wrong, "{}: ask .visible_to(request.user)")


def test_a_form_is_bound_to_what_was_posted_in_one_way():
    """`Form(*posted(request))`, with files and also when nothing was sent, and then only `form.is_valid()`."""
    wrong = [
        f"{name}:{node.lineno} {ast.unparse(node)}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if name not in ONLY_LOOK and binds_in_another_way(node)
    ]

    allow_none(wrong, "{}: Form(*posted(request)), then form.is_valid() alone")


def binds_in_another_way(node):
    if isinstance(node, ast.Call):
        of = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
        given = [*node.args, *(word.value for word in node.keywords)]
        return of.endswith(("Form", "Forms")) and any(ast.unparse(one) in SENT for one in given)
    if isinstance(node, ast.BoolOp | ast.IfExp):
        parts = node.values if isinstance(node, ast.BoolOp) else [node.body]
        said = [ast.unparse(part) for part in parts]
        return bool(SENT & set(said)) or {"request.method == 'POST'", "form.is_valid()"} <= set(said)
    return ast.unparse(node) == "request.FILES" if isinstance(node, ast.Attribute) else False


def test_a_view_leaves_to_its_action_to_refuse_what_was_typed():
    """A view may lead away from a form whose time is over, on a GET: on a POST the action refuses, and the page shows why
    above all that was typed. A view that leads away on a POST says why in a message."""
    wrong = [
        f"{name}:{test.lineno} {function.name}: if {ast.unparse(test)}"
        for name, tree in views().items()
        for function in tree.body
        if isinstance(function, ast.FunctionDef) and f"{name}.{function.name}" not in NOTHING_TYPED
        for test in leads_away_in_silence(function)
    ]

    allow_none(wrong, '{}: if request.method != "POST" and ...')


def leads_away_in_silence(function):
    before = []
    for one in function.body:
        if re.search(r"\(\*posted\(request\)", ast.unparse(one)):
            return [] if "EmptyForm(" in ast.unparse(one) else [test for test in before if test]
        before.append(_silent(one))
    return []


def _silent(one):
    """The question after which a statement leads away, whatever the method is and without a word."""
    said = ast.unparse(one)
    leads = isinstance(one, ast.If) and any(
        isinstance(node, ast.Return) and ast.unparse(node).startswith("return redirect(") for node in ast.walk(one)
    )
    return one.test if leads and not re.search(r"request\.method|messages\.|is_valid\(", said) else None


def test_what_a_page_takes_is_said_in_one_way():
    wrong = [
        f"{name} has its own {node.id}"
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if name != "portal.access" and isinstance(node, ast.Name) and node.id == "require_http_methods"
    ]

    allow_none(wrong, "{}: take WRITES from portal.access")


def test_views_write_nothing():
    wrong = [
        f"{name}:{call.lineno} .{call.func.attr}()"
        for name, tree in views().items()
        for call in calls(tree)
        if call.func.attr in WRITES and "cookie" not in ast.unparse(call)
    ]

    allow_none(wrong, "{}: let an action write it")


def test_forms_write_nothing():
    wrong = [
        f"{name}:{call.lineno} .{call.func.attr}()"
        for name, tree in modules().items()
        if re.search(r"\.forms(\.|$)", name)
        for call in calls(tree)
        if call.func.attr in WRITES
    ]

    allow_none(wrong, "{}: let an action write it")
