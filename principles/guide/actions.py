"""What the guide does for a guardian: it passes a number on, and forgets. And what a school says of it."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from portal.actions import action
from portal.ledger.record import record
from portal.messaging.notices import pass_on
from portal.people.models import Person, School
from portal.people.queries.others import number_to_pass_on, whom_to_ask
from principles.guide.models import FirstContact
from principles.guide.notices import asked_to_call
from principles.guide.queries import other_child
from principles.guide.rules import can_ask_to_be_called, can_choose_first_contact

A_DAY = 24 * 3600
SALT = "principles.guide.asked_to_call"


@action(may=can_ask_to_be_called, claims=Person.objects.active, records="principles.call_asked", silent=True)
def ask_to_be_called(child: Person, *, by: Person, place: int) -> None:
    """Pass the guardian's own number on to those homes of another child in the class that share none, once a day to each.
    It is the same to whoever asks whether somebody could be told, had been told today, or nobody was there: an answer
    would say who cannot be reached."""
    other, number = other_child(child, by, place), number_to_pass_on(by)
    if other is None or not number:
        return
    asked = whom_to_ask(other, child)
    first = {home for home in {person.household_id for person in asked} if _is_first_today(by, home)}
    try:
        pass_on(asked_to_call, [person for person in asked if person.household_id in first], number)
    except BaseException:  # what was not passed on today may be
        cache.delete_many([_mark(by, home) for home in first])
        raise


def _is_first_today(person, home):
    """A keyed hash of the two homes is all that is remembered, and for a day. Two presses at once are one."""
    return cache.add(_mark(person, home), True, A_DAY)


def _mark(person, home):
    of = f"home {person.household_id}" if person.household_id else f"person {person.pk}"
    return f"call:{salted_hmac(SALT, f'{of} to {home}', algorithm='sha256').hexdigest()}"


@action(may=can_choose_first_contact, claims=School.objects.all, records="principles.first_contact_chosen")
def choose_first_contact(school: School, *, by: Person, point: int | None) -> None:
    """Say which point of a principle families read where they look for an adult and where they write to one; None is
    no point. Nobody gets a message."""
    chosen, _made = FirstContact.objects.update_or_create(school=school, defaults={"point_id": point})
    record("principles.first_contact_chosen", chosen, by=by, point=point)
