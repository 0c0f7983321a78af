"""The point of a principle that says, at a school, whom a family turns to first."""

from django.utils.translation import gettext_lazy as _

from portal.people.models import School
from portal.text import models


class FirstContact(models.Model):
    """By its lineage, so that it holds through every version; struck or repealed it is shown nowhere."""

    school = models.OneToOneField(School, models.CASCADE, related_name="first_contact")
    point = models.ForeignKey(
        "principles.Lineage",
        models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("The point that says whom families turn to first"),
    )

    class Privacy:
        personal = set()
        plain = {"id", "school", "point"}

    def __str__(self):
        return f"first contact at {self.school_id}"

    @property
    def lineage(self):
        return self.point_id
