"""Surveys in which nobody can be found again: an answer is never a row, only one more in a count.

docs/decisions/0017 says what is promised and what is not. In short: who has answered stands in one table while the survey
is open, how many have said what in another, and each answer writes every count anew, also those that stay. So neither a
key, an order, a time nor a transaction ties the two.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.figures import SMALLEST
from portal.people.models import Household, Person, School
from portal.surveys.questions import Kind
from portal.text import models


class AnsweredBefore(Refusal):
    """This home or person has answered: nobody knows which answer is theirs, so it can be neither changed nor doubled."""

    words = _(
        "Your home has answered this already. Nobody, not even the portal, knows which answer is yours, so it cannot be "
        "changed."
    )


class SurveyClosed(Refusal):
    words = _("This survey is closed, so no more answers are counted.")


class SurveyQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def taking_answers(self, now=None):
        return self.open().filter(closes_at__gt=now or timezone.now())


class Survey(models.Model):
    """The result is read when `percent` of those asked have answered, or `enough` of them, whichever is fewer; never
    with fewer than five."""

    school = models.ForeignKey(School, models.PROTECT, related_name="surveys")
    percent = models.PositiveSmallIntegerField(default=60)
    enough = models.PositiveSmallIntegerField(default=10)
    opened_at = models.DateTimeField(auto_now_add=True)
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(null=True)
    answered = models.PositiveIntegerField(null=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="survey_percent_is_a_share"),
            models.CheckConstraint(condition=Q(enough__gte=SMALLEST), name="survey_result_never_under_five"),
            models.CheckConstraint(
                condition=Q(closed_at=None, asked=None, answered=None)
                | Q(closed_at__isnull=False, asked__isnull=False, answered__isnull=False, answered__lte=F("asked")),
                name="closed_survey_says_how_many",
            ),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "school", "percent", "enough", "opened_at", "closes_at", "closed_at", "asked", "answered"}

    def __str__(self):
        return f"survey {self.pk}"

    @property
    def is_open(self):
        return self.closed_at is None

    def takes_answers(self, now=None):
        return self.is_open and (now or timezone.now()) < self.closes_at

    def needed_of(self, asked):
        share = -(-asked * self.percent // 100)
        return max(SMALLEST, min(self.enough, share))

    @property
    def is_shown(self):
        return not self.is_open and self.answered >= self.needed_of(self.asked)


class Question(models.Model):
    """`counts` says how many chose each option, `said` how many answered it at all. Both are empty for good where too
    few have answered."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=7, choices=Kind)
    words = models.JSONField()
    options = models.JSONField()
    counts = ArrayField(models.PositiveIntegerField())
    said = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["survey", "place"], name="one_question_at_each_place")]

    class Privacy:
        personal = set()
        plain = {"id", "survey", "place", "kind", "words", "options", "counts", "said"}

    def __str__(self):
        return f"question {self.pk}"


class Answered(models.Model):
    """A home, or a person, has answered; not what, and not when. The rows are deleted when the survey closes."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answered_by")
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "answered"
        constraints = [
            models.UniqueConstraint(fields=["survey", "household"], name="one_answer_per_home_and_survey"),
            models.UniqueConstraint(fields=["survey", "person"], name="one_answer_per_person_and_survey"),
            models.CheckConstraint(
                condition=Q(household=None, person__isnull=False) | Q(household__isnull=False, person=None),
                name="answered_by_a_home_or_a_person",
            ),
        ]

    class Privacy:
        personal = {"household", "person"}
        plain = {"id", "survey"}

    def __str__(self):
        return "answered"
