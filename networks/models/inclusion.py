"""Whether everyone can come: what has been thought of, and what is still to do."""

from django.contrib.postgres.fields import ArrayField
from django.utils.translation import gettext_lazy as _

from networks.models.gatherings import Gathering
from portal.text import models


class InclusionCheck(models.Model):
    class Point(models.TextChoices):
        PRICE = "price", _("It is free, or everyone can afford it")
        TIME = "time", _("The time suits those who work in the evening, and small siblings")
        WAY = "way", _("Everyone can get there, also without a car")
        MOBILITY = "mobility", _("Everyone can take part, also with a wheelchair or a pram")
        FOOD = "food", _("There is food for everyone, also with allergies or for reasons of faith")
        LANGUAGE = "language", _("Everyone understands what happens, also with little Norwegian or Danish")
        SIBLINGS = "siblings", _("Brothers and sisters are welcome")
        ALCOHOL = "alcohol", _("There is no alcohol")
        EQUIPMENT = "equipment", _("Whoever lacks equipment or clothes can borrow them")

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="inclusion")
    fine = ArrayField(models.CharField(max_length=10, choices=Point), default=list)
    mended = ArrayField(models.CharField(max_length=10, choices=Point), default=list)
    checked_at = models.DateTimeField(auto_now=True)

    class Privacy:
        personal = set()
        plain = {"id", "gathering", "fine", "mended", "checked_at"}

    def __str__(self):
        return f"inclusion check {self.pk}"

    @property
    def weak(self):
        return [point for point in self.Point if point not in (*self.fine, *self.mended)]
