"""The register of everything the portal tells people, filled by the rooms' notices.py."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast

from portal.messaging.models import Channel, Notice
from portal.messaging.timing import arrival, channels_of
from portal.people.models import Person

KINDS: dict[str, "Kind"] = {}

DELAY = timedelta(minutes=5)  # long enough to stop a message sent by mistake


class Due(NamedTuple):
    """A reminder that is due now. The same subject, recipient and occasion make one notice, however often they are
    found."""

    subject: models.Model
    recipient: Person
    occasion: str = ""


@dataclass
class Kind:
    """Calling it writes the letter of a notice. `only` names the one channel for a message that is no use by any
    other, `at` gives the moment at which one with an hour of its own arrives, from when it is ready and what its receiver
    has chosen. One that is `passing` goes by one channel, alone, and nothing is kept of it: its notice is deleted when it
    has been sent, or cannot be."""

    name: str
    write: Callable
    category: str
    on: tuple[str, ...] = ()
    to: Callable | None = None
    duty: bool = False
    urgent: bool = False
    passing: bool = False
    only: str = ""
    at: Callable | None = None
    delay: timedelta = timedelta()
    wanted: Callable | None = None
    finds: list[Callable] = field(default_factory=list)

    def __call__(self, notice):
        return self.write(notice)

    def channels(self, person, choices):
        ways = channels_of(person, choices, category=self.category, duty=self.duty, only=self.only)
        return [way for way in ways if way != Channel.IN_APP][:1] if self.passing else ways

    def arrives(self, ready_at, choices):
        if self.at:
            return self.at(ready_at, choices)
        return arrival(ready_at, choices, category=self.category, duty=self.duty, urgent=self.urgent)

    def due(self, find):
        self.finds.append(find)
        return find

    def told(self, about, key, person, occasion=""):
        """An expression: has this row's person been told already? `key` and `person` name the columns with the key of
        the `about` row and of the recipient. With it the clock reads only what is due and untold."""
        told = Notice.objects.filter(kind=self.name, subject_type=about._meta.label, occasion=occasion)
        return Exists(told.filter(subject_id=Cast(OuterRef(key), models.CharField()), recipient=OuterRef(person)))

    def recipients(self, event):
        for found in self.to(event):
            yield found if isinstance(found, tuple) else (found, f"event {event.pk}")


def register(kind):
    if kind.name in KINDS:
        raise ValueError(f"the notice {kind.name} is registered twice")
    KINDS[kind.name] = kind
    return kind


def is_passing(notice):
    return notice.kind in KINDS and KINDS[notice.kind].passing
