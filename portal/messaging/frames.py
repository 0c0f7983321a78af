"""The two bodies of a mail. The template is rendered once for each shape of letter, with nobody's words in it, and
split at its placeholders. Words and addresses go in last, and are never searched for placeholders themselves."""

import re
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape

TEXT, HTML = "messaging/mail.txt", "messaging/mail.html"
MARK = "\ue000{}\n\ue001"
PLACE = re.compile("\ue000([0-9]+)(\n|<br>)\ue001")  # its number, and the line end used where it stands
SHAPES = {"language", "dir"}  # names whose value the template reads, not only whether they are set


def draw(template, context):
    """Render the template with this context. No two bundles are alike, so nothing is cached for them."""
    if "parts" in context:
        return _drawn(template, context)
    words = []
    shape = tuple((name, value if name in SHAPES else _places(value, words)) for name, value in context.items())
    if template == HTML:
        words = [conditional_escape(word) for word in words]
    pieces = list(_frame(template, shape))
    pieces[1::3] = [words[int(n)].replace("\n", end) for n, end in zip(pieces[1::3], pieces[2::3], strict=True)]
    pieces[2::3] = [""] * len(pieces[2::3])
    return "".join(pieces)


def _places(value, words):
    if isinstance(value, list | tuple):
        return tuple(_places(one, words) for one in value)
    if value is None or value == "":
        return ""
    words.append(str(value))
    return MARK.format(len(words) - 1)


@lru_cache(maxsize=500)
def _frame(template, shape):
    return PLACE.split(_drawn(template, dict(shape)))


def _drawn(template, context):
    with translation.override(context["language"]):
        return render_to_string(template, context)
