"""What members of staff say of how they are reached, and until when they are away."""

from datetime import date, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people import rules
from portal.people.models import Availability, Person
from portal.people.queries.adults import colleagues_of

LONGEST = timedelta(days=366)
Way = Availability.Way


class NotReachable(Refusal):
    """A way that leads nowhere, or hours that do not follow each other."""


class WrongAbsence(Refusal):
    """A day that is over or far away, or somebody who cannot stand in."""


@action(
    may=rules.only_oneself_at_work, claims=Person.objects.all, records="people.ways_chosen", refuses=(NotReachable,)
)
def choose_ways(
    person: Person,
    *,
    by: Person,
    ways: list[str],
    messages_at: str = "",
    best_from: time | None = None,
    best_to: time | None = None,
) -> None:
    """Say by which ways the families of the children you work with reach you, and at which hours. Refused for a phone or
    an e-mail that you do not have, for messages without an address, and for hours that end before they begin."""
    if Way.PHONE in ways and not person.phone:
        raise NotReachable(_("You have no phone number here. Write it on your page first."))
    if Way.EMAIL in ways and not person.email:
        raise NotReachable(_("You have no e-mail here. Write it on your page first."))
    if Way.MESSAGE in ways and not messages_at:
        raise NotReachable(_("Write the address at which families write to you."))
    if (best_from is None) != (best_to is None) or (best_from and best_to <= best_from):
        raise NotReachable(_("Write from when and until when, the end after the start. Or leave both empty."))
    said = {"ways": ways, "messages_at": messages_at, "best_from": best_from, "best_to": best_to}
    Availability.objects.update_or_create(person=person, defaults=said)
    record("people.ways_chosen", person, by=by, ways=sorted(ways))


@action(may=rules.can_say_away, claims=Person.objects.all, records="people.absence_said", refuses=(WrongAbsence,))
def say_away(person: Person, *, by: Person, away_until: date | None, stand_in: Person | None = None) -> None:
    """Say until which day you are away, and who stands in. Whoever is about to reach you reads it, until the day is over.
    Who stands in is told, and again when the day is another. Without a day you are back. Refused for a day that is over or
    more than a year away, and for somebody who does not work where you do."""
    today = timezone.localdate()
    if away_until is None:
        stand_in = None
    elif not today <= away_until <= today + LONGEST:
        raise WrongAbsence(_("Choose a day from today on, within a year."))
    if stand_in and not colleagues_of(person).filter(pk=stand_in.pk).exists():
        raise WrongAbsence(_("Choose somebody who works at your school."))
    before = Availability.objects.filter(person=person, away_until__gte=today).first()
    is_news = stand_in and (before is None or (before.stand_in_id, before.away_until) != (stand_in.pk, away_until))
    Availability.objects.update_or_create(person=person, defaults={"away_until": away_until, "stand_in": stand_in})
    record("people.absence_said", person, by=by, **({"stand_in": stand_in.pk} if is_news else {}))
