"""Which ways of reaching a home a school offers to its class contacts."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q

from networks.models.answers import Contact
from portal.people.models import School
from portal.text import models


class ReachWays(models.Model):
    """What the school has chosen; a school that has chosen nothing offers all of them."""

    school = models.OneToOneField(School, models.CASCADE, related_name="reach_ways")
    kinds = ArrayField(models.CharField(max_length=6, choices=Contact.Kind))

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(kinds=[]), name="a_school_offers_a_way")]

    class Privacy:
        personal = set()
        plain = {"id", "school", "kinds"}

    def __str__(self):
        return f"ways of {self.school_id}"
