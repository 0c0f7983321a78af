"""Who has seen what is about a person or their children: read from the history, told in words."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from portal.ledger.models import Event
from portal.people import protection
from portal.people.models import Person
from portal.people.queries import readings as people
from portal.readings import sources


@dataclass(frozen=True)
class Reading:
    """`who` is empty for a protected person, `role` when none is known."""

    what: str
    child: str  # whom it is about; empty when it is about the person who asks
    who: str
    role: str
    school: str
    at: datetime


class Readings:
    """Newest first, with the part of a list's interface that a paginator needs: only the page shown is read."""

    def __init__(self, person):
        self.person, self.schools = person, people.schools_known_to(person)
        self.about, self.what, found = defaultdict(dict), {}, []
        for source in sources():
            events, about = source.find(person, self.schools)
            found.append(events)
            self.about[source.subject].update(about)
            self.what.update(source.what)
        self.events = reduce(or_, found).order_by("-id")

    def count(self):
        return self.events.count()

    def __getitem__(self, part):
        return self._told(list(self.events[part]))

    def _told(self, events: list[Event]) -> list[Reading]:
        known = Person.objects.in_bulk({event.by for event in events} | {self._whom(event) for event in events})
        readers = [event.by for event in events]
        roles = people.roles_of_readers(readers, self.schools)
        hidden = protection.hidden_from(self.person, readers)
        return [self._reading(event, known, people.read_as(roles[event.by], event), hidden) for event in events]

    def _reading(self, event, known, role, hidden):
        whom = self._whom(event)
        named = role is not None and event.by not in hidden
        return Reading(
            what=str(self.what[event.verb]),
            child="" if whom == self.person.pk else known[whom].given_name,
            who=known[event.by].full_name if named else "",
            role=role.get_kind_display() if role else "",
            school=str(role.school_class.school if role.school_class else role.scope) if role else "",
            at=event.at,
        )

    def _whom(self, event):
        return self.about[event.subject_type][event.subject_id]
