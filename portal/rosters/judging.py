"""What follows once a person has judged whether two records are one person. Called by the action only."""

from contextlib import suppress
from datetime import date

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.people.accounts import close_account, cut_sessions, open_account
from portal.people.models import (
    AccessRestriction,
    AddressProtection,
    Availability,
    Doubt,
    Enrolment,
    GuardianRelation,
    Household,
    Person,
    PersonKey,
    Role,
)
from portal.people.models.rosters import NotInThisState
from portal.rosters.faces import words

ENDED = GuardianRelation.State.ENDED


def take_in(doubt, *, same):
    """Import the row that was set aside, into the person or as a new one. Rights are only proposed."""
    person = doubt.person
    owners = Person.objects.filter(source=doubt.source, source_id=doubt.source_id)
    if same:
        owners.exclude(pk=person.pk).update(source_id="")
        _give_key(person, doubt)
        if not person.is_active:
            _return(person)
        Doubt.objects.open().filter(source=doubt.source, person=person).exclude(pk=doubt.pk).delete()
        Doubt.objects.open().filter(source=doubt.source, source_id=doubt.source_id).exclude(pk=doubt.pk).delete()
    else:
        owners.update(source_id="")
        PersonKey.objects.filter(source=doubt.source, source_id=doubt.source_id).delete()
        person = _make(doubt)
    _place(person, doubt)
    _propose_roles(person, doubt)
    _propose_relations(person, doubt)


def owner_of_key(doubt):
    """Somebody else who has the key that the row came with, and gives it up: the file has given it to another. Refused
    when they have the row's own name, since then nothing is left to judge."""
    owner = Person.objects.filter(source=doubt.source, source_id=doubt.source_id).exclude(pk=doubt.person_id).first()
    called = set(words(doubt.row["given_name"], doubt.row["family_name"]))
    if owner and set(words(owner.given_name, owner.family_name)) == called:
        raise NotInThisState(_("The key belongs to somebody else now. Import the file again."))
    return owner


def unite(one, other, *, by):
    """Make two records one. Places, ways to be reached, relations, roles, restrictions and protection move along, and
    the other record is closed."""
    stays, goes = who_stays(one, other)
    shut_out = _move_restrictions(stays, goes, "guardian")
    _move_restrictions(stays, goes, "pupil")
    for protection in AddressProtection.objects.filter(person=goes):
        with suppress(IntegrityError), transaction.atomic():
            AddressProtection.objects.filter(pk=protection.pk).update(person=stays)
    opened = _move_relations(stays, goes, "guardian") | _move_roles(stays, goes)
    _move_relations(stays, goes, "pupil")
    for places in (goes.enrolments, goes.care_places):
        for place in places.all():
            with suppress(IntegrityError), transaction.atomic():
                places.filter(pk=place.pk).update(pupil=stays)
    _move_ways(stays, goes)
    stays.email, stays.phone = stays.email or goes.email, stays.phone or goes.phone
    stays.household = Household.objects.create() if shut_out else stays.household or goes.household
    source, key = goes.source, goes.source_id
    goes.is_active, goes.source_id, goes.household = False, "", None
    goes.save(update_fields=["is_active", "source_id", "household"])
    Doubt.objects.open().filter(person=goes).delete()
    if key and not stays.source_id:
        stays.source, stays.source_id = source, key
    elif key:
        PersonKey.objects.update_or_create(source=source, source_id=key, defaults={"person": stays})
    PersonKey.objects.filter(person=goes).update(person=stays)
    stays.save(update_fields=["email", "phone", "household", "source", "source_id"])
    close_account(goes)
    if shut_out:
        cut_sessions(stays)
    if opened:
        open_account(stays, by=by)
    return stays


def who_stays(one, other):
    """(the record that stays, the one that goes): the one that somebody signs in with stays, else the older."""
    signs_in = set(EmailAddress.objects.filter(user__in=[one, other], verified=True).values_list("user", flat=True))
    stays = one.pk in signs_in or (other.pk not in signs_in and one.pk < other.pk)
    return (one, other) if stays else (other, one)


def _give_key(person, doubt):
    if (person.source, person.source_id) != (doubt.source, doubt.source_id):
        if person.source_id:
            PersonKey.objects.get_or_create(source=person.source, source_id=person.source_id, person=person)
        PersonKey.objects.filter(source=doubt.source, source_id=doubt.source_id).delete()
        for model, where in ((Enrolment, "pupil"), (Role, "person"), (GuardianRelation, "guardian")):
            _look_after(model.objects.filter(**{where: person}).exclude(source=""), doubt.source)
        _look_after(GuardianRelation.objects.filter(pupil=person).exclude(source=""), doubt.source)
    person.source, person.source_id = doubt.source, doubt.source_id
    person.given_name, person.family_name = doubt.row["given_name"], doubt.row["family_name"]
    person.save(update_fields=["source", "source_id", "given_name", "family_name"])


def _look_after(rows, source):
    """What an earlier system brought is the new system's to end."""
    for row in rows.exclude(source=source):
        row.source, row.source_id = source, row.source_id and f"moved/#{row.pk}"
        row.save(update_fields=["source", "source_id"])


def _return(person):
    """Those who come back start without rights, and where somebody is shut out nothing is even proposed."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    pair = {"guardian": OuterRef("guardian"), "pupil": OuterRef("pupil")}
    shut = Exists(AccessRestriction.objects.open(timezone.localdate()).filter(**pair))
    for relations in (person.pupil_relations, person.guardian_relations):
        relations.filter(shut, state=GuardianRelation.State.CONFIRMED).update(state=ENDED, source="", source_id="")
        relations.filter(state=GuardianRelation.State.CONFIRMED).update(
            state=GuardianRelation.State.PROPOSED, confirmed_at=None, confirmed_by=None
        )
    person.roles.filter(state=Role.State.CONFIRMED).update(state=Role.State.PROPOSED, confirmed_by=None)


def _make(doubt):
    row = doubt.row
    person = Person(
        source=doubt.source,
        source_id=doubt.source_id,
        given_name=row["given_name"],
        family_name=row["family_name"],
        email=row["email"],
        phone=row["phone"],
        born_on=_day(row["born_on"]),
        language=doubt.school.language_form if doubt.school else Person.Language.BOKMAAL,
    )
    person.set_unusable_password()
    person.save()
    return person


def _place(person, doubt):
    for told in doubt.row["places"]:
        there = person.enrolments.filter(school_class=told["school_class"]).order_by("-valid_from").first()
        if there is None:
            there = Enrolment(pupil=person, school_class_id=told["school_class"], source=doubt.source)
            there.source_id = f"judged/#{person.pk}/{told['school_class']}"
            there.valid_from = _day(told["valid_from"])
        there.valid_to = max(_day(told["valid_to"]), there.valid_from)
        there.save()


def _propose_roles(person, doubt):
    for told in doubt.row["roles"]:
        where = {"school_id": told.get("school"), "school_class_id": told.get("school_class"), "kind": told["kind"]}
        known = person.roles.filter(**where)
        if not (known.exclude(state=ENDED) | known.exclude(source_id="")).exists():
            person.roles.create(
                **where,
                valid_from=_day(told["valid_from"]),
                valid_to=_day(told["valid_to"]),
                source=doubt.source,
                source_id="judged/#{}/{kind}/{school_id}/{school_class_id}".format(person.pk, **where),
            )


def _propose_relations(person, doubt):
    """Nothing is proposed for a pair that is restricted, was turned down or already has a relation."""
    for told in doubt.row["relations"]:
        other = _known_as(doubt.source, told["other"])
        if other is None or other == person or not other.is_active:
            continue
        guardian, pupil = (person, other) if told["side"] == "guardian" else (other, person)
        known = GuardianRelation.objects.filter(guardian=guardian, pupil=pupil)
        shut = AccessRestriction.objects.open(timezone.localdate()).filter(guardian=guardian, pupil=pupil)
        if not ((known.exclude(state=ENDED) | known.exclude(source_id="")).exists() or shut.exists()):
            GuardianRelation.objects.create(
                guardian=guardian,
                pupil=pupil,
                kind=told["kind"],
                valid_from=timezone.localdate(),
                source=doubt.source,
                source_id=f"judged/#{guardian.pk}/{pupil.pk}",
            )


def _known_as(source, key):
    found = Person.objects.filter(source=source, source_id=key).first()
    further = PersonKey.objects.select_related("person").filter(source=source, source_id=key).first()
    return found or (further and further.person)


def _move_restrictions(stays, goes, side):
    """None is lost: where both records have one with the same person, the wider of the two counts."""
    moved = False
    for row in AccessRestriction.objects.filter(**{side: goes}, lift_confirmed_by=None):
        try:
            with transaction.atomic():
                AccessRestriction.objects.filter(pk=row.pk).update(**{side: stays})
        except IntegrityError:
            _widen(row, stays, side)
        moved = True
    return moved


def _widen(row, stays, side):
    pair = {"guardian": row.guardian_id, "pupil": row.pupil_id, side: stays.pk}
    for twin in AccessRestriction.objects.filter(**pair, lift_confirmed_by=None).order_by("valid_from")[:1]:
        ends = None if None in (row.valid_to, twin.valid_to) else max(row.valid_to, twin.valid_to)
        twin.valid_from, twin.valid_to = min(row.valid_from, twin.valid_from), ends
        if twin.confirmed_by_id is None:
            twin.set_by_id, twin.confirmed_by_id = row.set_by_id, row.confirmed_by_id
        twin.lifted_by_id = twin.lifted_by_id and row.lifted_by_id
        twin.save()


def _move_relations(stays, goes, side):
    """Of two relations with one person the confirmed one stays; what was turned down stays turned down."""
    other, opened = "pupil" if side == "guardian" else "guardian", False
    for row in GuardianRelation.objects.filter(**{side: goes}).order_by("pk"):
        known = GuardianRelation.objects.filter(**{side: stays, other: getattr(row, f"{other}_id")})
        mine, ended = GuardianRelation.objects.filter(pk=row.pk), row.state == ENDED
        confirmed = row.state == GuardianRelation.State.CONFIRMED
        standing = known.exclude(state=ENDED)
        if ended or known.filter(state=ENDED).exclude(source_id="").exists():
            if row.source_id and ended:
                standing.update(state=ENDED)
            mine.update(**{side: stays}, state=ENDED)
        elif standing.filter(state=GuardianRelation.State.CONFIRMED).exists() or (standing.exists() and not confirmed):
            mine.update(state=ENDED, source="", source_id="")
        else:
            standing.update(state=ENDED, source="", source_id="")
            mine.update(**{side: stays})
            opened = opened or confirmed
    return opened


def _move_roles(stays, goes):
    opened = False
    for row in goes.roles.exclude(state=Role.State.ENDED):
        try:
            with transaction.atomic():
                goes.roles.filter(pk=row.pk).update(person=stays)
            opened = opened or row.state == Role.State.CONFIRMED
        except IntegrityError:
            goes.roles.filter(pk=row.pk).update(state=Role.State.ENDED)
    return opened


def _move_ways(stays, goes):
    """How they are reached as staff, unless the record that stays says it. Nobody stands in for themselves."""
    both, said = (stays, goes), Availability.objects
    said.filter(person__in=both, stand_in__in=both).update(stand_in=None)
    said.filter(stand_in=goes).update(stand_in=stays)
    with suppress(IntegrityError), transaction.atomic():
        said.filter(person=goes).update(person=stays)


def _day(text):
    return text and date.fromisoformat(text)
