"""A published version on paper, in the language of its text: tagged, and fit to be kept (PDF/A-2a and PDF/UA-1). It says
nothing that can change, so how long it applies stands on its page."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal.speech import dated
from portal.text import typeset
from principles.queries import parts_of


def set_version(version) -> bytes:
    """The same bytes whenever it is made: its date is that of the publication."""
    return typeset.pdf("principles/printed/version.typ", _content_of(version), version.published_at)


def _content_of(version):
    with translation.override(version.language):
        return {
            "language": version.language,
            "title": version.title,
            "place": str(version.principle.place),
            "introduction": _paragraphs(version.introduction),
            "parts": [_part(part) for part in parts_of(version)],
            "notes": _paragraphs(version.standing_notes),
            "facts": _facts(version),
            "closing": _("This is version %(number)s as it was adopted. Whether it applies today stands at %(address)s")
            % {"number": version.number, "address": f"{settings.SITE_URL}{version.get_absolute_url()}"},
        }


def _part(part):
    return {
        "heading": part.section.heading,
        "lead": _paragraphs(part.section.lead),
        "points": [{"number": one.number, "lines": _paragraphs(one.text)} for one in part.clauses],
        "closing": _paragraphs(part.section.closing),
    }


def _facts(version):
    meeting = [[_("Meeting and item"), version.meeting_reference]] if version.meeting_reference else []
    return [
        [_("Adopted on"), dated(version.adopted_on)],
        [_("Adopted by"), version.adopted_by],
        *meeting,
        [_("Applies from"), dated(version.effective_from)],
    ]


def _paragraphs(text):
    return [line.strip() for line in text.splitlines() if line.strip()]
