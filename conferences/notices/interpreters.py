"""The home that asked for an interpreter hears that one is coming."""

from django.utils.translation import gettext as _

from conferences.models import InterpreterRequest
from conferences.notices.people import names, open_talk
from portal.messaging.letters import Letter
from portal.messaging.notices import notice
from portal.people.languages import language_name
from portal.speech import when

CONFIRMED = InterpreterRequest.State.CONFIRMED


def the_home(event):
    """The guardians in the home that asked; when the school asked, those of every home that the talk is for."""
    found = InterpreterRequest.objects.filter(pk=event.subject_id, state=CONFIRMED).select_related("conference")
    return [adult for request in found for adult in _asked_by(request)] if event.details["state"] == CONFIRMED else []


def _asked_by(request):
    adults = request.conference.guardians()
    return adults.filter(household=request.household_id) if request.household_id else adults


@notice(
    "conferences.interpreter_confirmed",
    on="conferences.interpreter_ordered",
    to=the_home,
    category="invitations",
    wanted=lambda notice: _comes(notice.subject) and notice.recipient in _asked_by(notice.subject),
)
def interpreter_confirmed(notice):
    conference, language = notice.subject.conference, language_name(notice.subject.language)
    time = when(conference.booking.starts_at, conference.school_class.school)
    return Letter(
        subject=_("An interpreter comes to the talk about %(child)s") % names(conference),
        lines=[f"{language}, {time}.", _("You need to do nothing. Children never interpret.")],
        buttons=(open_talk(conference),),
    )


def _comes(request):
    return request.state == CONFIRMED and request.conference.is_open and request.conference.time is not None
