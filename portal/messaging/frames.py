"""Letters of the same shape share one drawn frame: the template is drawn once with marks, then only filled.

Drawing it anew for each receiver takes longer than the mail server does. A test holds both ways against each other.
"""

import re
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.translation import get_language, get_language_bidi

MARK = re.compile("\ue000(.*?)\ue001")


def draw(template, context):
    """What the template makes of this context. Bundles differ in everything, so they are drawn by hand."""
    context = {**context, "language": get_language(), "dir": "rtl" if get_language_bidi() else "ltr"}
    if "parts" in context:
        return render_to_string(template, context)
    texts = _texts(context)
    if template.endswith(".html"):
        texts = {name: _escaped(name, text) for name, text in texts.items()}
    pieces = _frame(template, _shape(context))
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
    return MARK.split(render_to_string(template, context))


def _mark(name):
    return f"\ue000{name}\ue001"
