"""What follows when a person has said whether two records are one person. Called by the action only."""

from contextlib import suppress
from datetime import date

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.people.accounts import close_account, cut_sessions, open_account
from portal.people.models import (
    AccessRestriction,
    AddressProtection,
    Doubt,
    Enrolment,
    GuardianRelation,
    Household,
    Person,
    PersonKey,
    Role,
)

ENDED = GuardianRelation.State.ENDED


def take_in(doubt, *, same):
    """The row that was held: it is the person's own from now on, or a new person's. Rights are only proposed."""
    person = doubt.person
    if same:
        _give_key(person, doubt)
        if not person.is_active:
            _return(person)
        Doubt.objects.open().filter(source=doubt.source, person=person).exclude(pk=doubt.pk).delete()
        Doubt.objects.open().filter(source=doubt.source, source_id=doubt.source_id).exclude(pk=doubt.pk).delete()
    else:
        Person.objects.filter(pk=person.pk, source=doubt.source, source_id=doubt.source_id).update(source_id="")
        PersonKey.objects.filter(source=doubt.source, source_id=doubt.source_id).delete()
        person = _make(doubt)
    _place(person, doubt)
    _propose_roles(person, doubt)
    _propose_relations(person, doubt)


def unite(one, other, *, by):
    """Two records become one. Relations, roles, restrictions and protection go along, and the other record is closed."""
    keep, close = who_stays(one, other)
    shut_out = _move_restrictions(keep, close, "guardian")
    _move_restrictions(keep, close, "pupil")
    for protection in AddressProtection.objects.filter(person=close):
        with suppress(IntegrityError), transaction.atomic():
            AddressProtection.objects.filter(pk=protection.pk).update(person=keep)
    opened = _move_relations(keep, close, "guardian") | _move_roles(keep, close)
    _move_relations(keep, close, "pupil")
    for place in close.enrolments.all():
        with suppress(IntegrityError), transaction.atomic():
            close.enrolments.filter(pk=place.pk).update(pupil=keep)
    keep.email, keep.phone = keep.email or close.email, keep.phone or close.phone
    keep.household = Household.objects.create() if shut_out else keep.household or close.household
    source, key = close.source, close.source_id
    close.is_active, close.source_id, close.household = False, "", None
    close.save(update_fields=["is_active", "source_id", "household"])
    Doubt.objects.open().filter(person=close).delete()
    if key and not keep.source_id:
        keep.source, keep.source_id = source, key
    elif key:
        PersonKey.objects.update_or_create(source=source, source_id=key, defaults={"person": keep})
    PersonKey.objects.filter(person=close).update(person=keep)
    keep.save(update_fields=["email", "phone", "household", "source", "source_id"])
    close_account(close)
    if shut_out:
        cut_sessions(keep)
    if opened:
        open_account(keep, by=by)
    return keep


def who_stays(one, other):
    """The record that stays when two become one, that of whoever signs in, else the older; and the one that goes."""
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
    """What an earlier system brought is the new one's to end."""
    for row in rows.exclude(source=source):
        row.source, row.source_id = source, row.source_id and f"moved/#{row.pk}"
        row.save(update_fields=["source", "source_id"])


def _return(person):
    """Whoever comes back starts without rights, and whoever is shut out is not even proposed."""
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
            there.source_id = f"judged/#{doubt.pk}/{told['school_class']}"
            there.valid_from = _day(told["valid_from"])
        there.valid_to = max(_day(told["valid_to"]), there.valid_from)
        there.save()


def _propose_roles(person, doubt):
    for number, told in enumerate(doubt.row["roles"]):
        where = {"school_id": told.get("school"), "school_class_id": told.get("school_class"), "kind": told["kind"]}
        known = person.roles.filter(**where)
        if not (known.exclude(state=ENDED) | known.exclude(source_id="")).exists():
            person.roles.create(
                **where,
                valid_from=_day(told["valid_from"]),
                valid_to=_day(told["valid_to"]),
                source=doubt.source,
                source_id=f"judged/#{doubt.pk}/{number}",
            )


def _propose_relations(person, doubt):
    """Nobody who is shut out, was turned down or has a relation already is proposed."""
    for number, told in enumerate(doubt.row["relations"]):
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
                source_id=f"judged/#{doubt.pk}/{number}",
            )


def _known_as(source, key):
    found = Person.objects.filter(source=source, source_id=key).first()
    further = PersonKey.objects.select_related("person").filter(source=source, source_id=key).first()
    return found or (further and further.person)


def _move_restrictions(keep, close, side):
    """None is lost: where both records have one with the same person, the wider of the two counts."""
    moved = False
    for row in AccessRestriction.objects.filter(**{side: close}, lift_confirmed_by=None):
        try:
            with transaction.atomic():
                AccessRestriction.objects.filter(pk=row.pk).update(**{side: keep})
        except IntegrityError:
            _widen(row, keep, side)
        moved = True
    return moved


def _widen(row, keep, side):
    pair = {"guardian": row.guardian_id, "pupil": row.pupil_id, side: keep.pk}
    for twin in AccessRestriction.objects.filter(**pair, lift_confirmed_by=None).order_by("valid_from")[:1]:
        ends = None if None in (row.valid_to, twin.valid_to) else max(row.valid_to, twin.valid_to)
        twin.valid_from, twin.valid_to = min(row.valid_from, twin.valid_from), ends
        if twin.confirmed_by_id is None:
            twin.set_by_id, twin.confirmed_by_id = row.set_by_id, row.confirmed_by_id
        twin.lifted_by_id = twin.lifted_by_id and row.lifted_by_id
        twin.save()


def _move_relations(keep, close, side):
    """Of two relations with one person the confirmed one stays; what somebody turned down stays turned down."""
    other, opened = "pupil" if side == "guardian" else "guardian", False
    for row in GuardianRelation.objects.filter(**{side: close}).order_by("pk"):
        known = GuardianRelation.objects.filter(**{side: keep, other: getattr(row, f"{other}_id")})
        mine, ended = GuardianRelation.objects.filter(pk=row.pk), row.state == ENDED
        confirmed = row.state == GuardianRelation.State.CONFIRMED
        standing = known.exclude(state=ENDED)
        if ended or known.filter(state=ENDED).exclude(source_id="").exists():
            if row.source_id and ended:
                standing.update(state=ENDED)
            mine.update(**{side: keep}, state=ENDED)
        elif standing.filter(state=GuardianRelation.State.CONFIRMED).exists() or (standing.exists() and not confirmed):
            mine.update(state=ENDED, source="", source_id="")
        else:
            standing.update(state=ENDED, source="", source_id="")
            mine.update(**{side: keep})
            opened = opened or confirmed
    return opened


def _move_roles(keep, close):
    opened = False
    for row in close.roles.exclude(state=Role.State.ENDED):
        try:
            with transaction.atomic():
                close.roles.filter(pk=row.pk).update(person=keep)
            opened = opened or row.state == Role.State.CONFIRMED
        except IntegrityError:
            close.roles.filter(pk=row.pk).update(state=Role.State.ENDED)
    return opened


def _day(text):
    return text and date.fromisoformat(text)
