"""Every change to a notice to a class: written, sent or asked about, released, returned, taken back."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from networks.bulletins import rules
from networks.bulletins.checking import check, is_read_quietly, needs_release
from networks.models import Bulletin, BulletinOver
from networks.names.checking import IsItAName, NameInside, refuse_named, refuse_names
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person, SchoolClass
from portal.people.rules import teaches

State = Bulletin.State
LONG_AGO = timedelta(days=366)


class NeedsRelease(Refusal):
    words = gettext_lazy("The contact teacher reads this before it is sent.")


class NoticedWhen(Refusal):
    words = gettext_lazy(
        "Say when it was noticed: the families see how soon they were told. It cannot be later than now, nor more than a year ago."
    )


@action(
    may=rules.can_write, records="networks.bulletin_written", refuses=(NoticedWhen,), claims=SchoolClass.objects.all
)
def write_bulletin(school_class: SchoolClass, *, by: Person, **words: object) -> Bulletin:
    """Begin a notice to all guardians of the class, as a draft that nobody else sees. Refused when what has happened does
    not say when it was noticed."""
    bulletin = Bulletin(school_class=school_class, written_by=by, is_from_teacher=teaches(by, school_class))
    _put(bulletin, **words)
    record("networks.bulletin_written", bulletin, by=by)
    return bulletin


@action(
    may=rules.can_change_bulletin,
    claims=Bulletin.objects.drafts,
    gone=BulletinOver,
    records="networks.bulletin_changed",
    refuses=(NoticedWhen,),
)
def change_bulletin(bulletin: Bulletin, *, by: Person, **words: object) -> None:
    """Write the draft anew. What has been sent is never changed: it is refused."""
    _put(bulletin, **words)
    record("networks.bulletin_changed", bulletin, by=by)


@action(
    may=rules.can_change_bulletin,
    claims=Bulletin.objects.drafts,
    gone=BulletinOver,
    records="networks.bulletin_sent",
    refuses=(NameInside, IsItAName, NeedsRelease),
)
def send_bulletin(bulletin: Bulletin, *, by: Person, not_names: list[str]) -> None:
    """Tell every guardian of the class. Refused while a child's name stands in it, until every word that may be one is
    said to be none (`not_names`), and when somebody else has to release it. With the name of a child that is hidden from
    the writer somebody else reads it first, and for the writer's home everything is as if it were sent."""
    _checked(bulletin, by, not_names)
    if needs_release(bulletin, by):
        raise NeedsRelease
    if is_read_quietly(bulletin, by):
        _waits(bulletin, is_quiet=True)
    else:
        _sent(bulletin, by if rules.is_contact_teacher(by, bulletin.school_class) else None)
    record("networks.bulletin_sent", bulletin, by=by)


@action(
    may=rules.can_change_bulletin,
    claims=Bulletin.objects.drafts,
    gone=BulletinOver,
    records="networks.bulletin_release_asked",
    refuses=(NameInside, IsItAName),
)
def ask_release(bulletin: Bulletin, *, by: Person, not_names: list[str]) -> None:
    """Lay it before the contact teacher, or before the leaders where there is none. Refused while a child's name stands in
    it, and until every word that may be one is said to be none."""
    _checked(bulletin, by, not_names)
    _waits(bulletin)
    record("networks.bulletin_release_asked", bulletin, by=by)


@action(
    may=rules.can_release,
    claims=Bulletin.objects.waiting,
    gone=BulletinOver,
    records="networks.bulletin_released",
    refuses=(NameInside,),
)
def release_bulletin(bulletin: Bulletin, *, by: Person) -> None:
    """Send what somebody else has written: every guardian is told, and a writer who knows that it waited. Refused while a
    child's name stands in it, also of a child who came to the class meanwhile."""
    refuse_named(check(bulletin, by))
    _sent(bulletin, by)
    record("networks.bulletin_released", bulletin, by=by)


@action(
    may=rules.can_release,
    claims=lambda: Bulletin.objects.waiting().filter(is_quiet=False),
    gone=BulletinOver,
    records="networks.bulletin_returned",
)
def return_bulletin(bulletin: Bulletin, *, by: Person, returned_because: str) -> None:
    """Give it back to its writer, with words that only the writer reads. It is a draft again. Refused where the writer does
    not know that it waits: it is taken back, like what was sent."""
    bulletin.state, bulletin.returned_because, bulletin.asked_at = State.DRAFT, returned_because, None
    bulletin.save(update_fields=["state", "returned_because", "asked_at"])
    record("networks.bulletin_returned", bulletin, by=by)


@action(may=rules.can_take_back, claims=Bulletin.objects.out, gone=BulletinOver, records="networks.bulletin_taken_back")
def take_back_bulletin(bulletin: Bulletin, *, by: Person) -> None:
    """Take back what was sent: it is gone for everyone but its writer, and those who were told of it hear so. Refused the
    second time."""
    bulletin.state, bulletin.taken_back_at = State.TAKEN_BACK, timezone.now()
    bulletin.save(update_fields=["state", "taken_back_at"])
    record("networks.bulletin_taken_back", bulletin, by=by)


def _put(bulletin, *, kind: str, title: str, text: str, is_knowable: bool, noticed_at: datetime | None):
    is_missing = kind == Bulletin.Kind.HAPPENED and noticed_at is None
    now = timezone.now()
    if is_missing or (noticed_at and not now - LONG_AGO <= noticed_at <= now):
        raise NoticedWhen
    bulletin.kind, bulletin.title, bulletin.text = kind, title, text
    bulletin.is_knowable, bulletin.noticed_at, bulletin.not_names = is_knowable, noticed_at, []
    bulletin.save()


def _checked(bulletin, by, not_names):
    found = check(bulletin, by)
    refuse_names(found, not_names)
    bulletin.not_names = found.doubtful


def _waits(bulletin, is_quiet=False):
    bulletin.state, bulletin.asked_at, bulletin.returned_because = State.WAITING, timezone.now(), ""
    bulletin.is_quiet = is_quiet
    bulletin.save(update_fields=["state", "asked_at", "returned_because", "is_quiet", "not_names"])


def _sent(bulletin, released_by):
    bulletin.state, bulletin.sent_at, bulletin.released_by = State.SENT, timezone.now(), released_by
    bulletin.save(update_fields=["state", "sent_at", "released_by", "not_names"])
