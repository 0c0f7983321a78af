"""What happens at a gathering, one thing after the other, and which adult leads it."""

from django.db.models import Deferrable, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models.gatherings import Gathering
from portal.people.models import Person
from portal.text import models


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Whoever organises the gathering; families read the programme with their own answer."""
        return self.filter(gathering__in=Gathering.objects.organised_by(person).values("pk"))

    def to_come(self):
        planned = Gathering.objects.upcoming().filter(state__in=[Gathering.State.DRAFT, *Gathering.OPEN])
        return self.filter(gathering__in=planned.values("pk"))

    def waiting_for(self, person):
        """What an adult is asked to lead and has not said yes to."""
        return self.filter(led_by=person, agreed_at=None)

    def forget_leaders(self):
        return self.update(led_by=None, agreed_at=None, leader="")


class Activity(models.Model):
    """It begins when what stands before it is over, so all of it moves with the gathering. It is led by an adult who was
    asked (`led_by`) or by whoever is written there in words (`leader`)."""

    MOST = 30  # in one programme
    LONGEST = 600  # minutes

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("What happens?"), max_length=80)
    minutes = models.PositiveSmallIntegerField(_("How many minutes does it last?"))
    note = models.CharField(_("What do those who lead it need to know?"), max_length=300, blank=True)
    led_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Who leads it?")
    )
    agreed_at = models.DateTimeField(null=True, editable=False)
    leader = models.CharField(_("Or somebody else, in words"), max_length=60, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "number"], name="activities_stand_in_a_row", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=600), name="activity_lasts_in_reason"),
            models.CheckConstraint(condition=Q(led_by=None) | Q(leader=""), name="activity_has_one_leader"),
        ]

    class Privacy:
        personal = {"led_by", "agreed_at", "leader"}
        plain = {"id", "gathering", "number", "title", "minutes", "note"}

    def __str__(self):
        return self.title

    @property
    def school_id(self):
        return self.gathering.school_id

    def ask(self, person, *, by):
        """Whoever asks themselves has said yes."""
        self.agreed_at = (timezone.now() if person == by else None) if person != self.led_by else self.agreed_at
        self.led_by = person
