"""Law: what is translated is a whole text with named places for names."""

import ast
import re

from tests.laws.code import ROOT, modules, templates
from tests.laws.verdict import allow_none

WORDS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


def translated():
    """(where, argument) of every call that translates."""
    for name, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS:
                count = 2 if node.func.id.startswith(("ngettext", "pgettext")) else 1
                yield from ((f"{name}:{node.lineno}", argument) for argument in node.args[:count])


def test_texts_are_written_out():
    """Built at run time, a text is never found by the translator."""
    wrong = [
        where
        for where, argument in translated()
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]

    allow_none(wrong, "{}: write the text out where it is translated; what differs is a %(name)s")


def test_places_in_texts_have_names():
    anonymous = re.compile(r"%[sd]|\{\}")

    wrong = [
        where
        for where, argument in translated()
        if isinstance(argument, ast.Constant) and anonymous.search(str(argument.value))
    ]

    allow_none(wrong, "{}: a place in a text has a name: %(name)s")


def test_long_texts_in_templates_are_trimmed():
    pattern = re.compile(r"\{% blocktrans(?:late)? (?!trimmed)")

    wrong = [path.relative_to(ROOT) for path in templates() if pattern.search(path.read_text())]

    allow_none(wrong, "{}: {{% blocktranslate trimmed %}}, so that its text is one line")
