"""Who is whose guardian, and who lives together."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people import rules
from portal.people.accounts import open_account, open_accounts
from portal.people.models import GuardianRelation, Household, Person, SchoolClass
from portal.people.models.relations import NotConfirmable


class NotOpen(Refusal):
    pass


class NotProposable(Refusal):
    pass


def _who_live_together(relation, lives_with=None):
    return [relation.guardian, *([lives_with] if lives_with else [])]


@action(
    may=rules.can_confirm_relation,
    claims=GuardianRelation.objects.proposed,
    gone=NotConfirmable(gettext_lazy("Somebody has already dealt with this relation.")),
    locks=_who_live_together,
    records="people.relation_confirmed",
)
def confirm_relation(
    relation: GuardianRelation,
    *,
    by: Person,
    kind: str = GuardianRelation.Kind.GUARDIAN,
    legal_authority: bool = True,
    information_right: bool = True,
    valid_to: date | None = None,
    lives_with: Person | None = None,
) -> None:
    """Confirm that this guardian is this child's guardian, with which rights, and with whom they live. From now on the
    guardian sees the child. Refused when the relation is no longer proposed, or lacks the end date that its kind
    requires."""
    try:
        with transaction.atomic():
            GuardianRelation.objects.filter(pk=relation.pk).update(
                state=GuardianRelation.State.CONFIRMED,
                kind=kind,
                legal_authority=legal_authority,
                information_right=information_right,
                valid_to=valid_to,
                confirmed_at=timezone.now(),
                confirmed_by=by,
            )
    except IntegrityError as wrong:
        raise NotConfirmable(
            _("The rights do not fit this kind of relation, or the date when the authorisation ends is missing.")
        ) from wrong
    _give_home(relation.guardian, lives_with)
    if kind != GuardianRelation.Kind.NON_CUSTODIAL:
        open_account(relation.guardian, by=by)
    record("people.relation_confirmed", relation, by=by, kind=kind)


def _chosen(school_class, relations):
    return GuardianRelation.objects.proposed().filter(
        pk__in=relations,
        kind=GuardianRelation.Kind.GUARDIAN,
        pupil__in=school_class.enrolments.open().values("pupil"),
    )


def _their_guardians(school_class, relations):
    chosen = _chosen(school_class, relations)
    return [Person.objects.filter(pk__in=chosen.values("guardian")), chosen]


@action(
    may=rules.can_manage_school,
    claims=SchoolClass.objects.all,
    locks=_their_guardians,
    records="people.relations_confirmed",
    refuses=(NotConfirmable,),
)
def confirm_relations(
    school_class: SchoolClass, *, by: Person, relations: list[int], homes: list[list[int]] = ()
) -> None:
    """Confirm a class from its list: these guardians have parental responsibility and a right to information, and those
    in one of the `homes` (keys of persons) live together. Refused as a whole when one of the rows has already been
    dealt with, is of another kind or class, or is the person's own."""
    chosen = _chosen(school_class, relations)
    guardians = {row.guardian_id: row.guardian for row in chosen.exclude(guardian=by).select_related("guardian")}
    moved = chosen.exclude(guardian=by).update(
        state=GuardianRelation.State.CONFIRMED,
        legal_authority=True,
        information_right=True,
        confirmed_at=timezone.now(),
        confirmed_by=by,
    )
    if moved != len(set(relations)):
        raise NotConfirmable(_("The list has changed meanwhile. Look through it once more."))
    _give_homes(guardians, homes)
    open_accounts(guardians.values(), by=by)
    record("people.relations_confirmed", school_class, by=by, relations=sorted(relations))


@action(
    may=rules.can_confirm_relation,
    claims=lambda: GuardianRelation.objects.exclude(state=GuardianRelation.State.ENDED),
    gone=NotOpen(gettext_lazy("This relation has already ended.")),
    records="people.relation_ended",
)
def end_relation(relation: GuardianRelation, *, by: Person) -> None:
    """Turn down a proposed relation, or end a confirmed one: from now on it gives no rights at all. Refused when it has
    already ended."""
    relation.state = GuardianRelation.State.ENDED
    relation.save(update_fields=["state"])
    record("people.relation_ended", relation, by=by)


@action(
    may=rules.can_confirm_relation,
    claims=lambda: GuardianRelation.objects.filter(state=GuardianRelation.State.ENDED),
    gone=NotOpen(gettext_lazy("This relation has not ended. Look at it again.")),
    records="people.relation_taken_up",
    refuses=(NotOpen, NotProposable),
)
def take_up_relation(relation: GuardianRelation, *, by: Person) -> None:
    """Put a relation that was ended or turned down by mistake back among those to be confirmed; until then it gives no
    rights. Refused when it has not ended, and when the two have another open relation."""
    proposed = {"state": GuardianRelation.State.PROPOSED, "confirmed_at": None, "confirmed_by": None}
    try:
        with transaction.atomic():
            GuardianRelation.objects.filter(pk=relation.pk).update(**proposed)
    except IntegrityError as taken:
        raise NotProposable(_("These two already have a relation.")) from taken
    record("people.relation_taken_up", relation, by=by)


@action(may=rules.can_propose_relation, records="people.relation_proposed", refuses=(NotProposable,))
def propose_relation(
    guardian: Person, *, by: Person, pupil: Person, valid_from: date | None = None
) -> GuardianRelation:
    """Propose that this person is a guardian of this pupil. It gives no rights until it is confirmed. Refused when the
    two already have a relation, or are the same person."""
    try:
        with transaction.atomic():
            relation = GuardianRelation.objects.create(
                guardian=guardian, pupil=pupil, valid_from=valid_from or timezone.localdate()
            )
    except IntegrityError as taken:
        raise NotProposable(_("These two already have a relation.")) from taken
    record("people.relation_proposed", relation, by=by)
    return relation


@action(
    may=rules.can_join_households,
    claims=Person.objects.all,
    locks=lambda guardian, other: [other],
    records="people.households_joined",
)
def join_households(guardian: Person, *, by: Person, other: Person) -> None:
    """Record that two guardians live together: from now on they answer as one home. Everyone else in the two homes
    stays where they are."""
    home = guardian.household or other.household or Household.objects.create()
    Person.objects.filter(pk__in=[guardian.pk, other.pk]).update(household=home)
    guardian.household = other.household = home
    record("people.households_joined", guardian, by=by, other=other.pk)


@action(may=rules.can_manage_person, claims=Person.objects.all, records="people.household_left")
def leave_household(guardian: Person, *, by: Person) -> None:
    """Record that a guardian has a home of their own: from now on they answer for themselves, and neither home sees
    what the other writes."""
    guardian.household = Household.objects.create()
    guardian.save(update_fields=["household"])
    record("people.household_left", guardian, by=by)


def _give_home(guardian, lives_with):
    if lives_with is not None:
        _give_home(lives_with, None)
        guardian.household = lives_with.household
        guardian.save(update_fields=["household"])
    elif guardian.household_id is None:
        guardian.household = Household.objects.create()
        guardian.save(update_fields=["household"])


def _give_homes(guardians, homes):
    """One home for each group that lives together, and one of their own for everybody else who has none."""
    groups = [[guardians[key] for key in home if key in guardians] for home in homes]
    alone = guardians.keys() - {person.pk for group in groups for person in group}
    homeless = [group for group in (*groups, *([guardians[key]] for key in alone)) if group]
    for group in homeless:
        known = next((person.household_id for person in group if person.household_id), None)
        group_home = known or Household.objects.create().pk
        for person in group:
            person.household_id = person.household_id or group_home
    Person.objects.bulk_update(guardians.values(), ["household"])
