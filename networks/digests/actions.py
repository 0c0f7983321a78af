"""Every step of a monthly letter: prepared by the clock, made their own by the class contact, sent, taken back."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.digests import rules
from networks.digests.lines import has_anything, keys_of, lines_of
from networks.models import ClassDigest, DigestOver, NoDigest
from networks.names.checking import IsItAName, NameInside, look_through, look_through_whole, refuse_named, refuse_names
from networks.rules import only_the_clock
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person, SchoolClass
from portal.people.rules import only_oneself

State = ClassDigest.State


class NothingToSay(Refusal):
    words = _("There is nothing to tell the class. Then no letter is sent.")


class NobodySends(Refusal):
    words = _("The class has no class contact, so nobody sends it.")


class PreparedAlready(Refusal):
    words = _("The letter of this month is prepared already.")


class NobodyToAsk(Refusal):
    words = _("The class has no contact teacher just now. Send it without.")


class WaitsTooLong(Refusal):
    words = _("Choose a day from today on, within two weeks.")


@action(
    may=only_the_clock,
    claims=SchoolClass.objects.all,
    records="networks.digest_prepared",
    refuses=(NothingToSay, NobodySends, PreparedAlready),
)
def prepare_digest(school_class: SchoolClass, *, by: Person, month: date) -> ClassDigest:
    """Begin the letter of a month, as a draft for the class contacts. Refused in a class without one, when there is nothing
    to say, and the second time."""
    digest = ClassDigest(school_class=school_class, month=month)
    if not digest.contacts().exists():
        raise NobodySends
    if not has_anything(school_class, month, by):
        raise NothingToSay
    try:
        with transaction.atomic():
            digest.save()
    except IntegrityError as twice:
        raise PreparedAlready from twice
    record("networks.digest_prepared", digest, by=by)
    return digest


@action(
    may=rules.can_manage_digest,
    claims=ClassDigest.objects.drafts,
    gone=DigestOver,
    records="networks.digest_written",
    refuses=(NameInside, IsItAName),
)
def write_digest(
    digest: ClassDigest,
    *,
    by: Person,
    opening: str,
    left_out: list[str],
    not_names: tuple[str, ...] | list[str] = (),
) -> None:
    """Say how it begins, and leave lines out. Refused while a child's name stands in it or may."""
    refuse_names(look_through_whole([digest.school_class], by, opening), not_names)
    digest.opening, digest.left_out = opening, list(left_out)
    digest.save(update_fields=["opening", "left_out"])
    record("networks.digest_written", digest, by=by)


@action(
    may=rules.can_manage_digest,
    claims=ClassDigest.objects.drafts,
    gone=DigestOver,
    records="networks.paragraph_asked",
    refuses=(NobodyToAsk, WaitsTooLong),
)
def ask_paragraph(digest: ClassDigest, *, by: Person, until: date) -> None:
    """Ask the contact teacher for a few words to all, until a day. They may leave it, and the letter can be sent without.
    Refused where there is no contact teacher to ask, and for a day that is over or too far away."""
    today = digest.school_class.school.today()
    if not today <= until <= today + ClassDigest.LONGEST_WAIT:
        raise WaitsTooLong
    if not digest.contact_teachers().exists():
        raise NobodyToAsk
    digest.teacher_until = until
    digest.save(update_fields=["teacher_until"])
    record("networks.paragraph_asked", digest, by=by, until=until.isoformat())


@action(
    may=rules.can_write_paragraph,
    claims=ClassDigest.objects.drafts,
    gone=DigestOver,
    records="networks.paragraph_written",
    refuses=(NameInside, IsItAName),
)
def write_paragraph(digest: ClassDigest, *, by: Person, text: str, not_names: tuple[str, ...] | list[str] = ()) -> None:
    """Write a few words to all, or take them away again; nobody else changes them. Refused while a child's name stands in
    them or may, and when the letter has been sent."""
    refuse_names(look_through_whole([digest.school_class], by, text), not_names)
    digest.teacher_text = text
    digest.save(update_fields=["teacher_text"])
    record("networks.paragraph_written", digest, by=by, empty=not text)


@action(
    may=rules.can_manage_digest,
    claims=ClassDigest.objects.drafts,
    gone=DigestOver,
    records="networks.digest_sent",
    refuses=(NothingToSay, NameInside),
)
def send_digest(digest: ClassDigest, *, by: Person) -> None:
    """Send it to every guardian who wants it, once. Refused when nothing is left to say, and while a child's name stands in
    a line of it, also of a child who came to the class meanwhile."""
    groups = lines_of(digest, by)
    said = [digest.opening, digest.teacher_text, *(line.text for group in groups for line in group.lines)]
    if not any(said):
        raise NothingToSay
    refuse_named(look_through([digest.school_class], by, "\n".join(said)))
    digest.state, digest.sent_at, digest.sent_by, digest.lines = State.SENT, timezone.now(), by, keys_of(groups)
    digest.save(update_fields=["state", "sent_at", "sent_by", "lines"])
    record("networks.digest_sent", digest, by=by)


@action(
    may=rules.can_take_back_digest,
    claims=ClassDigest.objects.sent,
    gone=DigestOver,
    records="networks.digest_taken_back",
)
def take_back_digest(digest: ClassDigest, *, by: Person) -> None:
    """Take back what was sent: it is gone for everyone but the class contact, and those who had it are told. Refused the
    second time."""
    digest.state, digest.taken_back_at = State.TAKEN_BACK, timezone.now()
    digest.save(update_fields=["state", "taken_back_at"])
    record("networks.digest_taken_back", digest, by=by)


@action(may=only_oneself, claims=Person.objects.all, records="networks.digests_chosen")
def choose_digests(person: Person, *, by: Person, wanted: bool) -> None:
    """Get the monthly letters of one's children's classes, or no longer. Notices come all the same."""
    if wanted:
        NoDigest.objects.filter(person=person).delete()
    else:
        NoDigest.objects.get_or_create(person=person)
    record("networks.digests_chosen", person, by=by, wanted=wanted)
