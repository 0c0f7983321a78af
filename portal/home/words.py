"""Every translatable text of the portal, read from the code and the templates themselves.

Django's own `makemessages` needs xgettext on the machine; this needs only Django's parser and Python's.
"""

import ast
import re
from pathlib import Path

from django.conf import settings
from django.template import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from portal.packages import ours

CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "ngettext": 2, "ngettext_lazy": 2, "pgettext": 0}
INLINE = re.compile(r"""\b_\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\s*\)""")


def words():
    """{(text, plural or None): [where it stands, ...]}, in the order of the files."""
    found = {}
    for path in _files(ours(), "*.py"):
        _collect(found, path, _in_code(path.read_text()))
    for path in _files(("templates", *ours()), "*.html", "*.txt", "*.typ"):
        _collect(found, path, _in_template(path.read_text()))
    return found


def _files(roots, *patterns):
    for root in roots:
        for pattern in patterns:
            yield from sorted((settings.BASE_DIR / root).rglob(pattern))


def _collect(found, path, texts):
    where = str(Path(path).relative_to(settings.BASE_DIR))
    for text in texts:
        places = found.setdefault(text, [])
        if where not in places:
            places.append(where)


def _in_code(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and CALLS.get(node.func.id):
            texts = [argument.value for argument in node.args[:2] if _is_text(argument)]
            if CALLS[node.func.id] == 1 and texts:
                yield texts[0], None
            elif len(texts) == 2:
                yield texts[0], texts[1]


def _is_text(argument):
    return isinstance(argument, ast.Constant) and isinstance(argument.value, str)


def _in_template(source):
    template = Engine.get_default().from_string(source)
    for node in _every_node(template.nodelist):
        if isinstance(node, BlockTranslateNode):
            yield _block(node)
        elif isinstance(node, TranslateNode) and isinstance(node.filter_expression.var, str):
            yield node.filter_expression.var, None
        elif isinstance(node, TranslateNode) and getattr(node.filter_expression.var, "literal", None):
            yield node.filter_expression.var.literal, None
    for match in INLINE.finditer(source):
        yield match.group(1) or match.group(2), None


def _every_node(nodes):
    for node in nodes:
        yield node
        for name in getattr(node, "child_nodelists", ()):
            yield from _every_node(getattr(node, name, None) or ())
        for _condition, branch in getattr(node, "conditions_nodelists", ()):
            yield from _every_node(branch)


def _block(node):
    singular, _names = node.render_token_list(node.singular)
    plural = node.render_token_list(node.plural)[0] if node.plural else None
    return singular, plural
