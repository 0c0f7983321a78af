"""Taking a file in, reading it in a process of its own, and forgetting it."""

from datetime import timedelta
from hashlib import sha256

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Municipality, Person, School
from portal.people.rules import only_the_portal
from principles import rules
from principles.incoming.models import IncomingText, NotRead, NotWaiting
from principles.outline import Outline
from principles.reading import LIMITS, Unreadable, refuse_size

SILENT = timedelta(seconds=LIMITS.seconds + 60)  # a worker that has had a file longer than this has died
TRIES = 3
KEPT = timedelta(days=7)  # what nobody has made a draft of


@action(may=rules.can_draft, records="principles.text_sent", refuses=(Unreadable,))
def send_text(place: School | Municipality, *, by: Person, file_name: str, content: bytes) -> IncomingText:
    """Take in a file with a principle, for a worker to read. No principle of the school changes. Idempotent: the same
    file sent twice is read once. Refused when it is empty or too large."""
    refuse_size(content)
    school = place if isinstance(place, School) else None
    whose = {"school": school, "municipality": school.municipality if school else place, "sent_by": by}
    whose["digest"] = sha256(content).hexdigest()
    try:
        with transaction.atomic():
            text = IncomingText.objects.create(file_name=file_name[:200], content=_cipher().encrypt(content), **whose)
    except IntegrityError:  # the button was pressed twice
        return IncomingText.objects.waiting().get(**whose)
    transaction.on_commit(lambda: ring(text), robust=True)
    record("principles.text_sent", text, by=by)
    return text


@action(
    may=only_the_portal,
    claims=lambda: IncomingText.objects.left(timezone.now() - SILENT),
    gone=NotWaiting,
    records="principles.text_taken_up",
)
def take_up_text(text: IncomingText, *, by: Person) -> bytes:
    """A worker takes the file and gets its content. Refused while another worker has it, and once it has been read."""
    text.taken_up_at, text.tries = timezone.now(), text.tries + 1
    text.save(update_fields=["taken_up_at", "tries"])
    record("principles.text_taken_up", text, by=by)
    return _cipher().decrypt(bytes(text.content))


@action(may=only_the_portal, claims=IncomingText.objects.waiting, gone=NotWaiting, records="principles.text_shown")
def show_text(text: IncomingText, *, by: Person, outline: Outline) -> None:
    """Save what was read, and delete the file. Refused once it has been read."""
    _settle(text, state=IncomingText.State.READ, outline=outline.as_dict())
    record("principles.text_shown", text, by=by)


@action(may=only_the_portal, claims=IncomingText.objects.waiting, gone=NotWaiting, records="principles.text_given_up")
def give_up_text(text: IncomingText, *, by: Person, reason: str) -> None:
    """Record why the file cannot be read, and delete it. Refused once it has been read."""
    _settle(text, state=IncomingText.State.FAILED, reason=reason)
    record("principles.text_given_up", text, by=by)


@action(may=rules.can_correct, claims=IncomingText.objects.read, gone=NotRead, records="principles.text_corrected")
def correct_text(text: IncomingText, *, by: Person, outline: Outline) -> None:
    """Save what was read as its sender has corrected it. No principle changes. Refused when the text is forgotten."""
    text.outline = outline.as_dict()
    text.save(update_fields=["outline"])
    record("principles.text_corrected", text, by=by)


@action(
    may=only_the_portal,
    claims=lambda: IncomingText.objects.defer("content"),
    deletes=True,
    records="principles.text_forgotten",
)
def forget_text(text: IncomingText, *, by: Person) -> None:
    """Delete an old text that was brought in. A draft made from it stays."""
    IncomingText.objects.filter(pk=text.pk).delete()
    record("principles.text_forgotten", text, by=by)


def ring(text):
    """When the broker is down, the sweep finds the text."""
    current_app.send_task("principles.tasks.read_sent_text", [text.pk])


def _settle(text, **found):
    for name, value in {"content": b"", **found}.items():
        setattr(text, name, value)
    text.save(update_fields=["content", *found])


def _cipher():
    return Person._meta.get_field("national_number").f
