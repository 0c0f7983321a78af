"""Law: the lid and the floors know no room. A room is found by what it registers; settings and urls alone name it. And
nothing knows what only a checkout has."""

import ast
import re
import tomllib

from tests.laws.code import PACKAGES, ROOMS, ROOT, files, imports, modules, templates
from tests.laws.test_settings import run_in_production
from tests.laws.verdict import allow_none

NAMED = re.compile(rf"\b(?:{'|'.join(ROOMS)})[.:_/]\w|^(?:{'|'.join(ROOMS)})$")
LISTS = {"portal.settings", "portal.urls"}
HUES = {"portal.home.context", "portal.home.gallery"}  # the style sheet names its hues as the rooms


def portal():
    return [(name, tree) for name, tree in modules().items() if name.split(".")[0] == "portal"]


def texts(tree):
    """Every string in code that is no docstring."""
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node


def test_nothing_of_the_portal_imports_a_room():
    wrong = [
        f"{name} imports {one}"
        for name, _tree in portal()
        if name not in LISTS
        for one in imports(name)
        if one.split(".")[0] in ROOMS
    ]

    allow_none(wrong, "{}: let the room register it")


def test_nothing_of_the_portal_names_a_room():
    """Neither its pages, its models and verbs, nor the room itself."""
    wrong = [
        f"{name}:{node.lineno}: {node.value[:60]}"
        for name, tree in portal()
        if name not in LISTS
        for node in texts(tree)
        if NAMED.search(node.value) and not (name in HUES and node.value in ROOMS)
    ]

    allow_none(wrong, "{}: let the room register it")


def test_no_page_of_the_portal_leads_into_a_room():
    wrong = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in templates("*.*")
        if path.relative_to(ROOT / "templates").parts[0] not in ROOMS
        for found in re.findall(rf"\"/?(?:{'|'.join(ROOMS)})[:/][^\"]*\"", path.read_text())
    ]

    allow_none(wrong, "{}: let the room register it")


def test_nothing_imports_what_only_a_checkout_has():
    wrong = [
        f"{name} imports {one}"
        for name in files()
        if not name.startswith("portal.checkout")
        for one in imports(name)
        if one.startswith("portal.checkout")
    ]

    allow_none(wrong, "{}, which production does not have")


LOADED = """
import runpy, sys
import portal.wsgi
from portal.celery import app
app.loader.init_worker()
sys.argv = ["manage.py", "check"]
try:
    runpy.run_path("manage.py", run_name="__main__")
finally:
    print([name for name in sys.modules if name.startswith("portal.checkout")])
"""


def test_production_reads_nothing_that_only_a_checkout_has():
    assert run_in_production("-c", LOADED).stdout.splitlines()[-1] == "[]"


def test_the_image_leaves_out_what_only_a_checkout_has():
    assert "portal/checkout" in (ROOT / ".dockerignore").read_text().splitlines()


def test_every_list_of_the_rooms_has_each():
    """The laws take them from the settings."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert ROOMS
    assert apps == set(PACKAGES), "a room of settings.py has apps.py, and what has apps.py is a room"
    assert set(tools["coverage"]["run"]["source"]) == set(PACKAGES)
    assert set(tools["ruff"]["lint"]["isort"]["known-first-party"]) == {*PACKAGES, "tests"}
