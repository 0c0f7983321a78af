"""Cutting somebody off from a pupil, and letting them in again: always two persons, never a hint of where."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.actions import action
from portal.ledger.record import record
from portal.people import rules
from portal.people.accounts import cut_sessions
from portal.people.models import AccessRestriction, GuardianRelation, Household, Person
from portal.people.models.relations import NotRestrictable


@action(may=rules.can_restrict, records="people.restriction_set", refuses=(NotRestrictable,))
def set_restriction(
    pupil: Person,
    *,
    by: Person,
    guardian: Person,
    reason: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> AccessRestriction:
    """Say that this person may see nothing about this pupil. It begins to count when a second person confirms it.
    Refused when there is one already."""
    try:
        with transaction.atomic():
            restriction = AccessRestriction.objects.create(
                pupil=pupil,
                guardian=guardian,
                reason=reason,
                valid_from=valid_from or timezone.localdate(),
                valid_to=valid_to,
                set_by=by,
            )
    except IntegrityError as taken:
        raise NotRestrictable(_("This person is already restricted, or the dates do not fit.")) from taken
    record("people.restriction_set", restriction, by=by)
    return restriction


@action(may=rules.can_settle_restriction, records="people.restriction_confirmed", refuses=(NotRestrictable,))
def confirm_restriction(restriction: AccessRestriction, *, by: Person) -> None:
    """The second person confirms: pages, sessions, personal links and messages are cut now, and the home is no longer
    shared with the pupil's other guardians. Refused to the person who set it, and when it is confirmed already."""
    moved = (
        AccessRestriction.objects.filter(pk=restriction.pk, confirmed_by=None, lift_confirmed_by=None)
        .exclude(set_by=by)
        .update(confirmed_by=by)
    )
    if not moved:
        raise NotRestrictable(_("Somebody other than the one who set this must confirm it, once."))
    _part_homes(restriction)
    cut_sessions(restriction.guardian)
    record("people.restriction_confirmed", restriction, by=by, guardian=restriction.guardian_id)


@action(may=rules.can_settle_restriction, records="people.restriction_lift_proposed", refuses=(NotRestrictable,))
def propose_lift(restriction: AccessRestriction, *, by: Person) -> None:
    """Say that the restriction should be lifted. It counts until a second person confirms that. Refused when it is
    proposed already, or lifted."""
    moved = AccessRestriction.objects.filter(pk=restriction.pk, lifted_by=None).update(lifted_by=by)
    if not moved:
        raise NotRestrictable(_("Somebody has already proposed to lift this restriction."))
    record("people.restriction_lift_proposed", restriction, by=by)


@action(may=rules.can_settle_restriction, records="people.restriction_lifted", refuses=(NotRestrictable,))
def confirm_lift(restriction: AccessRestriction, *, by: Person) -> None:
    """The second person confirms that the restriction is lifted: the rights that the relation gives count again.
    Refused to the person who proposed it, and when nobody has."""
    moved = (
        AccessRestriction.objects.filter(pk=restriction.pk, lifted_by__isnull=False, lift_confirmed_by=None)
        .exclude(lifted_by=by)
        .update(lift_confirmed_by=by)
    )
    if not moved:
        raise NotRestrictable(_("Somebody other than the one who proposed to lift this must confirm it, once."))
    record("people.restriction_lifted", restriction, by=by)


def _part_homes(restriction):
    guardian = restriction.guardian
    others = GuardianRelation.objects.filter(pupil=restriction.pupil).exclude(guardian=guardian)
    if guardian.household_id and others.filter(guardian__household=guardian.household_id).exists():
        guardian.household = Household.objects.create()
        guardian.save(update_fields=["household"])
