"""Cutting somebody off from a pupil, and letting them in again: always by two persons, and never with a hint of where."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    """Say that this person may see nothing about this pupil. It takes effect when a second person confirms it. Refused
    when there already is one."""
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


SECOND = gettext_lazy("Somebody other than the one who set this must confirm it, once.")
SECOND_LIFTS = gettext_lazy("Somebody other than the one who proposed to lift this must confirm it, once.")


@action(
    may=rules.can_settle_restriction,
    claims=lambda: AccessRestriction.objects.filter(confirmed_by=None, lift_confirmed_by=None),
    gone=NotRestrictable(SECOND),
    locks=lambda restriction: [restriction.guardian],
    records="people.restriction_confirmed",
)
def confirm_restriction(restriction: AccessRestriction, *, by: Person) -> None:
    """Confirm as the second person: pages, sessions, personal links and messages are cut off at once, and the home is
    no longer shared with the pupil's other guardians. Refused to the person who set it, and when it is already
    confirmed."""
    if restriction.set_by_id == by.pk:
        raise NotRestrictable(SECOND)
    restriction.confirmed_by = by
    restriction.save(update_fields=["confirmed_by"])
    _part_homes(restriction)
    cut_sessions(restriction.guardian)
    record("people.restriction_confirmed", restriction, by=by, guardian=restriction.guardian_id)


@action(
    may=rules.can_settle_restriction,
    claims=lambda: AccessRestriction.objects.filter(lifted_by=None),
    gone=NotRestrictable(gettext_lazy("Somebody has already proposed to lift this restriction.")),
    records="people.restriction_lift_proposed",
)
def propose_lift(restriction: AccessRestriction, *, by: Person) -> None:
    """Propose to lift the restriction, which stays in force until a second person agrees. Refused when that is already
    proposed, or done."""
    restriction.lifted_by = by
    restriction.save(update_fields=["lifted_by"])
    record("people.restriction_lift_proposed", restriction, by=by)


@action(
    may=rules.can_settle_restriction,
    claims=lambda: AccessRestriction.objects.filter(lifted_by__isnull=False, lift_confirmed_by=None),
    gone=NotRestrictable(SECOND_LIFTS),
    records="people.restriction_lifted",
)
def confirm_lift(restriction: AccessRestriction, *, by: Person) -> None:
    """Lift the restriction as the second person: the rights that the relation gives count again. Refused to the person
    who proposed it, and when nobody has."""
    if restriction.lifted_by_id == by.pk:
        raise NotRestrictable(SECOND_LIFTS)
    restriction.lift_confirmed_by = by
    restriction.save(update_fields=["lift_confirmed_by"])
    record("people.restriction_lifted", restriction, by=by)


def _part_homes(restriction):
    guardian = restriction.guardian
    others = GuardianRelation.objects.filter(pupil=restriction.pupil).exclude(guardian=guardian)
    if guardian.household_id and others.filter(guardian__household=guardian.household_id).exists():
        guardian.household = Household.objects.create()
        guardian.save(update_fields=["household"])
