"""Every change to what a class sends along with its application."""

from django.db.models import Q

from grants.attachments import rules
from grants.files import SoundFile, keep
from grants.models import Attachment, GrantApplication
from grants.models.applications import Status
from grants.models.attachments import NotAttachable
from grants.models.files import NotAFile
from grants.papers import adds_to
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


def _open():
    """Until somebody has opened it, and again while the school waits for more information."""
    asked = Q(status__in=[Status.DRAFT, Status.NEEDS_INFO])
    return GrantApplication.objects.filter(asked | Q(status=Status.SUBMITTED, taken_up_at=None))


@action(
    may=rules.can_attach,
    claims=_open,
    gone=NotAttachable,
    records="grants.attachments_added",
    refuses=(NotAFile,),
)
def add_attachments(application: GrantApplication, *, by: Person, files: list[SoundFile]) -> int:
    """Keep what was looked through; the same file twice is kept once. Refused beyond five, and when the application has
    been opened and nothing is asked."""
    number = keep(application.attachments, files, by=by)
    application.save(update_fields=["changed_at"])
    record("grants.attachments_added", application, by=by, number=number)
    return number


@action(
    may=rules.can_remove,
    claims=lambda: Attachment.objects.without_files().removable(),
    gone=NotAttachable,
    deletes=True,
    locks=lambda attachment: [attachment.application],
    records="grants.attachment_removed",
)
def remove_attachment(attachment: Attachment, *, by: Person) -> None:
    """Take a wrong file away. Refused when somebody has opened the application."""
    adds_to(attachment.application)
    record("grants.attachment_removed", attachment.application, by=by)
    attachment.delete()
