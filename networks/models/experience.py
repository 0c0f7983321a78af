"""Who is glad to be called about a topic: off until one says so oneself, and gone at once."""

from networks.models.proposals import classes_around
from portal.people.models import Person, SchoolClass
from portal.text import models


class ExperienceQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(school_class__in=classes_around(person))


class Experience(models.Model):
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="experiences")
    kit = models.CharField(max_length=20)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "school_class", "kit"], name="experience_offered_once_in_a_class")
        ]

    class Privacy:
        personal = {"person", "kit"}
        plain = {"id", "school_class"}

    def __str__(self):
        return f"experience {self.pk}"
