"""The PDF of a published version: made once, by the portal, and never changed."""

from django.db.models import CharField, F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.text import models


class PrintedAlready(Refusal):
    words = _("This version has its PDF already.")


def _sha256_of(field):
    return Func(Func(F(field), function="sha256"), Value("hex"), function="encode", output_field=CharField())


class PrintedVersionQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Everybody: only what is published is printed."""
        return self.all()


class PrintedVersion(models.Model):
    """`digest` is the SHA-256 of the file: the page says it, so that anybody can tell whether their copy is the same."""

    version = models.OneToOneField("principles.PrincipleVersion", models.PROTECT, related_name="printed")
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    printed_at = models.DateTimeField(default=timezone.now)

    objects = PrintedVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest=_sha256_of("content")), name="digest_is_of_what_is_printed"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "version", "content", "digest", "printed_at"}

    def __str__(self):
        return f"print of version {self.version_id}"

    @property
    def school_id(self):
        return self.version.school_id
