"""The keys by which a system knows a person, and the pairs of records that may be one person."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import keys_of
from portal.people.models.persons import Person
from portal.people.models.places import School
from portal.people.models.relations import AccessRestriction, GuardianRelation
from portal.people.models.rosters import RosterImport
from portal.text import models


class PersonKey(models.Model):
    """A further key by which a system knows a person: an earlier one, or a second one for the same human being."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="further_keys")
    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="further_key_once_per_source")]

    class Privacy:
        personal = {"person", "source_id"}
        plain = {"id", "source"}

    def __str__(self):
        return f"key {self.pk}"


class DoubtQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answer="")

    def visible_to(self, person):
        """At the schools whose office the person runs and in their municipality; never about themselves, their child,
        or a pupil they must know nothing about."""
        own = GuardianRelation.objects.filter(guardian_id=person.pk).values("pupil")
        restricted = keys_of.restricted(person)
        beside = GuardianRelation.objects.filter(Q(pupil__in=own) | Q(pupil__in=restricted)).values("guardian")
        shut_out = AccessRestriction.objects.filter(pupil__in=own).values("guardian")
        near = Person.objects.filter(
            Q(pk=person.pk) | Q(pk__in=own) | Q(pk__in=restricted) | Q(pk__in=beside) | Q(pk__in=shut_out)
        )
        return self.filter(
            Q(school__in=keys_of.schools_run(person))
            | Q(roster__municipality__in=keys_of.municipalities_served(person))
        ).exclude(Exists(near.filter(Q(pk=OuterRef("person")) | Q(pk=OuterRef("other")))))


class Doubt(models.Model):
    """Two records that may be one person: somebody who is here, and either a row of a file or somebody else who is
    here. Until a person has judged it, the row changes nothing."""

    class Answer(models.TextChoices):
        SAME = "same", _("The same person")
        OTHER = "other", _("Two persons")

    roster = models.ForeignKey(RosterImport, models.PROTECT, related_name="doubts")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="doubts")
    other = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=80)
    source_id = models.CharField(max_length=255)
    row = models.JSONField(default=dict)  # what the file says about the person, while it waits
    signs = ArrayField(models.CharField(max_length=12), default=list)  # what agrees
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = DoubtQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id", "person"], name="one_doubt_per_key_and_person"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None) | ~Q(answer="") & Q(answered_by__isnull=False),
                name="answered_doubt_has_a_witness",
            ),
        ]

    class Privacy:
        personal = {"person", "other", "source_id", "row", "answered_by"}
        plain = {"id", "roster", "school", "source", "signs", "answer", "answered_at", "made_at"}

    def __str__(self):
        return f"doubt {self.pk}"
