"""Requests around a talk: an interpreter, other times, another family's time."""

import uuid

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conferences.models.talks import Booking, Conference
from portal.people.models import Household, Person, keys_of
from portal.text import models


class InterpreterRequestQuerySet(models.QuerySet):
    def not_cancelled(self):
        """Asked for, ordered or confirmed. A talk with one of these is interpreted and takes twice as long."""
        return self.exclude(state=InterpreterRequest.State.CANCELLED)

    def not_settled(self):
        """As `not_cancelled`, plus the cancelled ones that were ordered: the agency may still send somebody."""
        return self.exclude(state=InterpreterRequest.State.CANCELLED, ordered_at=None)

    def ordered(self):
        """Those the agency knows of. It sends somebody unless it is told otherwise, whatever has changed here since."""
        ordered = [InterpreterRequest.State.ORDERED, InterpreterRequest.State.CONFIRMED]
        return self.filter(Q(ordered_at__isnull=False) | Q(state__in=ordered))

    def visible_to(self, person):
        """A guardian sees only what their own home asked for. The office also sees what it must call off at the agency,
        but not the child who has left."""
        seen = Conference.objects.visible_to(person).values("pk")
        guards = Conference.objects.of_guardian(person).values("pk")
        return self.filter(Q(conference__in=seen) | Q(pk__in=InterpreterRequest.objects.left_at(person))).exclude(
            Q(conference__in=guards) & ~Q(household=person.household_id) & ~Q(conference__teacher_id=person.pk)
        )

    def left_at(self, person):
        restricted = keys_of.restricted(person)
        return (
            self.ordered()
            .filter(
                conference__state=Conference.State.CANCELLED,
                conference__school_class__school__in=keys_of.schools_run(person),
            )
            .exclude(conference__pupil__in=restricted)
        )


class InterpreterRequest(models.Model):
    """An interpreter for one conference, at one home's request. Children never interpret."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        ORDERED = "ordered", _("Ordered")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Order cancelled")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="interpreters")
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="+")
    language = models.CharField(_("language"), max_length=8)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    ordered_at = models.DateTimeField(null=True)

    objects = InterpreterRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "language"],
                condition=~Q(state="cancelled"),
                name="one_interpreter_per_language_and_conference",
            )
        ]

    class Privacy:
        personal = {"household", "language", "asked_by"}
        plain = {"id", "conference", "state", "asked_at", "ordered_at"}

    def __str__(self):
        return f"interpreter {self.pk}"


class TimeRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None)

    def visible_to(self, person):
        """To the home that asked, and to the teachers and leaders who see the conference."""
        staff = Conference.objects.of_teacher(person).values("pk"), Conference.objects.of_leader(person).values("pk")
        restricted = keys_of.restricted(person)
        return self.filter(
            Q(household=person.household_id, conference__in=Conference.objects.of_guardian(person).values("pk"))
            | Q(conference__in=staff[0])
            | Q(conference__in=staff[1])
        ).exclude(conference__pupil__in=restricted)


class TimeRequest(models.Model):
    """No time fits: when a home can come, in its own words. Open until the teacher has offered other times."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="time_requests")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    text = models.CharField(_("When can you come?"), max_length=500)
    call_me = models.BooleanField(_("Please call me"), default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    objects = TimeRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "household"],
                condition=Q(answered_at=None),
                name="one_open_time_request_per_home",
            )
        ]

    class Privacy:
        personal = {"household", "text", "call_me", "by"}
        plain = {"id", "conference", "at", "answered_at"}

    def __str__(self):
        return f"time request {self.pk}"


class Swap(models.Model):
    """A family asks another to exchange times. Neither is told who the other is."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        DONE = "done", _("Swapped")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mine = models.ForeignKey(Booking, models.CASCADE, related_name="swaps_asked")
    theirs = models.ForeignKey(Booking, models.CASCADE, related_name="swaps_offered")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mine"], condition=Q(state="asked"), name="one_open_swap_per_booking"),
            models.CheckConstraint(condition=~Q(mine=F("theirs")), name="swap_is_between_two"),
        ]

    class Privacy:
        personal = {"by"}
        plain = {"id", "key", "mine", "theirs", "state", "at", "answered_at"}

    def __str__(self):
        return f"swap {self.pk}"
