"""A decision never changes: the database refuses. A correction is a new version that says so. Only the day on which the
class was told, and the last day to appeal that follows from it, are written afterwards."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.models.applications import GrantApplication
from portal.actions import Refusal
from portal.people.models import Person
from portal.text import models


class NotDecidable(Refusal):
    """A part of the decision is missing, or the application was decided a moment ago."""


class BudgetSpent(Refusal):
    """There is not enough money left."""


class AlreadyAwarded(Refusal):
    """The class already has its award in this period."""


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The row and its result. The letter is for those who may read the whole application: see `can_read_whole`."""
        return self.filter(application__in=GrantApplication.objects.visible_to(person))

    def latest_versions(self):
        return self.filter(~Exists(Decision.objects.filter(corrects=OuterRef("pk"))))

    def untold(self):
        return self.filter(told_on=None)


class Decision(models.Model):
    class Result(models.TextChoices):
        APPROVED = "approved", _("Give support")
        PARTLY_APPROVED = "partly_approved", _("Give part of the support")
        REJECTED = "rejected", _("Do not give support")
        DISMISSED = "dismissed", _("Do not consider it: it is outside the scheme")

    class After(models.TextChoices):
        """What a new version follows from."""

        ERROR = "", _("an error")
        REVIEW = "review", _("an appeal, changed by those who look at it first")
        APPEAL = "appeal", _("an appeal, changed by the appeal body")

    application = models.ForeignKey(GrantApplication, models.PROTECT, related_name="decisions")
    version = models.PositiveSmallIntegerField(default=1)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    correction_note = models.TextField(_("What was wrong?"), max_length=1000, blank=True)
    after = models.CharField(max_length=8, choices=After, default=After.ERROR, blank=True)
    result = models.CharField(_("result"), max_length=16, choices=Result)
    amount = models.PositiveIntegerField(null=True)
    reasons = models.TextField(_("Facts"), max_length=4000, blank=True)
    considerations = models.TextField(_("What you gave weight to"), max_length=4000, blank=True)
    rules = ArrayField(models.CharField(max_length=200), default=list)
    reason_keys = ArrayField(models.PositiveBigIntegerField(), default=list)
    conditions = ArrayField(models.TextField(), default=list)
    letter = models.JSONField()
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="grant_decisions")
    decided_at = models.DateTimeField()
    told_on = models.DateField(null=True, editable=False)
    told_by_hand = models.BooleanField(default=False, editable=False)  # on paper, where the alert has failed
    last_day_to_appeal = models.DateField(null=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["application", "version"]
        constraints = [
            models.UniqueConstraint(fields=["application", "version"], name="one_decision_per_version"),
            models.CheckConstraint(
                condition=Q(result__in=["approved", "partly_approved"], amount__gt=0) & ~Q(conditions=[])
                | Q(result__in=["rejected", "dismissed"], amount=None),
                name="approval_has_amount_and_conditions",
            ),
            models.CheckConstraint(
                condition=~Q(result__in=["partly_approved", "rejected", "dismissed"])
                | (~Q(reasons="") & ~Q(rules=[]) & ~Q(considerations="")),
                name="refusal_has_reasons_rule_and_consideration",
            ),
            models.CheckConstraint(
                condition=Q(version=1, corrects=None, correction_note="")
                | (Q(version__gt=1, corrects__isnull=False) & ~Q(correction_note="")),
                name="correction_says_what_was_wrong",
            ),
            models.CheckConstraint(
                condition=Q(last_day_to_appeal=None) | Q(told_on__isnull=False, last_day_to_appeal__gte=F("told_on")),
                name="last_day_to_appeal_follows_the_alert",
            ),
            models.CheckConstraint(
                condition=Q(after="") | Q(version__gt=1), name="only_a_new_version_follows_an_appeal"
            ),
        ]

    class Privacy:
        personal = {"reasons", "considerations", "correction_note", "letter", "decided_by"}
        plain = {
            *("id", "application", "version", "corrects", "after", "result", "amount", "rules", "reason_keys"),
            *("conditions", "decided_at", "told_on", "told_by_hand", "last_day_to_appeal"),
        }

    def __str__(self):
        return f"decision {self.pk}"

    def get_absolute_url(self):
        return reverse("grants:decision_show", args=[self.pk])

    @property
    def gives(self):
        return self.amount is not None

    @property
    def is_final(self):
        """What the appeal body has decided is not appealed again."""
        return self.after == self.After.APPEAL

    @property
    def is_appealable(self):
        """The newest version, that nobody has appealed yet and that the appeal body did not decide."""
        is_newest = not hasattr(self, "corrected_by") and not self.is_final
        return is_newest and not self.appeals.exclude(state="withdrawn").exists()

    @property
    def is_with_the_body(self):
        """It is appealed, or the appeal body has decided it: whoever decided first changes nothing of it."""
        return self.is_final or self.appeals.exclude(state__in=["withdrawn", "dismissed"]).exists()

    @property
    def is_correctable(self):
        return not hasattr(self, "corrected_by") and not self.is_with_the_body and not self.application.is_lapsed

    @property
    def least(self):
        """What an appeal has given already: no later version gives less."""
        given = self.application.decisions.exclude(after=self.After.ERROR)
        return given.aggregate(least=Max("amount"))["least"] or 0
