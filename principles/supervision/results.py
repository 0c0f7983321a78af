"""What everybody may read of a supervision: frozen words and totals on one page, and the same as a PDF."""

import io

import pypdf
from django.utils import translation
from django.utils.translation import gettext as _

from portal.speech import dated, percent
from portal.text import typeset
from principles.supervision.totals import shown_of

TEMPLATE = "principles/supervision/result.typ"
SIZES = ("9.5", "8.8", "8", "7.2")  # points: the largest with which it fits on a page


def content_of(supervision, summary):
    """In the language of the principle. What the head and the board have said to each other is not in it."""
    version = supervision.version
    with translation.override(version.language):
        points = list(supervision.points.select_related("clause"))
        return {
            "language": version.language,
            "title": _("How we keep it: %(title)s") % {"title": version.title},
            "school": supervision.school.name,
            "period": _span(supervision),
            "discussed": _("Discussed by the board on %(day)s, item: %(item)s")
            % {"day": dated(supervision.discussed_on), "item": supervision.item},
            "summary": summary,
            "points": [_point(point, supervision.evidence) for point in points],
            "next": _("The board looks at it again by %(day)s.") % {"day": dated(supervision.next_on)},
            "note": _(
                "Numbers of people are rounded to the nearest five, and nothing is shown of fewer than five. Nobody is named."
            ),
        }


def _point(point, evidence):
    shown = [shown_of(name, evidence) for name in point.figures]
    done = _("To be done by %(day)s: %(what)s")
    return {
        "number": point.clause.number,
        "text": point.clause.text,
        "verdict": point.verdict,
        "said": str(point.get_verdict_display()),
        "reason": point.reason,
        "figures": [_figure(one) for one in shown if one],
        "follow_up": done % {"day": dated(point.follow_up_on), "what": point.follow_up} if point.follow_up else "",
    }


def _figure(shown):
    said = {"part": shown.part, "whole": shown.whole, "unit": shown.unit}
    goal = _("The goal is %(share)s.") % {"share": percent(shown.target)} if shown.target else ""
    if shown.is_hidden:
        words = _("Not shown: fewer than five")
    elif shown.counts_people:
        words = _("about %(part)s of %(whole)s %(unit)s") % said
    else:
        words = _("%(part)s of %(whole)s %(unit)s") % said
    return {
        "label": shown.label,
        "words": words,
        "goal_words": goal,
        "share": None if shown.is_hidden else shown.share,
        "goal": shown.target or 0,
    }


def _span(supervision):
    return _("%(first)s to %(last)s") % {"first": dated(supervision.starts_on), "last": dated(supervision.ends_on)}


def result_pdf(content, at) -> tuple[bytes, int]:
    """(the file, its pages), made only from what is published: on one page if small letters can do it, else on as many as
    it takes, in letters of the usual size."""
    for size in SIZES:
        made = typeset.pdf(TEMPLATE, content | {"size": size}, at)
        if len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1:
            return made, 1
    made = typeset.pdf(TEMPLATE, content | {"size": SIZES[0]}, at)
    return made, len(pypdf.PdfReader(io.BytesIO(made)).pages)
