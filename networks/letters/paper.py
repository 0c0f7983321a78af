"""The letters as one tagged PDF, a page or two for each home, in its own language. No letter carries an address."""

import json
from pathlib import Path

import typst
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from networks.codes import in_halves, square
from networks.letters.homes import stage_of
from networks.models import PollAnswer
from networks.notices.letters import ANSWER, OPEN_AFTER, facts_of, names_of, of_fixed_time, signature
from portal.messaging.links import links_for
from portal.people import protection
from portal.speech import capital, in_words, money, period, when

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "networks" / "letters.typ"

EMPTY = {"to": "", "lines": [], "facts": [], "heads": [], "times": [], "signed": [], "call": ""}


def letters_pdf(gathering, printed) -> bytes:
    """A character that no font here has, such as 🔥, prints as a box: such a PDF is made without the guarantee of its
    tags."""
    content = {"title": _("Letters: %(title)s") % {"title": gathering.title_at_home}, "language": _spoken()}
    content["letters"] = letters_of(gathering, printed)
    try:
        return _compiled(content, pdf_standards="ua-1")
    except typst.TypstError:
        return _compiled(content)


def letters_of(gathering, printed) -> list[dict]:
    """Three queries at any size, besides who signs, and two for a poll."""
    adults = [min(one.family.adults, key=lambda adult: (adult.sort_name, adult.pk)) for one in printed]
    pairs = [(adult, gathering) for adult in adults]
    links = links_for(pairs, purpose=ANSWER, expires_at=gathering.ends_at + OPEN_AFTER)
    sheltered = protection.sheltered_among([adult.pk for one in printed for adult in one.family.adults])
    letters, stage, times = [], stage_of(gathering), list(gathering.poll.times.all()) if _is_polled(gathering) else []
    said = _said_to_fixed(times)
    for one, adult in zip(printed, adults, strict=True):
        with translation.override(adult.language or gathering.school_class.school.language_form):
            is_neutral = any(other.pk in sheltered for other in one.family.adults)
            letter = _neutral(gathering, stage, times) if is_neutral else _named(gathering, one.family)
            if not is_neutral:
                letter |= _stage(gathering, stage, times, said.get(one.family.household_id))
            letters.append({**EMPTY, "language": _spoken(), **letter, **_way(links[adult.pk], one.code, stage, letter)})
    return letters


def _named(gathering, family):
    school_class = gathering.school_class
    names = {
        "names": in_words([pupil.given_name for pupil in family.pupils]),
        "class": school_class.name,
        "adults": in_words([adult.given_name for adult in family.adults]),
    }
    return {
        "to": _("To the family of %(names)s (%(class)s), at home with %(adults)s") % names,
        "title": gathering.title,
        "signed": [signature(gathering, None), school_class.school.name],
        "call": _("Or call the school: %(phone)s. Say what you answer, and it is written down.")
        % {"phone": school_class.school.phone}
        if school_class.school.phone
        else "",
    }


def _stage(gathering, stage, times, said):
    """What the home is told: that it is invited, asked when it suits, or that it is off."""
    school = gathering.school_class.school
    if stage == "off":
        return _off(gathering, school)
    lines = gathering.description.splitlines()
    if stage == "asked":
        asked = _(
            "%(class)s is going to meet: %(title)s. Everyone in the class is invited. The time is not fixed yet."
        ) % names_of(gathering)
        open_ones = _("Say what suits you. What you leave open does not count as a no.")
        return {"lines": [asked, open_ones, *lines], **_times(gathering, times, school)}
    invited = _("%(class)s is going to meet: %(title)s. Everyone in the class is invited.") % names_of(gathering)
    return {
        "lines": [invited, *of_fixed_time(gathering, said), *lines],
        "facts": [[name, str(fact)] for name, fact in facts_of(gathering, school)]
        + [[_("Answer by"), when(gathering.answer_by, school)]],
    }


def _times(gathering, times, school):
    """A row of boxes for each time, in order, to be crossed and given back."""
    price = money(gathering.family_cost) if gathering.family_cost else _("Free")
    return {
        "facts": [
            [_("Where"), gathering.place],
            [_("Price"), str(price)],
            [_("Answer by"), when(gathering.poll.closes_at, school)],
        ],
        "heads": [_("Time"), *(str(label) for label in PollAnswer.Suits.labels)],
        "times": [capital(period(one.starts_at, one.ends_at, school)) for one in times],
    }


def _off(gathering, school):
    if gathering.is_cancelled:
        line = _("The gathering %(when)s will not take place.") % {"when": when(gathering.starts_at, school)}
        because = gathering.cancelled_because
    else:
        line = _("You were asked when it suits you. None of those times is used.")
        because = gathering.poll.called_off_because
    title = _("Called off: %(title)s") % {"title": gathering.title_at_home}
    return {"title": title, "lines": [line, *because.splitlines()], "call": ""}  # there is nothing to answer


def _neutral(gathering, stage, times):
    """For a home at a protected address: whoever finds it learns neither whose it is, nor where. It has no boxes: nobody
    could tell who gave it back."""
    school = gathering.school_class.school
    ask = [_("Ask the school's office where it is, or sign in to see it.")]
    if stage == "off":
        return {"title": _("Called off"), "lines": [_("Ask the school's office what it is, or sign in to see it.")]}
    if stage == "asked":
        said = [
            [_("Time %(n)s") % {"n": n}, capital(period(one.starts_at, one.ends_at, school))]
            for n, one in enumerate(times, start=1)
        ]
        last = [_("Answer by"), when(gathering.poll.closes_at, school)]
        return {"title": _("When does it suit your family?"), "lines": ask, "facts": [*said, last]}
    return {
        "title": _("An invitation"),
        "lines": ask,
        "facts": [
            [_("When"), when(gathering.starts_at, school)],
            [_("Answer by"), when(gathering.answer_by, school)],
        ],
    }


def _is_polled(gathering):
    return hasattr(gathering, "poll") and gathering.poll.sent_at is not None


def _said_to_fixed(times):
    """{home: what it said to the time that was fixed}."""
    fixed = PollAnswer.objects.filter(time__in=[one.pk for one in times if one.is_fixed])
    return dict(fixed.values_list("household", "suits")) if times else {}


def _way(link, code, stage, letter):
    side, squares = square(link.url())
    steps = [
        _("Point the camera of a phone at the square."),
        _("Or open %(address)s on a phone or a computer, and type the code.") % {"address": _short_address()},
    ]
    if letter.get("times"):
        steps.append(
            _("Or put a cross in one box for each time, and send this page back to the school with the child.")
        )
    return {
        "how": _("Where to read more") if stage == "off" else _("How to answer"),
        "steps": steps,
        "code_label": _("Your code"),
        "code": in_halves(code),
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{squares}" fill="#000"/></svg>',
        "alt": _("Square code: the address of your own page"),
        "kept": _("The code is for your family alone, and works until the last of the times.")
        if stage == "asked"
        else _("The code is for your family alone, and works until the gathering is over."),
    }


def _short_address():
    return (settings.SITE_URL + reverse("networks:letter_enter")).split("://", 1)[-1]


def _spoken():
    return (get_language() or "nb").split("-")[0]


def _compiled(content, **standard):
    return typst.compile(
        TEMPLATE,
        format="pdf",
        sys_inputs={"content": json.dumps(content, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=int(timezone.now().timestamp()),
        **standard,
    )
