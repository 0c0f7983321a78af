"""What deciders say of themselves before they decide, and what they ask the class."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grants.models.applications import GrantApplication
from portal.people.models import Person
from portal.text import models


class ImpartialityAnswer(models.Model):
    application = models.ForeignKey(GrantApplication, models.PROTECT, related_name="impartiality_answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="impartiality_answers")
    stands_aside = models.BooleanField()
    note = models.TextField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="one_impartiality_answer_per_person")
        ]

    class Privacy:
        personal = {"person", "stands_aside", "note"}
        plain = {"id", "application", "answered_at"}

    def __str__(self):
        return f"impartiality {self.pk}"


class InformationRequest(models.Model):
    application = models.ForeignKey(GrantApplication, models.PROTECT, related_name="information_requests")
    question = models.TextField(_("What do you need to know?"), max_length=1000)
    answer_by = models.DateField(_("When do you need the answer?"))
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.TextField(_("Your answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None), name="one_open_question_per_application"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="information_answered_at_and_by",
            ),
        ]

    class Privacy:
        personal = {"question", "answer", "asked_by", "answered_by"}
        plain = {"id", "application", "answer_by", "asked_at", "answered_at"}

    def __str__(self):
        return f"information request {self.pk}"
