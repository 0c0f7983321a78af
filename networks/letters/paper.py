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
from networks.notices.letters import ANSWER, KEPT_OPEN, facts_of, signature
from portal.messaging.links import links_for
from portal.people import protection
from portal.speech import in_words, when

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "networks" / "letters.typ"


def letters_pdf(gathering, printed) -> bytes:
    """A character that no font here has, such as 🔥, prints as a box: such a PDF is made without the guarantee of its
    tags."""
    content = {"title": _("Letters: %(title)s") % {"title": gathering.title}, "language": _spoken()}
    content["letters"] = letters_of(gathering, printed)
    try:
        return _compiled(content, pdf_standards="ua-1")
    except typst.TypstError:
        return _compiled(content)


def letters_of(gathering, printed) -> list[dict]:
    """Three queries at any size, besides who signs."""
    adults = [min(one.family.adults, key=lambda adult: (adult.sort_name, adult.pk)) for one in printed]
    pairs = [(adult, gathering) for adult in adults]
    links = links_for(pairs, purpose=ANSWER, expires_at=gathering.ends_at + KEPT_OPEN)
    sheltered = protection.sheltered_among([adult.pk for one in printed for adult in one.family.adults])
    letters = []
    for one, adult in zip(printed, adults, strict=True):
        with translation.override(adult.language or gathering.school_class.school.language_form):
            is_neutral = any(other.pk in sheltered for other in one.family.adults)
            said = _neutral(gathering) if is_neutral else _named(gathering, one.family)
            letters.append({"language": _spoken(), **said, **_way(links[adult.pk], one.code)})
    return letters


def _named(gathering, family):
    school_class = gathering.school_class
    names = {
        "names": in_words([pupil.given_name for pupil in family.pupils]),
        "class": school_class.name,
        "adults": in_words([adult.given_name for adult in family.adults]),
    }
    invited = _("%(class)s is going to meet: %(title)s. Everyone in the class is invited.")
    return {
        "to": _("To the family of %(names)s (%(class)s), at home with %(adults)s") % names,
        "title": gathering.title,
        "lines": [
            invited % {"class": school_class.name, "title": gathering.title},
            *gathering.description.splitlines(),
        ],
        "facts": [[name, str(fact)] for name, fact in facts_of(gathering, school_class.school)]
        + [[_("Answer by"), when(gathering.answer_by, school_class.school)]],
        "signed": [signature(gathering, None), school_class.school.name],
        "call": _("Or call the school: %(phone)s. Say what you answer, and it is written down.")
        % {"phone": school_class.school.phone}
        if school_class.school.phone
        else "",
    }


def _neutral(gathering):
    """For a home at a protected address: whoever finds it learns neither whose it is, nor where."""
    school = gathering.school_class.school
    return {
        "to": "",
        "title": _("An invitation"),
        "lines": [_("Ask the school's office where it is, or sign in to see it.")],
        "facts": [
            [_("When"), when(gathering.starts_at, school)],
            [_("Answer by"), when(gathering.answer_by, school)],
        ],
        "signed": [],
        "call": "",
    }


def _way(link, code):
    side, squares = square(link.url())
    return {
        "how": _("How to answer"),
        "steps": [
            _("Point the camera of a phone at the square."),
            _("Or open %(address)s on a phone or a computer, and type the code.") % {"address": _short_address()},
        ],
        "code_label": _("Your code"),
        "code": in_halves(code),
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{squares}" fill="#000"/></svg>',
        "alt": _("Square code: the address of your own page"),
        "kept": _("The code is for your family alone, and works until the gathering is over."),
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
