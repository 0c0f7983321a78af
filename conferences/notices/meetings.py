"""An answer to a family says "let us meet": the talk stands among those that wait for a time. Nobody is written to: the
answer has told the family, and the teachers find it among what waits for them."""

from contextlib import suppress

from conferences import actions
from portal.actions import Refusal
from portal.ledger.publish import subscribe
from portal.people.models import Person, the_portal


def hear_of_meeting(event):
    """One that waits for a time already is enough."""
    meeting = event.details.get("meeting")
    if not meeting:
        return
    pupil = Person.objects.get(pk=meeting["pupil"])
    keys = {name: meeting[name] for name in ("school_class", "home", "asker")}
    with suppress(Refusal):
        actions.take_up_meeting(pupil, by=the_portal(), **keys)


subscribe("principles.inquiry_answered", hear_of_meeting)
