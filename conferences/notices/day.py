"""The reminder that a teacher or the office sends by hand to the families without a time."""

from django.utils.translation import gettext as _

from conferences.models import Conference, ConferenceRound
from conferences.notices.rounds import letter, still_to_book
from conferences.queries.unbooked import REMINDED
from portal.messaging.notices import notice


def silent_families(event):
    """Only where there is still no time. A family can be reminded many times, so the event is the occasion."""
    round = ConferenceRound.objects.get(pk=event.subject_id)
    conferences = Conference.objects.unbooked().filter(pk__in=event.details["conferences"], round=round)
    return [(person, f"event {event.pk}") for person in conferences.guardians()]


@notice(REMINDED, on="conferences.unbooked_reminded", to=silent_families, category="reminders", wanted=still_to_book)
def unbooked_reminded(notice):
    return letter(
        notice,
        subject=_("Choose a time for the conference"),
        lines=[_("You have no time yet. Choose one of those that are left, or tell us when you can come.")],
    )
