"""What the pages of the yearly survey read: how many have answered, and when it is closed the totals, in fives."""

import json
from dataclasses import dataclass
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.figures import SMALLEST, in_fives
from portal.people.models import Role, School
from portal.speech import dated
from portal.surveys.models import Answered
from portal.surveys.queries import Standing, results_of, standing_of
from principles.cooperation.models import READERS, CooperationSurvey

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "principles" / "cooperation" / "result.typ"


def schools_asked_by(person):
    roles = Role.objects.filter(person=person.pk).live(kinds=READERS)
    return School.objects.filter(pk__in=roles.values("school")).order_by("name")


@dataclass(frozen=True)
class Counted:
    label: str
    value: int
    share: int


@dataclass(frozen=True)
class Answers:
    """A question with its answers, in fives; none where fewer than five have answered."""

    text: str
    said: int
    bars: list[Counted]


@dataclass(frozen=True)
class Side:
    name: str
    standing: Standing | None
    answered: int | None
    questions: list[Answers]


@dataclass(frozen=True)
class CooperationPage:
    asked: CooperationSurvey
    sides: list[Side]


def cooperation_page(asked):
    sides = [_side(_("Parents"), asked.parents, asked.homes_asked)]
    if asked.staff:
        sides.append(_side(_("Staff"), asked.staff, asked.workers_asked))
    return CooperationPage(asked, sides)


def _side(name, survey, asked):
    if survey.is_open:
        standing = standing_of(survey, asked())
        fives = Standing(in_fives(standing.asked), in_fives(standing.answered), standing.needed)
        return Side(name, fives, None, [])
    shown = survey.is_shown and survey.answered >= SMALLEST
    return Side(name, None, in_fives(survey.answered) if shown else None, [_answers(one) for one in results_of(survey)])


def _answers(result):
    said = in_fives(result.said)
    bars = [
        Counted(bar.label, in_fives(bar.value), round(100 * in_fives(bar.value) / said)) for bar in result.bars if said
    ]
    return Answers(result.text, said, [Counted(one.label, one.value, min(100, one.share)) for one in bars])


def still_to_answer(found, **who):
    """Of surveys, those that this home (`household`) or person has not answered."""
    answered = Answered.objects.filter(**who).values("survey")
    side = "parents" if "household" in who else "staff"
    return found.exclude(**{f"{side}__in": answered})


def one_page_of(asked):
    """The one page for the board, in the language that it is read in."""
    page = cooperation_page(asked)
    return {
        "language": get_language(),
        "title": _("How parents and staff find the cooperation"),
        "about": f"{asked.school.name} · {asked.year}",
        "closed": _("Closed on %(day)s.") % {"day": dated(asked.parents.closed_at, asked.school)},
        "sides": [_content(side) for side in page.sides],
        "note": _("Rounded to the nearest five, and nothing is shown of fewer than five. Nobody can be recognised."),
    }


def _content(side):
    said = _("About %(n)s have answered.") % {"n": side.answered} if side.questions else _("Too few have answered.")
    return {
        "name": side.name,
        "said": said,
        "questions": [
            {
                "text": one.text,
                "bars": [{"label": bar.label, "value": bar.value, "share": bar.share} for bar in one.bars],
            }
            for one in side.questions
        ],
    }


def cooperation_pdf(asked) -> bytes:
    content = one_page_of(asked)
    made_at = int(asked.parents.closed_at.timestamp())
    try:
        return _compiled(content, made_at, pdf_standards="ua-1")
    except typst.TypstError:
        return _compiled(content, made_at)


def _compiled(content, made_at, **standard):
    return typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=made_at,
        **standard,
    )
