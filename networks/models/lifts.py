"""Who takes whom along to a gathering. Both homes say yes before either reads who the other is."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models.answers import Rsvp
from networks.models.gatherings import Gathering
from portal.people.models import GuardianRelation, Household
from portal.text import models


class LiftQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Whoever organises the gathering; homes read their own with their answer."""
        return self.filter(gathering__in=Gathering.objects.organised_by(person).values("pk"))

    def standing(self):
        return self.filter(ended_at=None)

    def agreed(self):
        return self.standing().filter(giver_agrees=True, taker_agrees=True)

    def of_home(self, gathering, household_id):
        own = Q(giver=household_id) | Q(taker=household_id)
        return self.standing().filter(own, gathering=gathering)

    def of_those_gone(self):
        """Standing ones to come of a home that has left the class."""
        here = GuardianRelation.objects.live().in_class(OuterRef("gathering__school_class"))
        giver, taker = (Exists(here.filter(guardian__household=OuterRef(home))) for home in ("giver", "taker"))
        return self.standing().filter(~giver | ~taker, gathering__starts_at__gt=timezone.now())

    def end(self, household_id=None):
        """End these, give the seats back, and keep which home it was, so that the other one is told."""
        for lift in self.standing():
            Rsvp.objects.filter(gathering=lift.gathering_id, household=lift.giver_id).update(
                given=F("given") - lift.seats
            )
            self.filter(pk=lift.pk).update(ended_at=timezone.now(), ended_by=household_id)


class Lift(models.Model):
    """`giver` takes `taker` along. Suggested by an organiser, and nothing until both have agreed."""

    gathering = models.ForeignKey(Gathering, models.CASCADE, related_name="lifts")
    giver = models.ForeignKey(Household, models.CASCADE, related_name="+")
    taker = models.ForeignKey(Household, models.CASCADE, related_name="+")
    seats = models.PositiveSmallIntegerField(_("Seats"))
    giver_agrees = models.BooleanField(default=False)
    taker_agrees = models.BooleanField(default=False)
    suggested_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Household, models.SET_NULL, null=True, related_name="+")

    objects = LiftQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "taker"], condition=Q(ended_at=None), name="one_lift_per_home_that_needs_one"
            ),
            models.CheckConstraint(condition=~Q(giver=F("taker")) & Q(seats__gte=1), name="a_lift_is_for_another_home"),
        ]

    class Privacy:
        personal = {"giver", "taker", "seats", "giver_agrees", "taker_agrees", "ended_by"}
        plain = {"id", "gathering", "suggested_at", "ended_at"}

    def __str__(self):
        return f"lift {self.pk}"

    @property
    def school_id(self):
        return self.gathering.school_id

    @property
    def is_agreed(self):
        return self.giver_agrees and self.taker_agrees

    def agrees(self, household_id):
        return self.giver_agrees if household_id == self.giver_id else self.taker_agrees
