"""What people say about themselves, and what the office corrects."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people import rules
from portal.people.accounts import correct, heard
from portal.people.models import AddressProtection, DirectoryChoice, Household, Person, SignInMove
from portal.people.queries.readings import schools_read_for


class NotFailed(Refusal):
    pass


class NotProtectable(Refusal):
    pass


@action(may=rules.only_oneself, claims=Person.objects.all, records="people.profile_saved")
def save_profile(
    person: Person,
    *,
    by: Person,
    language: str,
    scheme: str,
    email: str,
    phone: str,
) -> None:
    """Keep how we reach you and in which language. The address you sign in with does not change."""
    if email != person.email:
        person.email_failed_at = None
    heard(person, email=email != person.email, phone=phone != person.phone)
    person.language, person.scheme, person.email, person.phone = language, scheme, email, phone
    person.save(update_fields=["language", "scheme", "email", "phone", "email_failed_at"])
    record("people.profile_saved", person, by=by, language=language)


@action(may=rules.can_say_needs, claims=Household.objects.all, records="people.needs_saved")
def save_needs(
    home: Household,
    *,
    by: Person,
    interpreter_language: str = "",
    prefers_call: bool = False,
    easy_text: bool = False,
    step_free: bool = False,
    food: str = "",
    free_days: list[date] = (),
) -> None:
    """Keep what your home needs, for all the adults in it. The other home of a child learns nothing of it. The history
    keeps that something was saved, and not what."""
    home.interpreter_language, home.prefers_call = interpreter_language, prefers_call
    home.easy_text, home.step_free = easy_text, step_free
    home.food, home.free_days = food or None, sorted(set(free_days))
    home.save()
    record("people.needs_saved", home, by=by)


@action(may=rules.only_oneself, claims=Person.objects.all, records="people.directory_chosen")
def choose_directory(person: Person, *, by: Person, fields: list[str]) -> None:
    """Share these fields, and no others, with the families of the class."""
    DirectoryChoice.objects.filter(person=person).exclude(field__in=fields).delete()
    DirectoryChoice.objects.bulk_create(
        [DirectoryChoice(person=person, field=field) for field in fields], ignore_conflicts=True
    )
    record("people.directory_chosen", person, by=by, fields=sorted(fields))


@action(may=rules.can_open_person, records="people.person_opened", looks=True)
def open_person(person: Person, *, by: Person) -> None:
    """Look somebody up. Who did so, when, and for which schools is kept for the person to see."""
    schools = sorted(schools_read_for(by).values_list("pk", flat=True))
    record("people.person_opened", person, by=by, schools=schools)


@action(may=rules.can_manage_person, claims=Person.objects.all, records="people.contact_corrected")
def correct_contact(person: Person, *, by: Person, email: str, phone: str) -> SignInMove | None:
    """Correct how the school reaches a person, and the sign-in with it where that is the same address. It counts at
    once if the person who corrects it answers for everything that the other can open; otherwise messages keep going to
    the old address until the person agrees from there or, where it is empty or dead, until the other offices have
    agreed. An address that is left is always told, and a new one once it counts. Returns the move that is waiting or is
    to be told of, None when there is none."""
    move = correct(person, email, phone, by=by)
    record("people.contact_corrected", person, by=by, move=move and move.pk)
    return move


@action(
    may=rules.can_manage_person,
    claims=lambda: Person.objects.filter(email_failed_at=None),
    gone=NotFailed(gettext_lazy("This address is already marked as not working.")),
    records="people.email_failed",
)
def mark_email_failed(person: Person, *, by: Person) -> None:
    """Record that e-mail does not arrive: nothing more is sent there, and the person counts as not reached. Refused
    when that is already recorded."""
    person.email_failed_at = timezone.now()
    person.save(update_fields=["email_failed_at"])
    record("people.email_failed", person, by=by)


@action(
    may=rules.can_manage_person,
    claims=lambda: Person.objects.exclude(email_failed_at=None),
    gone=NotFailed(gettext_lazy("This address is not marked as failing.")),
    records="people.email_mended",
)
def mark_email_mended(person: Person, *, by: Person) -> None:
    """Record that e-mail arrives again. Refused when it never failed."""
    person.email_failed_at = None
    person.save(update_fields=["email_failed_at"])
    record("people.email_mended", person, by=by)


@action(may=rules.can_protect, claims=Person.objects.all, records="people.address_protected", refuses=(NotProtectable,))
def protect_address(
    person: Person, *, by: Person, grade: str, alias: str = "", valid_to: date | None = None
) -> AddressProtection:
    """Hide a person's name and whereabouts: other families see the alias or a number, never the name. Refused when the
    person is already protected."""
    try:
        with transaction.atomic():
            protection = AddressProtection.objects.create(
                person=person, grade=grade, alias=alias, valid_from=timezone.localdate(), valid_to=valid_to
            )
    except IntegrityError as taken:
        raise NotProtectable(_("This person is protected already, or the dates do not fit.")) from taken
    record("people.address_protected", person, by=by)
    return protection


@action(
    may=rules.can_end_protection,
    claims=lambda: AddressProtection.objects.on(timezone.localdate()).filter(valid_to=None),
    gone=NotProtectable(gettext_lazy("This protection has already ended.")),
    records="people.protection_ended",
)
def end_protection(protection: AddressProtection, *, by: Person) -> None:
    """End the protection: from tomorrow other families see the name again. Refused when it has already ended."""
    protection.valid_to = timezone.localdate()
    protection.save(update_fields=["valid_to"])
    record("people.protection_ended", protection.person, by=by)
