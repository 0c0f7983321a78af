"""The marks of a talk on the teacher's list: its state, who comes along, what the home has opened."""

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from conferences.models import Conference, InterpreterRequest
from portal.people.languages import language_name
from portal.speech import when


@dataclass(frozen=True)
class Mark:
    """An icon and a word, never a colour alone."""

    color: str
    icon: str
    word: str


def marks_of(conference, *, host, other_home=None):
    if conference.teacher_id != host.pk:
        yield Mark("info", "HatSchool", _("%(name)s holds the talk") % {"name": conference.teacher.full_name})
    if conference.state == Conference.State.HELD:
        yield Mark("success", "CheckmarkCircle", _("Held by phone or video") if conference.by_phone else _("Held"))
    if conference.state == Conference.State.MISSED:
        yield Mark("warning", "Clock", _("Could not come. Offer a new time"))
    for language, state, certain in interpreters_of(conference):
        word = _("Interpreter, %(language)s: %(state)s") % {"language": language, "state": state.lower()}
        yield Mark("conferences" if certain else "warning", "Language", word)
    if conference.after_sibling:
        yield Mark("conferences", "Clock", _("Comes from a sibling's talk"))
    if conference.home_id:
        yield Mark("conferences", "House", _two_homes(other_home))
    if conference.plan_opened:
        yield Mark("success", "CheckmarkCircle", _("Opened at home"))
    elif conference.plan_sent:
        yield Mark("neutral", "Hourglass", _("Sent, not opened"))


def who_and_where(talk):
    """'Amina, Yusuf · Room 14', escaped, with each name in its own direction of writing."""
    names = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in talk.who)
    parts = [names] if names else []
    parts.append(escape(talk.place or _("Place not set")))
    if talk.conference.kind == Conference.Kind.EXTRA:
        parts.append(escape(_("Extra conversation")))
    return mark_safe(" · ".join(parts))  # noqa: S308 each part is escaped


def interpreters_of(conference):
    return [
        (
            str(language_name(one["language"])),
            str(InterpreterRequest.State(one["state"]).label),
            one["state"] == InterpreterRequest.State.CONFIRMED,
        )
        for one in conference.languages
    ]


def _two_homes(other):
    if other is None or other.time is None:
        return _("Two homes, a talk each")
    return _("Two homes: the other talk is %(at)s") % {"at": when(other.booking.starts_at, other.school_class.school)}
