"""What sending this now would do: how many get it, by which channel, when it arrives, and whom it does not reach."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from portal.messaging.kinds import DELAY
from portal.messaging.models import Channel
from portal.messaging.timing import arrival, channels_of, choices_of
from portal.people.models import Person


@dataclass(frozen=True)
class Outlook:
    """`unreachable` have neither a working e-mail address nor a phone: somebody must call or meet them."""

    people: list[Person]
    by_email: list[Person] = field(default_factory=list)
    by_sms: list[Person] = field(default_factory=list)
    unreachable: list[Person] = field(default_factory=list)
    in_portal: list[Person] = field(default_factory=list)
    arrives: list[tuple[datetime, int]] = field(default_factory=list)


def outlook(people, category="invitations", urgent=False, duty=False, now=None):
    """Nothing is written. At most three queries, however many people."""
    people = list(people)
    choices = choices_of(people)
    seen = Outlook(people)
    arrivals = Counter()
    ready_at = now or timezone.now()
    ready_at = ready_at if urgent else ready_at + DELAY
    for person in people:
        chosen = choices[person.pk]
        channels = channels_of(person, chosen, category=category, duty=duty)
        if Channel.EMAIL in channels:
            seen.by_email.append(person)
        if Channel.SMS in channels:
            seen.by_sms.append(person)
        if Channel.IN_APP in channels:
            can_be_written_to = person.phone or (person.email and person.email_failed_at is None)
            (seen.in_portal if can_be_written_to else seen.unreachable).append(person)
        else:
            at = arrival(ready_at, chosen, category=category, duty=duty, urgent=urgent)
            arrivals[at.replace(second=0, microsecond=0)] += 1
    seen.arrives.extend(sorted(arrivals.items()))
    return seen
