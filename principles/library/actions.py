"""Beginning a principle from an inspiration text."""

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Municipality, Person, School
from principles import rules
from principles.actions import draft_principle
from principles.library.models import Inspired
from principles.library.shelf import Inspiration
from principles.models import NameTaken, PrincipleVersion


@action(may=rules.can_draft, records="principles.inspiration_copied", refuses=(NameTaken,))
def copy_inspiration(place: School | Municipality, *, by: Person, inspiration: Inspiration) -> PrincipleVersion:
    """Begin a principle as a copy of an inspiration text, whose origin is kept with it. Only those who write principles
    see the draft. Refused when there is already one of that name."""
    version = draft_principle(place, by=by, outline=inspiration.outline)
    Inspired.objects.create(principle=version.principle, template=inspiration.key)
    record("principles.inspiration_copied", version, by=by, template=inspiration.key)
    return version
