"""A family that comes in the middle of the year: who has been welcomed, and who is glad to help."""

from networks.models.proposals import classes_around
from portal.people.models import Household, Person, SchoolClass
from portal.text import models


class BuddyQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(school_class__in=classes_around(person))


class Buddy(models.Model):
    """Off until one says so oneself, and gone at once."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="buddies")

    objects = BuddyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "school_class"], name="buddy_once_in_a_class")]

    class Privacy:
        personal = {"person"}
        plain = {"id", "school_class"}

    def __str__(self):
        return f"buddy {self.pk}"


class Welcomed(models.Model):
    """A home that the class contact has said welcome to."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="welcomed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "school_class"], name="welcomed_once_to_a_class")]

    class Privacy:
        personal = {"household"}
        plain = {"id", "school_class"}

    def __str__(self):
        return f"welcomed {self.pk}"
