"""What a home has told named people at a child's school in confidence, and who of them has opened it."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import GuardianRelation, Household, Person, Role, School, keys_of
from portal.people.queries.adults import pupils_around
from portal.text import models

LONGEST = timedelta(days=366)


class NotAConfidant(Refusal):
    words = _("One of those you chose does not work around your child any more. Choose again.")


class NoNumber(Refusal):
    words = _("We have no phone number for you. Write it on your own page first, so that they can call.")


class WrongEnd(Refusal):
    words = _("It can stand until a day from today on, and for at most a year.")


class NotOneWay(Refusal):
    words = _("Either you write it, or you ask for a call. With a call nothing is written.")


class ConfidenceQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(_has_guardian(), until__gte=timezone.localdate())

    def over(self):
        """Past its last day, or nobody who could take it back is a guardian of the child any more."""
        return self.filter(Q(until__lt=timezone.localdate()) | ~_has_guardian())

    def of_home(self, person):
        """What the person's own home has told, or they themselves in a home that they have left, of a child whose guardian
        they are today."""
        own = keys_of.children(person)
        told = Q(household__isnull=False, household=person.household_id) | Q(told_by=person.pk)
        return self.standing().filter(told, pupil__in=own)

    def told_to(self, person):
        """What the person was chosen for and may still read: they work at that school and around the child today, and are no
        family of it. A guardian of the child, and whoever lives with one, reads nothing as staff, chosen or not."""
        chosen = Confidant.objects.filter(confidence=OuterRef("pk"), person=person.pk)
        family = GuardianRelation.objects.near(person).values("pupil")
        here = Role.objects.at_work().filter(person=person.pk).values("workplace")
        there = self.standing().filter(Exists(chosen), school__in=here, pupil__in=pupils_around(person))
        return there.exclude(pupil__in=family)

    def unopened_by(self, person):
        waiting = Confidant.objects.filter(confidence=OuterRef("pk"), person=person.pk, opened_at=None)
        return self.told_to(person).filter(Exists(waiting))

    def visible_to(self, person):
        """The home that told it, and those it was told to; nobody else, the office and the other home included."""
        rows = Confidence.objects
        return self.filter(Q(pk__in=rows.of_home(person).values("pk")) | Q(pk__in=rows.told_to(person).values("pk")))


def _has_guardian():
    of_home = Q(guardian__household=OuterRef("household")) | Q(guardian=OuterRef("told_by"))
    return Exists(GuardianRelation.objects.live().filter(of_home, pupil=OuterRef("pupil")))


class Confidence(models.Model):
    """Deleted after its last day, or when it is taken back. With `calls` there is no text: those it is told to call. It is
    never changed: a home takes it back and tells it anew, and whoever has read it is told anew."""

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="confidences")
    household = models.ForeignKey(Household, models.CASCADE, related_name="confidences")
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    told_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    text = models.EncryptedTextField(_("What should they know?"), max_length=1000, null=True, blank=True)
    calls = models.BooleanField(_("They should call me instead"), default=False)
    told_on = models.DateField(default=timezone.localdate, editable=False)
    until = models.DateField(_("Until when?"))

    objects = ConfidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(calls=True, text=None) | Q(calls=False, text__isnull=False),
                name="a_confidence_is_written_or_asks_for_a_call",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("told_on"), until__lte=F("told_on") + LONGEST),
                name="a_confidence_ends_within_a_year",
            ),
        ]

    class Privacy:
        personal = {"pupil", "household", "told_by", "text", "calls"}
        plain = {"id", "school", "told_on", "until"}

    def __str__(self):
        return f"confidence {self.pk}"


class Confidant(models.Model):
    """Somebody whom the home has chosen by name."""

    confidence = models.ForeignKey(Confidence, models.CASCADE, related_name="confidants")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["person__sort_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["confidence", "person"], name="chosen_once_per_confidence")]

    class Privacy:
        personal = {"person"}
        plain = {"id", "confidence", "opened_at"}

    def __str__(self):
        return f"confidant {self.pk}"
