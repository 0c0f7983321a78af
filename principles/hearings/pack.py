"""The pack for the board's meeting: how each point was answered, the themes with their replies, and what was written, by
no name."""

import json
from pathlib import Path

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.figures import SMALLEST
from portal.speech import day
from portal.text.sheets import as_xlsx
from principles.hearings.queries import counts_of, tallies_of

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "principles" / "hearings" / "pack.typ"
WIDTHS = (8, 44, 16, 14, 14, 60, 60, 32)


def pdf_of(hearing) -> bytes:
    """A character that no font here has prints as a box: such a PDF is made without the guarantee of its tags."""
    content = json.dumps(_content(hearing), ensure_ascii=False)
    try:
        return _compiled(content, pdf_standards="ua-1")
    except typst.TypstError:
        return _compiled(content)


def _compiled(content, **standard):
    return typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"content": content},
        ignore_system_fonts=True,
        timestamp=int(timezone.now().timestamp()),
        **standard,
    )


def _content(hearing):
    parts = [_part(_("Who answered"), [_counted(heard) for heard in counts_of(hearing)]), *_points(hearing)]
    parts += [_theme(theme) for theme in hearing.themes.all()]
    return {
        "language": (get_language() or "nb").split("-")[0],
        "title": _("Hearing: %(title)s") % {"title": hearing.version.title},
        "facts": [
            [_("School"), hearing.school.name],
            [_("Open"), f"{day(hearing.opens_on)} – {day(hearing.closes_on)}"],
            [_("The board replies by"), day(hearing.reply_on)],
        ],
        "parts": parts,
    }


def _part(heading, lines=(), items=()):
    return {"heading": str(heading), "lines": list(lines), "items": list(items)}


def _counted(heard):
    if heard.is_one:
        return f"{heard.label}: {heard.of_one}"
    if heard.is_few:
        return _("%(who)s: fewer than five of %(asked)s") % {"who": heard.label, "asked": heard.asked}
    return _("%(who)s: %(answered)s of %(asked)s") % {
        "who": heard.label,
        "answered": heard.answered,
        "asked": heard.asked,
    }


def _points(hearing):
    """Each with its words as they stood last when somebody answered, its totals and what was written about it."""
    tallies = {tally.number: tally for tally in tallies_of(hearing)}
    found = {}
    for answer in _answers(hearing):
        found.setdefault(answer.lineage.number, []).append(answer)
    for number, answers in found.items():
        tally = tallies[number]
        said = tally.label if tally.is_shown else _("Fewer than five answers, so no shares are shown.")
        said = f"{said}. {tally.between}" if tally.is_shown and tally.between else said
        written = [_said(answer) for answer in answers if answer.text or answer.suggestion]
        heading = _("Point %(number)s") % {"number": number}
        yield _part(heading, [*_worded(max(answers, key=lambda one: one.pk)), said], written)


def _worded(answer):
    if answer.other_words:
        return [f"A: {answer.words}", f"B: {answer.other_words}"]
    return [answer.words]


def _answers(hearing):
    return hearing.answers.select_related("lineage", "school_class", "theme")


def _said(answer):
    parts = [answer.text or ""]
    if answer.suggestion:
        parts.append(_("Suggested: %(wording)s") % {"wording": answer.suggestion})
    return f"{_whose(answer)}: {answer.said}. " + " – ".join(part for part in parts if part)


def _whose(answer):
    if answer.school_class_id:
        said = {"name": answer.school_class.name, "n": answer.families}
        return _("Class %(name)s, %(n)s families asked") % said
    return answer.get_voice_display()


def _theme(theme):
    counted = theme.answers.count()
    lines = [_("Answers: %(n)s") % {"n": counted if counted >= SMALLEST else _("fewer than five")}]
    if theme.is_replied:
        lines += [f"{theme.get_outcome_display()}: {theme.reply}"]
    if theme.wording:
        lines.append(_("The wording that was taken in: %(wording)s") % {"wording": theme.wording})
    return _part(_("Theme: %(title)s") % {"title": theme.title}, lines)


def xlsx_of(hearing) -> bytes:
    """What was written. Taps are totals, in the PDF: row by row they would show which of them belong together."""
    head = [
        *(_("Point"), _("Its words"), _("Who"), _("Answer"), _("Wording")),
        *(_("In their words"), _("Suggested wording"), _("Theme")),
    ]
    rows = [
        [
            answer.lineage.number,
            answer.words,
            _whose(answer),
            answer.get_verdict_display(),
            answer.choice,
            answer.text or "",
            answer.suggestion or "",
            answer.theme.title if answer.theme else "",
        ]
        for answer in _answers(hearing).written()
    ]
    return as_xlsx(_("Hearing"), head, rows, widths=WIDTHS)
