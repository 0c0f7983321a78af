"""Laws: no function, method or class, and no field of a dataclass, that only tests use. What a decorator registers is used
by whoever asks it."""

import ast
import re
from importlib import import_module

from tests.laws.code import ROOT, files, modules, templates
from tests.laws.verdict import allow_none

MARKS_ONLY = {"property", "cached_property", "staticmethod", "classmethod", "contextmanager", "cache", "lru_cache"}
MARKS_ONLY |= {"action", "dataclass"}
BY_OTHERS = {
    "process_view": "Django asks a middleware",
    "process_exception": "Django asks a middleware",
    "has_perm": "Django's admin asks a person",
    "has_module_perms": "Django's admin asks a person",
    "execute_sql": "Django's ModelIterable asks what it takes for a compiler",
    "results_iter": "Django's ModelIterable asks what it takes for a compiler",
    "on_solution_callback": "the solver calls it",
    "Privacy": "the law of privacy reads it of each model",
}


def test_nothing_is_there_for_tests_alone():
    used = set(BY_OTHERS) | everywhere(named)
    found = {
        f"{module}.{name}"
        for module, tree in modules().items()
        for name, owner in defined(tree)
        if name not in used and not name.startswith(("__", "clean_")) and not is_given(module, name, owner)
    }

    allow_none(found, "{} is used by tests alone, if at all: take it out")


def test_no_field_is_filled_and_never_read():
    read = everywhere(read_of_something)
    found = {
        f"{module}.{node.name}.{field.target.id}"
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and "dataclass" in marks_of(node)
        for field in node.body
        if isinstance(field, ast.AnnAssign) and field.target.id not in read
    }

    allow_none(found, "{} is filled and never read: take it out")


def everywhere(found_in):
    bench = [ast.parse(path.read_text()) for path in sorted((ROOT / "bench").rglob("*.py"))]
    texts = [path.read_text() for path in [ROOT / "manage.py", *templates("*.*")]]
    return set().union(*map(found_in, [*modules().values(), *bench]), *map(words, texts))


def words(text):
    return set(re.findall(r"\w+", text))


def named(tree):
    yield from read_of_something(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.alias) and node.asname:
            yield node.name  # under another name, as Django finds commands


def read_of_something(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and " " not in node.value:
            yield from words(node.value)


def defined(tree, owner=None):
    """[(name, class that it is of)] but for what a decorator hands on."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and marks_of(node) <= MARKS_ONLY:
            yield node.name, owner
        yield from defined(node, node.name if isinstance(node, ast.ClassDef) else owner)


def marks_of(node):
    return {ast.unparse(one).split("(")[0].split(".")[-1] for one in node.decorator_list}


def is_given(module, name, owner):
    """A base that is not ours has it, so it is asked there; or it is a class that Django finds by its base."""
    known = vars(import_module(module))
    if owner in known:
        bases = known[owner].__mro__[1:]
        return any(hasattr(base, name) for base in bases if base.__module__ not in files())
    bases = getattr(known.get(name), "__mro__", ())
    return any(base.__name__ in ("AppConfig", "ModelAdmin") for base in bases)
