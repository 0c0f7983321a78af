"""Days that many families of a faith celebrate: said beside a time, and never a reason to forbid one."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from networks.models.traditions import in_each_language
from portal.people.models import School
from portal.text import models


class FaithDayQuerySet(models.QuerySet):
    def visible_to(self, person):
        """What came with the portal, and what the schools that the person runs have added."""
        return self.filter(Q(school=None) | Q(school__in=School.objects.run_by(person).values("pk")))

    def at(self, school):
        """Those that came with the portal and the school has left in, and its own."""
        return self.filter(Q(school=None) | Q(school=school)).exclude(not_at=school)


class FaithDay(models.Model):
    """Without a school it came with the portal."""

    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, editable=False, related_name="faith_days")
    day = models.DateField(_("Which day?"))
    name = models.CharField(_("What do families celebrate?"), max_length=80)
    tradition = models.CharField(_("In which tradition?"), max_length=60)
    source = models.CharField(_("Where does the date come from?"), max_length=200)
    not_at = models.ManyToManyField(School, editable=False, related_name="+")

    objects = FaithDayQuerySet.as_manager()

    class Meta:
        ordering = ["day", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "day", "name"], nulls_distinct=False, name="faith_day_once_per_school"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="faith_day_has_a_name"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "school", "day", "name", "tradition", "source", "not_at"}

    def __str__(self):
        return self.name

    @property
    def said_name(self):
        """In the reader's language, where it came with the portal; else as it was written."""
        return in_each_language(self.name)

    @property
    def said_tradition(self):
        return in_each_language(self.tradition)

    @property
    def said_source(self):
        return in_each_language(self.source)
