"""Every change to what a class sends along with its application."""

from django.db.models import Q
from django.utils.translation import gettext as _

from grants.attachments import rules
from grants.files import SoundFile
from grants.models import Attachment, GrantApplication
from grants.models.applications import Status
from grants.models.attachments import NotAttachable
from grants.models.files import MOST_BYTES, NotAFile
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
    have = set(application.attachments.values_list("digest", flat=True))
    new = {file.digest: file for file in files if file.digest not in have}
    if len(have) + len(new) > Attachment.MOST:
        raise NotAFile(_("There is room for five files. Put several into one PDF."))
    for digest, file in new.items():
        if not 0 < len(file.content) <= MOST_BYTES:
            raise NotAFile(_("The file is empty or too large."))
        Attachment.objects.create(
            application=application,
            name=file.name,
            kind=file.kind,
            content=file.content,
            size=len(file.content),
            digest=digest,
            added_by=by,
        )
    application.save(update_fields=["changed_at"])
    adds_to(application)
    record("grants.attachments_added", application, by=by, number=len(new))
    return len(new)


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
