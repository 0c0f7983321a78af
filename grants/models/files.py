"""What a class sends along as a file, once it has been looked through: a PDF as it came, a picture written anew."""

from grants.file_kinds import JPEG, PDF, PNG
from portal.actions import Refusal
from portal.people.models import Person
from portal.text import models

MOST_BYTES = 10 * 1024 * 1024


class NotAFile(Refusal):
    """The file is too large, empty, locked, damaged, or of a kind that not everyone can open."""


class FileQuerySet(models.QuerySet):
    def without_files(self):
        return self.defer("content")


class KeptFile(models.Model):
    """Of an application; `digest` so that two presses are one file."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in (PDF, JPEG, PNG)])
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def school_id(self):
        return self.application.school_id
