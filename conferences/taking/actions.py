"""The new contact teacher of a class says that they have looked through what it was promised."""

from django.db import IntegrityError, transaction

from conferences.models import LookedThrough, TakenOver
from conferences.taking import rules
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, Role


def of_contact_teachers():
    return Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER])


@action(
    may=rules.can_look_through,
    claims=of_contact_teachers,
    gone=LookedThrough,
    records="conferences.class_taken_over",
)
def look_through(role: Role, *, by: Person) -> TakenOver:
    """Say once that what the class was promised has been looked through. Refused the second time, and when the role has
    ended."""
    try:
        with transaction.atomic():
            taken = TakenOver.objects.create(role=role)
    except IntegrityError as twice:
        raise LookedThrough from twice
    record("conferences.class_taken_over", taken, by=by)
    return taken
