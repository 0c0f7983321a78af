"""Letters with the same words share one drawn body: only the addresses in it are each receiver's own.

Drawing it anew for each receiver takes longer than the mail server does. So the template is drawn once for each shape,
with marks; a body once for the same words, and quoted for the wire; and what is left to do for each receiver is to fill
the addresses in. A test holds all ways against each other.
"""

import re
from binascii import b2a_qp
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import conditional_escape

TEXT, HTML = "messaging/mail.txt", "messaging/mail.html"
MARK = re.compile("\ue000(.*?)\ue001")
SOFT = b"=\r\n"  # a line end that is not part of the text


def bodies(context):
    """The text and its HTML twin, quoted-printable."""
    if "parts" in context:
        return [quoted(draw(TEXT, context)), quoted(draw(HTML, context))]
    texts = _texts(context)
    urls = {name: texts.pop(name) for name in list(texts) if _is_url(name)}
    text, html = _bodies(_shape(context), (*texts, *urls), *texts.values())
    return [_filled(text, urls), _filled(html, {name: escape(url) for name, url in urls.items()})]


def draw(template, context):
    """What the template makes of this context. Bundles differ in everything, so they are drawn by hand."""
    if "parts" in context:
        return _rendered(template, context)
    return _drawn(template, _shape(context), _texts(context))


def quoted(text):
    return b2a_qp(_lines(text).encode(), istext=True)


@lru_cache(maxsize=200, typed=True)  # text that is marked as safe HTML is not the same as text that is not
def _bodies(shape, names, *words):
    """Text and HTML in quoted pieces; every second one is the name of an address."""
    texts = dict(zip(names, words, strict=False))
    texts |= {name: _mark(name) for name in names[len(words) :]}
    return [_quoted_pieces(_drawn(template, shape, texts)) for template in (TEXT, HTML)]


def _quoted_pieces(text):
    pieces = MARK.split(_lines(text))
    for place in range(0, len(pieces), 2):
        before, piece = place > 0 and not pieces[place].startswith("\r\n"), b2a_qp(pieces[place].encode(), istext=True)
        after = place < len(pieces) - 1 and not piece.endswith(b"\r\n")
        pieces[place] = SOFT * before + piece + SOFT * after
    return pieces


def _filled(pieces, urls):
    urls = {name: b2a_qp(url.encode()) for name, url in urls.items()}
    return b"".join([urls[piece] if place % 2 else piece for place, piece in enumerate(pieces)])


def _lines(text):
    return "\r\n".join(text.splitlines()) + "\r\n"


def spoken():
    """The language that a letter is drawn in, whatever is spoken when that happens."""
    return {"language": translation.get_language(), "dir": "rtl" if translation.get_language_bidi() else "ltr"}


def _rendered(template, context):
    with translation.override(context["language"]):
        return render_to_string(template, context)


def _drawn(template, shape, texts):
    if template.endswith(".html"):
        texts = {name: _escaped(name, text) for name, text in texts.items()}
    pieces = _frame(template, shape)
    return "".join(texts[piece] if place % 2 else piece for place, piece in enumerate(pieces))


def _shape(context):
    """All that decides which parts a frame has, and the words that are the same in each letter."""
    return (
        context["language"],
        context["dir"],
        context["school"],
        bool(context["preheader"]),
        len(context["paragraphs"]),
        tuple(bool(label) for label, _value in context["facts"]),
        len(context["buttons"]),
        len(context["closing"]),
        tuple(context["footer"]),
        tuple(label for label, _url in context["links"]),
    )


def _texts(context):
    texts = {"subject": context["subject"], "heading": context["heading"], "preheader": context["preheader"]}
    for name in ("paragraphs", "closing"):
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
    language, direction, school, preheader, paragraphs, facts, buttons, closing, footer, links = shape
    context = {
        "language": language,
        "dir": direction,
        "school": school,
        "subject": _mark("subject"),
        "heading": _mark("heading"),
        "preheader": _mark("preheader") if preheader else "",
        "paragraphs": [_mark(f"paragraphs {place}") for place in range(paragraphs)],
        "facts": [
            (_mark(f"facts {place} 0") if label else "", _mark(f"facts {place} 1")) for place, label in enumerate(facts)
        ],
        "buttons": [(_mark(f"buttons {place} 0"), _mark(f"buttons {place} 1")) for place in range(buttons)],
        "closing": [_mark(f"closing {place}") for place in range(closing)],
        "footer": footer,
        "links": [(label, _mark(f"links {place} 1")) for place, label in enumerate(links)],
    }
    return MARK.split(_rendered(template, context))


def _mark(name):
    return f"\ue000{name}\ue001"
