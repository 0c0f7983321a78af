"""The two bodies of a mail. A template is rendered once for each shape of letter, with nobody's words in it, and split at
its placeholders. Words and addresses go in last, and are never searched for placeholders themselves."""

import re
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils import translation

TEXT, HTML = "messaging/mail.txt", "messaging/mail.html"
MARK = "\ue000{}\n\ue001"
PLACE = re.compile("\ue000([0-9]+)(\n|<br>)\ue001")  # its number, and the line end used where it stands
SHAPES = {"language", "dir"}  # names whose value the template reads, not only whether they are set
BREAK = re.compile(r"\s*\n\s*")
LINE = re.compile(r"(.{400,}?) ")  # characters: with what is written into it, a line stays below mail's 998


def bodies(context):
    """The text and the HTML of a mail. No two bundles are alike, so nothing is kept for them."""
    if "parts" in context:
        return _drawn(TEXT, context), _drawn(HTML, context)
    words = []
    shape = tuple((name, value if name in SHAPES else _places(value, words)) for name, value in context.items())
    return _filled(_frame(TEXT, shape), words), _filled(_frame(HTML, shape), [escape(one) for one in words])


def _filled(frame, words):
    first, rest = frame
    pieces = [first]
    for number, end, piece in rest:
        pieces += words[number].replace("\n", end), piece
    return "".join(pieces)


def _places(value, words):
    if isinstance(value, list | tuple):
        return tuple([_places(one, words) for one in value])
    if value is None or value == "":
        return ""
    words.append(str(value))
    return MARK.format(len(words) - 1)


@lru_cache(maxsize=500)
def _frame(template, shape):
    first, *rest = PLACE.split(_drawn(template, dict(shape)))
    if template == HTML:
        first, rest[2::3] = _packed(first), [_packed(piece) for piece in rest[2::3]]
    return first, [(int(number), end, piece) for number, end, piece in zip(*[iter(rest)] * 3, strict=True)]


def _packed(html):
    """The same in fewer lines, since every layer from here to the server goes through a mail line by line. A piece that
    had a line break keeps its first."""
    first, *rest = BREAK.split(html)
    return "\n".join([first, LINE.sub(r"\1\n", " ".join(rest))]) if rest else first


def _drawn(template, context):
    with translation.override(context["language"]):
        return render_to_string(template, context)
