"""Letters with the same words share one drawn body: only the addresses in it are each receiver's own.

Drawing it anew for each receiver takes longer than the mail server does. So the template is drawn once for each shape,
without a word of anybody's in it, and taken apart at its places; a body once for the same words, and quoted for the
wire; and what is left to do for each receiver is to put the addresses in. What people have written is only ever put in
its place, and never searched. A test holds all ways against each other.
"""

import re
from binascii import b2a_qp
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape

from portal.text import LINE_END

TEXT, HTML = "messaging/mail.txt", "messaging/mail.html"
PLACE = re.compile("\ue000(.*?)\ue001")  # in a frame, before any words are in it
SOFT = b"=\r\n"  # a line end that is not part of the text


def bodies(context):
    """The text and its HTML twin, quoted-printable."""
    if "parts" in context:
        return [quoted(draw(TEXT, context)), quoted(draw(HTML, context))]
    texts = _texts(context)
    urls = {name: texts.pop(name) for name in list(texts) if _is_url(name)}
    text, html = _bodies(_shape(context), tuple(texts), *texts.values())
    return [_filled(text, urls), _filled(html, {name: escape(url) for name, url in urls.items()})]


def draw(template, context):
    """What the template makes of this context. Bundles differ in everything, so they are drawn by hand."""
    if "parts" in context:
        return _rendered(template, context)
    [whole] = _pieces(template, _shape(context), _texts(context))
    return whole


def quoted(text):
    return b2a_qp(_lines(text).encode(), istext=True)


@lru_cache(maxsize=200, typed=True)  # text that is marked as safe HTML is not the same as text that is not
def _bodies(shape, names, *words):
    """Text and HTML in quoted pieces; every second one is the name of an address."""
    texts = dict(zip(names, words, strict=True))
    return [_quoted_pieces(_pieces(template, shape, texts)) for template in (TEXT, HTML)]


def _quoted_pieces(pieces):
    pieces = list(pieces)
    for place in range(0, len(pieces), 2):
        text = _lines(pieces[place])
        before, piece = place > 0 and not text.startswith("\r\n"), b2a_qp(text.encode(), istext=True)
        after = place < len(pieces) - 1 and not piece.endswith(b"\r\n")
        pieces[place] = SOFT * before + piece + SOFT * after
    return pieces


def _filled(pieces, urls):
    urls = {name: b2a_qp(url.encode()) for name, url in urls.items()}
    return b"".join([urls[piece] if place % 2 else piece for place, piece in enumerate(pieces)])


def _lines(text):
    return LINE_END.sub("\n", text).replace("\n", "\r\n")


def spoken():
    """The language that a letter is drawn in, whatever is spoken when that happens."""
    return {"language": translation.get_language(), "dir": "rtl" if translation.get_language_bidi() else "ltr"}


def _rendered(template, context):
    with translation.override(context["language"]):
        return render_to_string(template, context)


def _pieces(template, shape, texts):
    """The frame with these texts in their places; every second piece is the name of one that is not among them."""
    if template.endswith(".html"):
        texts = {name: _escaped(name, text) for name, text in texts.items()}
    pieces = [""]
    for place, piece in enumerate(_frame(template, shape)):
        if place % 2 and piece not in texts:
            pieces += [piece, ""]
        else:
            pieces[-1] += texts[piece] if place % 2 else piece
    return pieces


def _shape(context):
    """All that decides which parts a frame has."""
    return (
        context["language"],
        context["dir"],
        bool(context["school"]),
        bool(context["preheader"]),
        len(context["paragraphs"]),
        tuple(bool(label) for label, _value in context["facts"]),
        len(context["buttons"]),
        len(context["closing"]),
        len(context["footer"]),
        len(context["links"]),
    )


def _texts(context):
    texts = {name: context[name] for name in ("subject", "heading", "preheader", "school")}
    for name in ("paragraphs", "closing", "footer"):
        texts |= {f"{name} {place}": text for place, text in enumerate(context[name])}
    for name in ("facts", "buttons", "links"):
        for place, (first, second) in enumerate(context[name]):
            texts[f"{name} {place} 0"], texts[f"{name} {place} 1"] = first, second
    return {name: str(text) for name, text in texts.items()}


def _is_url(name):
    return name.endswith(" 1") and name.startswith(("buttons", "links"))


def _escaped(name, text):
    text = conditional_escape(text)
    return text.replace("\n", "<br>") if name.startswith("paragraphs") else text


@lru_cache(maxsize=500)
def _frame(template, shape):
    """The template in pieces; every second one is the name of what belongs there."""
    language, direction, school, preheader, paragraphs, facts, buttons, closing, footer, links = shape

    def several(name, count):
        return [_place(f"{name} {number}") for number in range(count)]

    def pairs(name, count):
        return [(_place(f"{name} {number} 0"), _place(f"{name} {number} 1")) for number in range(count)]

    context = {
        "language": language,
        "dir": direction,
        "school": _place("school") if school else "",
        "subject": _place("subject"),
        "heading": _place("heading"),
        "preheader": _place("preheader") if preheader else "",
        "paragraphs": several("paragraphs", paragraphs),
        "facts": [
            (label if named else "", value)
            for named, (label, value) in zip(facts, pairs("facts", len(facts)), strict=True)
        ],
        "buttons": pairs("buttons", buttons),
        "closing": several("closing", closing),
        "footer": several("footer", footer),
        "links": pairs("links", links),
    }
    return PLACE.split(_rendered(template, context))


def _place(name):
    return f"\ue000{name}\ue001"
