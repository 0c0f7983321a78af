"""How often a version was read, month by month. Nobody is known by it: a page that is shown is one more."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.text import models


class ReadingTotalQuerySet(models.QuerySet):
    def of(self, version):
        return self.filter(version=version)


class ReadingTotal(models.Model):
    version = models.ForeignKey("principles.PrincipleVersion", models.CASCADE, related_name="reading_totals")
    month = models.DateField(_("month"))
    times = models.PositiveIntegerField(default=0)

    objects = ReadingTotalQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "month"], name="one_total_per_version_and_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_is_its_first_day"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "version", "month", "times"}

    def __str__(self):
        return f"{self.times} readings of version {self.version_id}"

    @property
    def school_id(self):
        return self.version.school_id
