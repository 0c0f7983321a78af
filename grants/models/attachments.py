"""What a class sends along with its application, such as a programme or an offer."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grants.models.applications import GrantApplication, Status
from grants.models.files import FileQuerySet, KeptFile
from portal.actions import Refusal
from portal.text import models


class NotAttachable(Refusal):
    words = _(
        "Files can be changed until somebody has opened the application. Write to the school if something has changed."
    )


class AttachmentQuerySet(FileQuerySet):
    def visible_to(self, person):
        """With the application; the guardians of the class, who see what came of it, do not read it
        (`rules.can_read_whole`)."""
        return self.filter(application__in=GrantApplication.objects.visible_to(person))

    def removable(self):
        """Until somebody has opened the application: afterwards it may have been decided by. Never the paper itself, which
        the office has entered."""
        return self.exclude(added_by=F("application__registered_by")).filter(
            Q(application__status=Status.DRAFT) | Q(application__status=Status.SUBMITTED, application__taken_up_at=None)
        )


class Attachment(KeptFile):
    MOST = 5
    FULL = _("There is room for five files. Put several into one PDF.")

    application = models.ForeignKey(GrantApplication, models.CASCADE, related_name="attachments")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "digest"], name="one_attachment_per_file"),
            models.CheckConstraint(condition=Q(size__gt=0, size__lte=10 * 1024 * 1024), name="attachment_up_to_10_mb"),
        ]

    class Privacy:
        personal = {"name", "content", "added_by"}
        plain = {"id", "application", "kind", "size", "digest", "added_at"}

    def __str__(self):
        return f"attachment {self.pk}"
