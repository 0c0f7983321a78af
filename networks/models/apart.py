"""Two pupils who are not put into one group. The contact teacher says so, and no parent ever reads it."""

from django.db.models import F, Q

from portal.people.models import Person, Role, SchoolClass, keys_of
from portal.text import models


class ApartQuerySet(models.QuerySet):
    def visible_to(self, person):
        """For the contact teacher of the class today, unless they have a child in it."""
        taught = self.filter(school_class__in=keys_of.classes(person, [Role.Kind.CONTACT_TEACHER]))
        return taught.exclude(school_class__in=keys_of.classes_of_children(person))


class Apart(models.Model):
    """`one` is the pupil with the lower key, so that a pair stands there once."""

    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="+")
    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = ApartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_class", "one", "other"], name="a_pair_is_kept_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="apart_are_two_in_one_order"),
        ]

    class Privacy:
        personal = {"one", "other", "set_by"}
        plain = {"id", "school_class"}

    def __str__(self):
        return f"apart {self.pk}"
