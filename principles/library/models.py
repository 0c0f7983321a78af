"""From which inspiration text a principle was begun."""

from django.utils import timezone

from portal.text import models
from principles.library.shelf import SHELF


class Inspired(models.Model):
    """The points of the first draft have the numbers of the template's points, so each can be set beside it ever after."""

    principle = models.OneToOneField("principles.Principle", models.CASCADE, related_name="inspired")
    template = models.CharField(max_length=40)
    copied_on = models.DateField(default=timezone.localdate)

    class Privacy:
        personal = set()
        plain = {"id", "principle", "template", "copied_on"}

    def __str__(self):
        return f"{self.template} of {self.principle_id}"

    @property
    def inspiration(self):
        return SHELF.get(self.template)
