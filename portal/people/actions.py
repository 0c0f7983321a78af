"""Every change to people, roles and relations."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people import rules
from portal.people.models import GuardianRelation, Household, Person, Role, SchoolClass
from portal.people.models.relations import NotConfirmable


class AlreadyHeld(Refusal):
    """The person holds this role already."""


class NotOpen(Refusal):
    """What was to be ended has ended already."""


@action(may=rules.can_confirm_relation, records="people.relation_confirmed", refuses=(NotConfirmable,))
def confirm_relation(
    relation: GuardianRelation,
    *,
    by: Person,
    kind: str = GuardianRelation.Kind.GUARDIAN,
    legal_authority: bool = True,
    information_right: bool = True,
    valid_to: date | None = None,
) -> None:
    """A person says that this guardian is this child's guardian, and with which rights. From now on the guardian
    sees the child. A relation that is not proposed any more is refused, and so is one that lacks its end date."""
    try:
        with transaction.atomic():
            moved = (
                GuardianRelation.objects.proposed()
                .filter(pk=relation.pk)
                .update(
                    state=GuardianRelation.State.CONFIRMED,
                    kind=kind,
                    legal_authority=legal_authority,
                    information_right=information_right,
                    valid_to=valid_to,
                    confirmed_at=timezone.now(),
                    confirmed_by=by,
                )
            )
    except IntegrityError as wrong:
        raise NotConfirmable(_("This kind of relation needs the date when the authorisation ends.")) from wrong
    if not moved:
        raise NotConfirmable(_("Somebody has already dealt with this relation."))
    _give_home(relation.guardian)
    record("people.relation_confirmed", relation, by=by, kind=kind)


@action(may=rules.can_confirm_relation, records="people.relation_ended", refuses=(NotOpen,))
def end_relation(relation: GuardianRelation, *, by: Person) -> None:
    """Turn down a proposed relation, or end a confirmed one: from now on it gives no rights at all.
    A relation that has ended is refused."""
    moved = (
        GuardianRelation.objects.filter(pk=relation.pk)
        .exclude(state=GuardianRelation.State.ENDED)
        .update(state=GuardianRelation.State.ENDED)
    )
    if not moved:
        raise NotOpen(_("This relation has already ended."))
    record("people.relation_ended", relation, by=by)


@action(may=rules.can_appoint, records="people.role_given", refuses=(AlreadyHeld,))
def appoint(
    holder: Person, *, by: Person, kind: str, scope, valid_from: date | None = None, valid_to: date | None = None
) -> Role:
    """Give a person a role in a class, a school or the municipality, from a date on. Refused when it is held
    already, when it ends before it starts, or when a deputy has no end date."""
    where = "school_class" if isinstance(scope, SchoolClass) else scope._meta.model_name
    try:
        with transaction.atomic():
            role = Role.objects.create(
                person=holder,
                kind=kind,
                state=Role.State.CONFIRMED,
                confirmed_by=by,
                valid_from=valid_from or timezone.localdate(),
                valid_to=valid_to,
                **{where: scope},
            )
    except IntegrityError as taken:
        raise AlreadyHeld(_("This person has the role already, or the dates do not fit.")) from taken
    record("people.role_given", role, by=by, kind=kind)
    return role


@action(may=rules.can_end_role, records="people.role_ended", refuses=(NotOpen,))
def end_role(role: Role, *, by: Person) -> None:
    """End a role: from now on it opens nothing. A role that has ended is refused."""
    moved = Role.objects.filter(pk=role.pk).exclude(state=Role.State.ENDED).update(state=Role.State.ENDED)
    if not moved:
        raise NotOpen(_("This role has already ended."))
    record("people.role_ended", role, by=by, kind=role.kind)


@action(may=rules.only_the_portal, records="people.relation_proposed")
def propose_relation(
    guardian: Person, *, by: Person, pupil: Person, valid_from: date | None = None
) -> GuardianRelation:
    """Propose that this person is a guardian of this pupil. It gives no rights until a person confirms it."""
    relation = GuardianRelation.objects.create(
        guardian=guardian, pupil=pupil, valid_from=valid_from or timezone.localdate()
    )
    record("people.relation_proposed", relation, by=by)
    return relation


def _give_home(guardian):
    if guardian.household_id is None:
        guardian.household = Household.objects.create()
        guardian.save(update_fields=["household"])
