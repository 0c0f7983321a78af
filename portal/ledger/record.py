"""Write an event, and wake a worker once it is committed."""

from django.db import transaction

from portal.actions import running
from portal.ledger.models import Event
from portal.ledger.tasks import ring


class Undeclared(Exception):
    """The running action did not declare this event: a fault in the program."""


def record(verb, subject, *, by, **details):
    """Write down that `by` did `verb` to `subject`; details hold ids and choices, never names or addresses.

    If the broker is away the row stays unpublished until the next sweep: nothing is lost.
    """
    action = running()
    if action is None or action.silent or action.records != verb:
        raise Undeclared(f"{verb} is not what the running action declares")
    event = Event.objects.create(
        verb=verb,
        subject_type=subject._meta.label,
        subject_id=str(subject.pk),
        by=by.pk,
        school=getattr(subject, "school_id", None),
        details=details,
    )
    transaction.on_commit(ring, robust=True)
    return event
