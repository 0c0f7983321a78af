"""When a child's place in a class ends, what was still to come there is called off, whoever moved the child and when."""

from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from conferences import rules
from conferences.models import (
    Booking,
    Conference,
    ConferenceSlot,
    ExtraRequest,
    InterpreterRequest,
    NotNow,
    TimeRequest,
)
from conferences.queries.leaving import classes_shared, left_open, needs_interpreter
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person

State = Conference.State


@action(
    may=rules.only_the_clock,
    claims=Person.objects.all,
    locks=lambda pupil: [left_open().filter(pupil=pupil)],  # nobody books one meanwhile
    records="conferences.place_ended",
    refuses=(NotNow,),
)
def end_place(pupil: Person, *, by: Person) -> None:
    """Call off what was still to come in a class that the child has left: talks with and without a time, times reserved
    for the child, requests. The family, the teachers and those who order interpreters are told. A talk goes along to a
    new class that its teacher teaches too. Refused when nothing is left there."""
    found = left_open().filter(pupil=pupil)
    talks = list(found.select_related("booking", "round", "school_class").order_by("pk"))
    along = _go_along(talks)
    off = [talk for talk in talks if talk.pk not in along]
    asked = list(ExtraRequest.objects.astray().filter(pupil=pupil).select_related("school_class__school"))
    if not (talks or asked):
        raise NotNow(_("The child has nothing open in a class that it has left."))
    details = {
        "conferences": [talk.pk for talk in off],
        "along": sorted(along),
        "times": {str(talk.pk): _span(talk.time) for talk in off if talk.time},
        "interpreters": {str(one.pk): _span(one.conference.time) for one in needs_interpreter(off)},
        "requests": [one.pk for one in asked],
    }
    _call_off([talk.pk for talk in off])
    _close(asked)
    record("conferences.place_ended", pupil, by=by, **details)


def _go_along(talks):
    shared = classes_shared(talks)
    moved = []
    for talk in talks:
        if talk.pk in shared:
            talk.school_class_id = shared[talk.pk]
            moved.append(talk)
    Conference.objects.bulk_update(moved, ["school_class"])
    return {talk.pk for talk in moved}


def _call_off(keys):
    now = timezone.now()
    Booking.objects.filter(conference__in=keys).delete()
    InterpreterRequest.objects.filter(conference__in=keys, state=InterpreterRequest.State.ASKED).update(
        state=InterpreterRequest.State.CANCELLED
    )
    TimeRequest.objects.waiting().filter(conference__in=keys).update(answered_at=now)
    offered = ConferenceSlot.objects.filter(reserved_for__in=keys)
    offered.filter(round=None).delete()
    offered.update(reserved_for=None)  # a time of the round is free for the others again
    Conference.objects.filter(pk__in=keys).update(state=State.CANCELLED, ended_at=now, sequence=F("sequence") + 1)


def _close(asked):
    for one in asked:
        with translation.override(one.school_class.school.language_form):
            because = _("The child has left the class.")
        ExtraRequest.objects.filter(pk=one.pk).update(closed_at=timezone.now(), closed_because=because)


def _span(booking):
    return [booking.starts_at.isoformat(), booking.ends_at.isoformat()]
