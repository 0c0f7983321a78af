"""The summary on paper: a tagged PDF with the same words in the same order as the page."""

import json
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conferences.models import ConferenceSummary
from portal.speech import day

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "conferences" / "summary.typ"


def summary_pdf(summary: ConferenceSummary, agreements) -> bytes:
    """With the agreements as its reader may read them. A character that no font here has, such as 🔥, prints as a box: such
    a PDF is made without the guarantee of its tags."""
    content = json.dumps(summary_letter(summary, agreements), ensure_ascii=False)
    try:
        return _compiled(content, summary, pdf_standards="ua-1")
    except typst.TypstError:
        return _compiled(content, summary)


def _compiled(content, summary, **standard):
    return typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"content": content},
        ignore_system_fonts=True,
        timestamp=int(summary.shared_at.timestamp()),
        **standard,
    )


def summary_letter(summary: ConferenceSummary, agreements) -> dict:
    conference = summary.conference
    school = conference.school_class.school
    name = {"name": conference.pupil.given_name}
    facts = [
        [_("School"), school.name],
        [_("Pupil"), f"{conference.pupil.full_name}, {conference.school_class.name}"],
        [_("Teacher"), conference.teacher.full_name],
        *([[_("Conference"), day(conference.time.starts_at, school)]] if conference.time else []),
        [_("Shared"), day(summary.shared_at, school)],
    ]
    parts = [
        _part(
            _("In %(name)s's own words") % name,
            _lines(summary.child_words) or [_("%(name)s's own words are not written down this time.") % name],
        ),
        _part(_("Learning"), _lines(summary.academic)),
        _part(_("Friends and the class"), _lines(summary.social)),
        _part(_("Growing as a person"), _lines(summary.personal)),
        _part(
            _("Subject by subject"),
            items=[f"{one['name']}: {' '.join(one['text'].split())}" for one in summary.subjects],
        ),
        _goals(summary),
        _agreed(agreements),
        _help(summary),
    ]
    return {
        "language": (get_language() or "nb").split("-")[0],
        "title": _("This is what we talked about"),
        "marked": _("Corrected, version %(n)s") % {"n": summary.version} + f": {summary.corrects_because}"
        if summary.corrects_because
        else "",
        "facts": facts,
        "parts": [part for part in parts if part["lines"] or part["items"]],
        "signed": [conference.teacher.full_name, school.name],
    }


def _part(heading, lines=(), items=()):
    return {"heading": heading, "lines": list(lines), "items": list(items)}


def _lines(text):
    return [line for line in text.splitlines() if line.strip()]


def _goals(summary):
    goals = [
        f"{goal.text}. " + (_("We see it when: %(sign)s") % {"sign": goal.seen_by} if goal.seen_by else "")
        for goal in summary.focus_points.all()
    ]
    return _part(_("Goals until next time"), [] if goals else [_("We agreed on no goals this time.")], goals)


def _agreed(agreements):
    rows = [
        ", ".join(
            part
            for part in (
                f"{row.what}. {row.whose}",
                row.how_often,
                _("until %(date)s") % {"date": day(row.due_on)},
            )
            if part
        )
        for row in agreements
    ]
    return _part(_("What we agreed"), [] if rows else [_("We made no agreements this time.")], rows)


def _help(summary):
    advice = [f"{tip['title']}. {tip['how']} {tip['why']}" for tip in summary.tips] + _lines(summary.home_support)
    none = [_("You do not need to do anything special this time.")] if not advice else []
    return _part(_("How you can help at home"), none, advice)
