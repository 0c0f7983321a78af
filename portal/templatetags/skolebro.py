"""Icons, states and fixed parts in a template, and the words of `portal.speech` as its filters."""

from functools import cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import get_language

from portal import speech

register = template.Library()

# Arrows are mirrored in right-to-left languages.
DIRECTED = {"ArrowLeft", "ArrowRight", "ArrowUndo", "ChevronLeft", "ChevronRight", "Leave", "Paperplane"}
ICON_KINDS = {"sm": "sb-icon--sm", "chev": "sb-chev", "flip": "sb-flip", "turn": "sb-turn"}

for said in (
    speech.when,
    speech.day,
    speech.day_short,
    speech.dated,
    speech.month,
    speech.month_short,
    speech.clock,
    speech.in_words,
    speech.capital,
    speech.money,
    speech.percent,
    speech.phone,
    speech.initials,
    speech.device,
):
    register.filter(said)
register.simple_tag(speech.period)


@register.simple_tag
def fixed(template):
    """Rendered once per language, so only for a part that says the same to everybody: {% fixed "parts/_head.html"
    %}."""
    write = _write.__wrapped__ if settings.DEBUG else _write  # so that a developer sees the part change
    return write(template, get_language())


@cache
def _write(template, language):
    return render_to_string(template)


@register.simple_tag
@cache
def icon(name, kinds=""):
    """Decorative: a word always stands beside it."""
    classes = ["sb-icon", *(ICON_KINDS[kind] for kind in kinds.split())]
    if name in DIRECTED and "sb-flip" not in classes:
        classes.append("sb-flip")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        " ".join(classes),
        static("icons.svg"),
        name,
    )


@register.inclusion_tag("parts/_status.html")
def status(key, word="", plate=False):
    """{% status "open" %}, {% status "open" _("Open for answers") plate=True %}."""
    symbol, usual, color = speech.STATUSES[key]
    return {"icon": symbol, "word": word or usual, "color": color, "plate": plate}


@register.filter
def alert_color(level_tag):
    return {"error": "danger", "debug": "info"}.get(level_tag, level_tag or "info")


@register.filter
def share_of(part, whole):
    return max(0, min(100, round(100 * part / whole))) if whole else 0
