"""The parents' meeting at which a class starts its network: a code on the wall, and who was elected there."""

from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models.proposals import classes_around
from portal.people.models import Household, Person, Role, SchoolClass, keys_of
from portal.people.models.persons import either
from portal.text import models


class NetworkStartQuerySet(models.QuerySet):
    def open(self, now=None):
        return self.filter(closes_at__gt=now or timezone.now())

    def visible_to(self, person):
        """The families of the class today, its teachers, and the school's leaders."""
        led = SchoolClass.objects.filter(school__in=keys_of.schools_led(person))
        return self.filter(school_class__in=either(classes_around(person), led.values("pk")))

    def of_a_past_year(self, day):
        return self.filter(school_class__year__ends_on__lt=day)


class NetworkStart(models.Model):
    """The code opens nothing by itself: whoever enters it must be a guardian in the class."""

    OPEN_FOR = timedelta(hours=4)
    LETTERS, LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 6  # none that is mistaken for another on a wall

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="starts")
    met_on = models.DateField(_("When is the parents' meeting?"))
    code = models.CharField(max_length=8)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closes_at = models.DateTimeField()
    homes_before = models.PositiveIntegerField(default=0)

    objects = NetworkStartQuerySet.as_manager()

    class Meta:
        ordering = ["-met_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "met_on"], name="one_start_for_a_meeting"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="start_closes_after_it_opens"),
        ]

    class Privacy:
        personal = {"opened_by", "code"}
        plain = {"id", "school_class", "met_on", "opened_at", "closes_at", "homes_before"}

    def __str__(self):
        return f"start {self.pk}"

    @property
    def school_id(self):
        return self.school_class.school_id

    @property
    def is_open(self):
        return self.closes_at > timezone.now()

    @property
    def closes_before_the_meeting(self):
        return self.closes_at.astimezone(self.school_class.school.zone).date() < self.met_on


class Confirmed(models.Model):
    """A home that has said, at the meeting, how the class reaches it. Counted, and shown to nobody."""

    start = models.ForeignKey(NetworkStart, models.CASCADE, related_name="confirmed")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["start", "household"], name="a_home_confirms_once_at_a_meeting")]

    class Privacy:
        personal = {"household"}
        plain = {"id", "start"}

    def __str__(self):
        return f"confirmed {self.pk}"


class Election(models.Model):
    """Where a class contact was elected. The term is the role's own."""

    start = models.ForeignKey(NetworkStart, models.PROTECT, related_name="elections")
    role = models.OneToOneField(Role, models.CASCADE, related_name="+")

    class Privacy:
        personal = {"role"}
        plain = {"id", "start"}

    def __str__(self):
        return f"election {self.pk}"
