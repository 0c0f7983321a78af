"""What came of a gathering: who came, as numbers, what was done, and how it felt, without a name."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from networks.models.answers import Rsvp
from networks.models.gatherings import Gathering
from portal.people.models import GuardianRelation, Person
from portal.surveys.models import Survey
from portal.text import models


class GatheringReportQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(gathering__in=Gathering.objects.organised_by(person).values("pk"))


class GatheringReport(models.Model):
    """Nobody is named in it: those who came are numbers."""

    MOST = 500

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="report")
    families = models.PositiveSmallIntegerField(_("How many families came?"))
    adults = models.PositiveSmallIntegerField(_("How many adults?"))
    children = models.PositiveSmallIntegerField(_("How many children of the class?"))
    siblings = models.PositiveSmallIntegerField(_("How many brothers and sisters?"))
    did = models.TextField(_("What did you do?"), max_length=1000)
    involved = models.TextField(_("How were the children involved?"), max_length=500, blank=True)
    again = models.TextField(_("What would you do again, and what not?"), max_length=1000, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(auto_now=True)

    objects = GatheringReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(families__lte=500, adults__lte=500, children__lte=500, siblings__lte=500),
                name="report_in_reason",
            ),
            models.CheckConstraint(condition=~Q(did=""), name="report_says_what_was_done"),
        ]

    class Privacy:
        personal = {"written_by"}
        plain = {
            "id",
            "gathering",
            "families",
            "adults",
            "children",
            "siblings",
            "did",
            "involved",
            "again",
            "written_at",
        }

    def __str__(self):
        return f"report {self.pk}"


class PulseQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(gathering__in=Gathering.objects.visible_to(person).values("pk"))

    def asking(self):
        return self.filter(survey__closed_at=None, survey__isnull=False)


class Pulse(models.Model):
    """The thanks to the homes that said they were coming, and how it felt to them. With fewer than five such homes
    nobody is asked, since nobody could be hidden."""

    ASKED_FOR, LATEST = timedelta(days=14), timedelta(days=30)
    NEW, AGAIN, SMILE, BESIDE = "new", "again", "smile", "beside"
    QUESTIONS = {
        Gathering.Kind.FAMILIES: (NEW, AGAIN, SMILE, BESIDE),
        Gathering.Kind.THEME: (NEW, AGAIN),
        Gathering.Kind.ADULTS: (NEW, AGAIN),
        Gathering.Kind.CHILDREN: (SMILE, BESIDE),
    }

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="pulse")
    survey = models.OneToOneField(Survey, models.SET_NULL, null=True, related_name="gathering_pulse")
    kind = models.CharField(max_length=10, choices=Gathering.Kind)
    words = models.TextField(_("A word to those who came"), max_length=500, blank=True)
    thanked_at = models.DateTimeField(auto_now_add=True)

    objects = PulseQuerySet.as_manager()

    class Privacy:
        personal = set()
        plain = {"id", "gathering", "survey", "kind", "words", "thanked_at"}

    def __str__(self):
        return f"pulse {self.pk}"


def guardians_who_came(gathering):
    """The relations of the homes that said yes and are in the class today."""
    homes = gathering.rsvps.filter(answer=Rsvp.Answer.YES).values("household")
    return GuardianRelation.objects.live().in_class(gathering.school_class_id).filter(guardian__household__in=homes)


def homes_that_came(gathering):
    return set(guardians_who_came(gathering).values_list("guardian__household", flat=True))
