"""Who does what for a class, a school or the municipality, and until when."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people import rules
from portal.people.accounts import end_sessions, open_account, open_accounts
from portal.people.actions.relations import NotOpen
from portal.people.models import Municipality, Person, Role, School, SchoolClass


class HasRole(Refusal):
    pass


@action(may=rules.can_appoint, claims=Person.objects.all, records="people.role_given", refuses=(HasRole,))
def appoint(
    holder: Person, *, by: Person, kind: str, scope, valid_from: date | None = None, valid_to: date | None = None
) -> Role:
    """Give a person a role in a class, a school or the municipality, from a given date. Refused when they already hold
    it, when it would end before it starts, or when a deputy has no end date."""
    role = _give(holder, by, kind, scope, valid_from, valid_to)
    record("people.role_given", role, by=by, kind=kind)
    return role


@action(may=rules.can_welcome, records="people.person_welcomed", refuses=(HasRole,))
def welcome(
    scope: SchoolClass | School | Municipality,
    *,
    by: Person,
    kind: str,
    given_name: str,
    family_name: str,
    email: str = "",
    valid_to: date | None = None,
) -> Person:
    """Add a person whom no import brings, with the role they come for. Refused when the dates do not fit."""
    name = {"given_name": given_name, "family_name": family_name}
    holder = Person(**name, email=email, language=_language_at(scope))
    holder.set_unusable_password()
    holder.save()
    _give(holder, by, kind, scope, None, valid_to)
    record("people.person_welcomed", holder, by=by, kind=kind)
    return holder


def _language_at(scope):
    """Whoever comes reads what the school writes in, until they choose otherwise."""
    if isinstance(scope, Municipality):
        return scope.schools.values_list("language_form", flat=True).first() or Person.Language.BOKMAAL
    return getattr(scope, "school", scope).language_form


@action(may=rules.only_the_portal, claims=Person.objects.all, records="people.operator_named")
def name_operator(person: Person, *, by: Person) -> None:
    """Let a person look into the operator's admin, which shows what there is and decides nothing."""
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    record("people.operator_named", person, by=by)


def _person_of(role):
    return [role.person]


def _proposed_in(school_class, by):
    waiting = Role.objects.proposed().filter(school_class=school_class).exclude(person=by)
    return [Person.objects.filter(pk__in=waiting.values("person")), waiting]


@action(
    may=rules.can_confirm_role,
    claims=Role.objects.proposed,
    gone=NotOpen(gettext_lazy("Somebody has already dealt with this role.")),
    locks=_person_of,
    records="people.role_confirmed",
)
def confirm_role(role: Role, *, by: Person) -> None:
    """Confirm a role that an import proposed: from now on it counts. Refused when somebody has already dealt with it."""
    _confirm(Role.objects.filter(pk=role.pk), by)
    record("people.role_confirmed", role, by=by, kind=role.kind)


@action(
    may=rules.can_manage_school,
    claims=SchoolClass.objects.all,
    locks=_proposed_in,
    records="people.roles_confirmed",
    refuses=(NotOpen,),
)
def confirm_roles(school_class: SchoolClass, *, by: Person) -> int:
    """Confirm every role that an import proposed in one class. Refused when none is waiting. Somebody else has to
    confirm your own."""
    _people, waiting = _proposed_in(school_class, by)
    confirmed = _confirm(waiting, by)
    if not confirmed:
        raise NotOpen(_("No role waits to be confirmed in this class."))
    record("people.roles_confirmed", school_class, by=by, roles=confirmed)
    return len(confirmed)


@action(
    may=rules.can_end_role,
    claims=lambda: Role.objects.exclude(state=Role.State.ENDED),
    gone=NotOpen(gettext_lazy("This role has already ended.")),
    locks=_person_of,
    records="people.role_ended",
)
def end_role(role: Role, *, by: Person) -> None:
    """End a role, or turn down a proposed one: from now on it opens nothing, and its holder has to sign in again.
    Refused when it has already ended."""
    counted = role.state == Role.State.CONFIRMED
    role.state = Role.State.ENDED
    role.save(update_fields=["state"])
    if counted and role.person_id != by.pk:
        end_sessions(role.person)
    record("people.role_ended", role, by=by, kind=role.kind)


@action(
    may=rules.can_confirm_role,
    claims=Role.objects.ended,
    gone=NotOpen(gettext_lazy("This role counts already, or its time is over. Look at it again.")),
    locks=_person_of,
    records="people.role_taken_up",
    refuses=(HasRole, NotOpen),
)
def take_up_role(role: Role, *, by: Person) -> None:
    """Let a role that was ended by mistake count again; it takes the same right as confirming one. Refused when it has
    not ended, when its dates or its school year are over, and when the person has been given it again."""
    try:
        with transaction.atomic():
            Role.objects.filter(pk=role.pk).update(state=Role.State.CONFIRMED, confirmed_by=by)
    except IntegrityError as taken:
        raise HasRole(_("This person has the role already, or the dates do not fit.")) from taken
    open_account(role.person, by=by)
    record("people.role_taken_up", role, by=by, kind=role.kind)


def _give(holder, by, kind, scope, valid_from, valid_to):
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
        raise HasRole(_("This person has the role already, or the dates do not fit.")) from taken
    open_account(holder, by=by)
    return role


def _confirm(roles, by):
    waiting = list(roles.select_related("person"))
    Role.objects.filter(pk__in=[role.pk for role in waiting]).update(state=Role.State.CONFIRMED, confirmed_by=by)
    open_accounts(list({role.person_id: role.person for role in waiting}.values()), by=by)
    return [role.pk for role in waiting]
