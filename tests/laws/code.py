"""Our own code as the laws read it: files, syntax trees, what imports what."""

import ast
import re
from functools import cache
from pathlib import Path

from django.apps import apps

from portal.packages import ours

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = tuple(ours())
ROOMS = tuple(package for package in PACKAGES if package != "portal")


@cache
def files():
    """{dotted name: path} of all first-party code except migrations."""
    found = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found[name.removesuffix(".__init__")] = path
    return found


@cache
def tree_of(name):
    return ast.parse(files()[name].read_text())


@cache
def modules():
    """{dotted name: syntax tree} of the same. It takes seconds, so no file asks for it while tests are collected."""
    return {name: tree_of(name) for name in files()}


@cache
def nodes_of(name):
    return list(ast.walk(tree_of(name)))


@cache
def imports(name):
    """Every first-party module of which a module takes anything: the one that it names, and the one in which what it
    takes is defined. `from a import b` and `a.b` lead through every re-export; a module named in a text counts too."""
    called = dict(imported_by(name))
    found = {source for source, _taken in called.values()} | set(_named_whole(name))
    for source, taken in called.values():
        found |= set(_way(source, taken)) if taken else set()
    for node in nodes_of(name):
        if isinstance(node, ast.Attribute) and (path := path_of(node)):
            found |= set(_steps(called, path))
    return sorted(found - {name})


def _package(name):
    return name if files()[name].name == "__init__.py" else name.rpartition(".")[0]


def source_of(node, name):
    """The module that `from ... import` names, also with dots before it."""
    if not node.level:
        return node.module or ""
    above = _package(name).split(".")
    above = above[: len(above) - node.level + 1]
    return ".".join([*above, node.module] if node.module else above)


def _ours(module):
    return module.split(".")[0] in PACKAGES


def imported_by(name):
    """(what it is called here, (module, what is taken of it)) of each first-party import; nothing taken is all of it."""
    for node in nodes_of(name):
        if isinstance(node, ast.Import):
            for alias in filter(lambda alias: _ours(alias.name), node.names):
                yield alias.asname or alias.name, (alias.name, "")
        elif isinstance(node, ast.ImportFrom) and _ours(source := source_of(node, name)):
            for alias in node.names:
                whole = f"{source}.{alias.name}"
                yield alias.asname or alias.name, (whole, "") if whole in files() else (source, alias.name)


def _named_whole(name):
    """Modules that a text of the code names: `import_module("networks.polls.actions")`, or a table of such. The name of
    an app is no module here: settings, actions and doors are called by it."""
    called = {config.name for config in apps.get_app_configs()}
    for node in nodes_of(name):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(r"\w+([.:]\w+)+", node.value)
        ):
            parts = re.split("[.:]", node.value)
            ways = (".".join(parts[:length]) for length in range(len(parts), 1, -1))
            yield from [way for way in ways if way in files() and way not in called][:1]


def _way(module, taken):
    """The modules through which a name comes, to the one that defines it."""
    passed = []
    while module in files() and module not in passed:
        passed.append(module)
        module, taken = dict(imported_by(module)).get(taken, ("", ""))
        if module and not taken:
            passed.append(module)
            break
    return passed


def path_of(node):
    """["a", "b", "c"] of `a.b.c`."""
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return [node.id, *reversed(parts)] if isinstance(node, ast.Name) else []


def _steps(called, path):
    """The modules through which `a.b.c` leads, where `a` is an import."""
    for length in range(len(path) - 1, 0, -1):
        module, taken = called.get(".".join(path[:length]), ("", ""))
        if module and not taken:
            for part in path[length:]:
                if f"{module}.{part}" not in files():
                    return _way(module, part)
                module = f"{module}.{part}"
            return [module]
    return []


def python_files(pattern):
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob(pattern))]


def templates(pattern="*.html"):
    return sorted((ROOT / "templates").rglob(pattern))
