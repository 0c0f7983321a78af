"""An appeal against a decision, and a demand for its reasons. What each side wrote is never written over."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.models.applications import GrantApplication
from grants.models.decisions import Decision
from portal.actions import Refusal
from portal.people.models import Person, Role
from portal.text import models


class NotAppealable(Refusal):
    """The decision cannot be appealed, or it is appealed already, or the time is out."""


class AppealOver(Refusal):
    words = _("Something has happened to this appeal meanwhile. Open it again to see how it stands.")


class NoReasonsDue(Refusal):
    """The reasons stand in the letter, or have been asked for, or the time is out."""


class State(models.TextChoices):
    SENT = "sent", _("Appealed")
    IN_FAVOUR = "changed_in_favour", _("Changed as you asked")
    FORWARDED = "forwarded", _("Sent on to the appeal body")
    UPHELD = "upheld", _("The decision stands")
    CHANGED = "changed", _("Changed by the appeal body")
    SENT_BACK = "sent_back", _("Sent back, to be looked at again")
    DISMISSED = "dismissed", _("Not taken up: it came too late")
    WITHDRAWN = "withdrawn", _("Withdrawn")


MOVES = {
    State.SENT: {State.IN_FAVOUR, State.FORWARDED, State.DISMISSED, State.WITHDRAWN},
    State.FORWARDED: {State.UPHELD, State.CHANGED, State.SENT_BACK, State.WITHDRAWN},
    State.SENT_BACK: {State.IN_FAVOUR, State.FORWARDED, State.WITHDRAWN},
    State.IN_FAVOUR: set(),
    State.UPHELD: set(),
    State.CHANGED: set(),
    State.DISMISSED: set(),
    State.WITHDRAWN: set(),
}
TO_REVIEW = (State.SENT, State.SENT_BACK)
OPEN = (*TO_REVIEW, State.FORWARDED)
BY_THE_BODY = (State.UPHELD, State.CHANGED, State.SENT_BACK)


class AppealQuerySet(models.QuerySet):
    def to_review(self):
        return self.filter(state__in=TO_REVIEW)

    def forwarded(self):
        return self.filter(state=State.FORWARDED)

    def is_open(self):
        return self.filter(state__in=OPEN)

    def visible_to(self, person):
        """Those who write the application, the leaders of the school and the municipality: an appeal is between them."""
        if getattr(person, "is_portal", False):
            return self
        kinds, own = Role.Kind, Role.objects.filter(person_id=person.pk)
        application = "decision__application__"
        written = GrantApplication.objects.written_by(person)
        leads = own.live(kinds=[kinds.PRINCIPAL, kinds.DEPUTY]).filter(school=OuterRef(f"{application}school"))
        serves = own.live(kinds=[kinds.MUNICIPALITY_OFFICER]).filter(
            municipality=OuterRef(f"{application}school__municipality")
        )
        return self.filter(Q(decision__application__in=written) | Exists(leads) | Exists(serves))

    def with_its_case(self):
        case = "decision__application__"
        names = ("scheme", "school__municipality", "school_class", "gathering")
        return self.select_related(*(f"{case}{name}" for name in names), "decision__decided_by")


class Appeal(models.Model):
    """Between the class and the municipality. `decision` is what it is about; a decision that follows from it is a new
    version, `leads_to`."""

    State = State

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="appeals")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=17, choices=State, default=State.SENT)
    what = models.TextField(_("What do you appeal?"), max_length=500)
    change = models.TextField(_("What do you want changed?"), max_length=2000)
    why = models.TextField(_("Why?"), max_length=4000, blank=True)
    why_late = models.TextField(_("Why does it come after the last day?"), max_length=1000, blank=True)
    is_late = models.BooleanField(default=False)
    sent_at = models.DateTimeField(auto_now_add=True)
    statement = models.TextField(_("What you say of the appeal"), max_length=4000, blank=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    outcome = models.TextField(_("Why the appeal body decided so"), max_length=4000, blank=True)
    decided_on = models.DateField(_("On which day did it decide?"), null=True)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    leads_to = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="follows_appeal")

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=~Q(state="withdrawn"), name="one_appeal_of_each_decision"
            ),
            models.CheckConstraint(condition=~Q(change="") & ~Q(what=""), name="appeal_says_what_and_which_change"),
            models.CheckConstraint(condition=Q(is_late=False) | ~Q(why_late=""), name="late_appeal_says_why"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None, statement="", state__in=["sent", "withdrawn"])
                | (~Q(statement="") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False) & ~Q(state="sent")),
                name="reviewed_appeal_has_a_statement",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["upheld", "changed", "sent_back"])
                | (~Q(outcome="") & Q(decided_on__isnull=False, recorded_by__isnull=False, recorded_at__isnull=False)),
                name="appeal_body_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["changed_in_favour", "changed"], leads_to__isnull=False)
                | Q(~Q(state__in=["changed_in_favour", "changed"]), leads_to=None),
                name="changed_appeal_leads_to_a_decision",
            ),
            models.CheckConstraint(condition=~Q(state="dismissed") | Q(is_late=True), name="only_late_is_dismissed"),
        ]

    class Privacy:
        personal = {
            *("by", "what", "change", "why", "why_late", "statement", "reviewed_by", "outcome", "recorded_by"),
        }
        plain = {
            *("id", "decision", "state", "is_late", "sent_at", "reviewed_at", "decided_on", "recorded_at", "leads_to"),
            "withdrawn_at",
        }

    def __str__(self):
        return f"appeal {self.pk}"

    def get_absolute_url(self):
        return reverse("grants:appeal_show", args=[self.pk])

    @property
    def application(self):
        return self.decision.application

    @property
    def school(self):
        return self.application.school

    @property
    def school_id(self):
        return self.application.school_id

    @property
    def is_withdrawable(self):
        return State.WITHDRAWN in MOVES[State(self.state)]


class AppealRound(models.Model):
    """What was said of an appeal that came back, and why it came back: it stays when the appeal goes on."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="rounds")
    statement = models.TextField(max_length=4000)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    outcome = models.TextField(max_length=4000)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["appeal", "recorded_at"], name="a_round_is_kept_once")]

    class Privacy:
        personal = {"statement", "reviewed_by", "outcome", "recorded_by"}
        plain = {"id", "appeal", "reviewed_at", "decided_on", "recorded_at"}

    def __str__(self):
        return f"round {self.pk}"

    @property
    def application(self):
        return self.appeal.application


class ReasonsDemandQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(given_at=None)

    def untold(self):
        return self.filter(given_at__isnull=False, told_on=None)

    def visible_to(self, person):
        return self.filter(decision__in=Decision.objects.visible_to(person))


class ReasonsDemand(models.Model):
    """Who got all they asked for got a letter without full reasons, and may have them."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="reasons_demand")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    reasons = models.TextField(_("The reasons for the decision"), max_length=4000, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)
    told_by_hand = models.BooleanField(default=False)

    objects = ReasonsDemandQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reasons="", given_by=None, given_at=None, told_on=None)
                | (~Q(reasons="") & Q(given_by__isnull=False, given_at__isnull=False)),
                name="reasons_are_given_by_somebody",
            ),
        ]

    class Privacy:
        personal = {"asked_by", "reasons", "given_by"}
        plain = {"id", "decision", "asked_at", "given_at", "told_on", "told_by_hand"}

    def __str__(self):
        return f"reasons {self.pk}"

    @property
    def school(self):
        return self.decision.application.school

    @property
    def school_id(self):
        return self.decision.application.school_id
