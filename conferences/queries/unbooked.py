"""A round's children without a time: why, how far the family has been reached, whom to call, whom to remind."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from conferences.models import Conference, ConferenceRound
from conferences.queries.hosted import Silent, hosted_by, silent_of, with_facts
from conferences.queries.said import said_about
from portal.ledger.models import Event

REMINDED = "conferences.unbooked_reminded"
NOT_AGAIN_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Unbooked:
    round: ConferenceRound
    rows: list[Silent]
    not_needed: list[Silent]
    reminded: int
    told_lately: int

    @property
    def waits_for_us(self):
        return [row for row in self.rows if row.waits_for_us]


def unbooked_of(round, viewer):
    """Teachers see their own children, leaders and the office all. Nine queries."""
    rows = silent_in(round, viewer)
    said = said_about([row.conference for row in rows], viewer)
    lately = reminded_lately(round)
    may = [row for row in rows if row.gets_reminder]
    return Unbooked(
        round=round,
        rows=[replace(row, said=said.get(row.conference.pk, ())) for row in rows if row.state != "not_needed"],
        not_needed=[row for row in rows if row.state == "not_needed"],
        reminded=sum(row.conference.pk not in lately for row in may) if round.takes_bookings() else 0,
        told_lately=sum(row.conference.pk in lately for row in may),
    )


def silent_in(round, viewer):
    lacking = Q(state=Conference.State.CALLED, booking=None) | Q(state=Conference.State.MISSED)
    return silent_of(list(with_facts(hosted_by(viewer).filter(lacking, round=round))))


def reminded_lately(round):
    since = timezone.now() - NOT_AGAIN_WITHIN
    told = Event.objects.about(round).filter(verb=REMINDED, at__gt=since).values_list("details", flat=True)
    return {pk for details in told for pk in details.get("conferences", [])}


def to_remind(round, viewer):
    if not round.takes_bookings():
        return []
    lately = reminded_lately(round)
    rows = silent_in(round, viewer)
    return [row.conference for row in rows if row.gets_reminder and row.conference.pk not in lately]
