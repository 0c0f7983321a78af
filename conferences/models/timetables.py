"""A proposed timetable for a round: made by the planner, changed by hand, and published or thrown away."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.models.rounds import ConferenceRound, ConferenceSlot
from conferences.models.talks import Conference
from portal.people.models import Person
from portal.text import models


class TimetableQuerySet(models.QuerySet):
    def at_work(self):
        return self.filter(state__in=[Timetable.State.WAITING, Timetable.State.PLANNING, Timetable.State.BOOKING])

    def proposed(self):
        return self.filter(state=Timetable.State.PROPOSED)

    def being_made(self):
        return self.filter(state__in=Timetable.OPEN)

    def visible_to(self, person):
        return self.filter(round__in=ConferenceRound.objects.led_by(person))


class Timetable(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for the planner")
        PLANNING = "planning", _("Being planned")
        PROPOSED = "proposed", _("Proposed")
        BOOKING = "booking", _("Being published")
        PUBLISHED = "published", _("Published")
        FAILED = "failed", _("Could not be planned")
        DROPPED = "dropped", _("Thrown away")

    OPEN = [State.WAITING, State.PLANNING, State.PROPOSED, State.BOOKING]

    round = models.ForeignKey(ConferenceRound, models.CASCADE, related_name="timetables")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    seconds = models.PositiveSmallIntegerField(default=60)
    objective = models.IntegerField(null=True)
    bound = models.IntegerField(null=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # the last heartbeat of its worker
    ended_at = models.DateTimeField(null=True)

    objects = TimetableQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(state__in=["waiting", "planning", "proposed", "booking"]),
                name="one_open_timetable_per_round",
            )
        ]

    class Privacy:
        personal = {"asked_by"}
        plain = {
            "id",
            "round",
            "state",
            "seconds",
            "objective",
            "bound",
            "asked_at",
            "started_at",
            "seen_at",
            "ended_at",
        }

    def __str__(self):
        return f"timetable {self.pk}"

    def get_absolute_url(self):
        return reverse("conferences:timetable_show", args=[self.pk])

    @property
    def school_id(self):
        return self.round.school_id

    @property
    def is_proposed(self):
        return self.state == self.State.PROPOSED

    @property
    def is_at_work(self):
        return self.state in (self.State.WAITING, self.State.PLANNING, self.State.BOOKING)


class PlacementQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(timetable__in=Timetable.objects.visible_to(person))


class Placement(models.Model):
    """Where a proposed timetable puts one conference, or why it could not. A `pinned` one stays where it is."""

    timetable = models.ForeignKey(Timetable, models.CASCADE, related_name="placements")
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="placements")
    slot = models.ForeignKey(ConferenceSlot, models.SET_NULL, null=True, related_name="placements")
    pinned = models.BooleanField(default=False)
    reason = models.CharField(max_length=20, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["timetable", "conference"], name="placed_once"),
            models.UniqueConstraint(fields=["timetable", "slot"], name="a_slot_placed_once"),
            models.CheckConstraint(condition=Q(slot=None) | Q(reason=""), name="placed_or_told_why"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "timetable", "conference", "slot", "pinned", "reason"}

    def __str__(self):
        return f"placement {self.pk}"
