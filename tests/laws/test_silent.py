"""Law: what records nothing is nowhere else recorded either. Its page keeps no typed text with a name, and opens by no link,
which would keep when."""

import inspect
import re

from django.urls import URLResolver, get_resolver

from portal.access import link_holders
from tests.laws.test_rules import actions
from tests.laws.verdict import allow_none


def pages(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern)
        else:
            yield pattern.name, pattern.callback


def silent_pages():
    names = [name.rpartition(".")[2] for name, action in actions() if action.silent]
    asked = re.compile(rf"\b(?:{'|'.join(names)})\(")
    return [(name, view) for name, view in pages() if asked.search(inspect.getsource(inspect.unwrap(view)))]


def test_a_page_of_a_silent_action_keeps_no_text_and_opens_by_no_link():
    found = silent_pages()
    wrong = [name for name, view in found if not getattr(view, "is_anonymous", False) or view.open_to is link_holders]

    assert "survey_answer" in dict(found)
    allow_none(wrong, "{}: @page(open_to=..., anonymous=True), and no personal link (docs/decisions/0017)")
