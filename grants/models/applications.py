"""An application for support: it belongs to a gathering and to the class, and its states follow one table of transitions."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.no import kontonr

from grants.deadlines import month_after
from grants.models.schemes import GrantScheme
from networks.models import Gathering
from portal.actions import Refusal
from portal.people.models import Person, Role, School, SchoolClass, keys_of
from portal.people.models.keys_of import once_a_day
from portal.text import models


class NotEligible(Refusal):
    """The scheme does not cover this class, is not open now, or the class already has its award."""


class NotSubmittable(Refusal):
    """Something is missing, or the application has already been sent."""


class NotMovable(Refusal):
    """Somebody else was first, or the application has come too far for this."""


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent")
    NEEDS_INFO = "needs_info", _("We need more information")
    IN_REVIEW = "in_review", _("Being considered")
    TRANSFERRED = "transferred", _("Passed on to the municipality")
    APPROVED = "approved", _("You will get support")
    PARTLY_APPROVED = "partly_approved", _("You will get part of the support")
    REJECTED = "rejected", _("You will not get support")
    DISMISSED = "dismissed", _("Outside the scheme")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("The support was not used")


CASE_STATES = {
    Status.APPROVED: _("Granted"),
    Status.PARTLY_APPROVED: _("Partly granted"),
    Status.REJECTED: _("Not granted"),
    Status.LAPSED: _("Not used"),
    Status.NEEDS_INFO: _("Waits for the class"),
}
RESULTS = (Status.APPROVED, Status.PARTLY_APPROVED, Status.REJECTED, Status.DISMISSED)
DECIDED = (*RESULTS, Status.LAPSED)
AWARDED = (Status.APPROVED, Status.PARTLY_APPROVED)
WAITING = (Status.SUBMITTED, Status.IN_REVIEW, Status.TRANSFERRED)
IN_HAND = (Status.NEEDS_INFO, *WAITING, *AWARDED)  # sent, and not over
ALIVE = (Status.DRAFT, Status.NEEDS_INFO, *WAITING, *AWARDED)

MOVES = {
    Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
    Status.SUBMITTED: {Status.IN_REVIEW, Status.TRANSFERRED, Status.WITHDRAWN},
    Status.NEEDS_INFO: {Status.SUBMITTED, Status.IN_REVIEW, Status.TRANSFERRED, Status.WITHDRAWN},
    Status.IN_REVIEW: {Status.NEEDS_INFO, Status.TRANSFERRED, Status.WITHDRAWN, *RESULTS},
    Status.TRANSFERRED: {Status.IN_REVIEW, Status.WITHDRAWN},
    Status.APPROVED: {Status.PARTLY_APPROVED, Status.LAPSED},
    Status.PARTLY_APPROVED: {Status.APPROVED, Status.LAPSED},
    Status.REJECTED: set(),
    Status.DISMISSED: set(),
    Status.WITHDRAWN: set(),
    Status.LAPSED: set(),
}


class Payee(models.TextChoices):
    SCHOOL = "school", _("The school pays the bill")
    CLASS_ACCOUNT = "class_account", _("The class's account")
    COMMITTEE = "committee", _("The account of the parents' committee")
    OUTLAY = "outlay", _("I have paid and want the money back")


WITH_ACCOUNT = (Payee.CLASS_ACCOUNT, Payee.COMMITTEE, Payee.OUTLAY)
NORWEGIAN_DIGITS = 11
DANISH_DIGITS = (9, 14)
LONGEST_HOLDER = 70  # as much of a name as a bank reads


def _leaders(school):
    return Role.objects.live(kinds=[Role.Kind.PRINCIPAL, Role.Kind.DEPUTY]).filter(school=school)


def _contacted(person):
    return keys_of.classes(person, [Role.Kind.CLASS_CONTACT])


class GrantApplicationQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(status=Status.DRAFT)

    def unopened(self):
        return self.filter(status=Status.SUBMITTED, taken_up_at=None)

    def waiting(self):
        """With those who decide: also when the class has let the day pass by which it was asked to answer."""
        return self.filter(Q(status__in=WAITING) | Q(pk__in=self.model.objects.unanswered().values("pk")))

    def unanswered(self):
        return self.filter(
            status=Status.NEEDS_INFO,
            information_requests__answered_at=None,
            information_requests__answer_by__lt=timezone.localdate(),
        )

    def alive(self):
        return self.filter(status__in=ALIVE)

    def in_hand(self):
        return self.filter(status__in=IN_HAND)

    def awarded(self):
        return self.filter(status__in=AWARDED)

    def sent(self):
        return self.exclude(submitted_at=None)

    def at_school(self):
        return self.filter(transferred_at=None)

    def at_municipality(self):
        """Passed on, or at a school that nobody leads now."""
        return self.filter(Q(transferred_at__isnull=False) | ~Exists(_leaders(OuterRef("school"))))

    @once_a_day
    def written_by(self, person):
        """Those of the classes whose contact the person is, and those to which they have said yes as co-applicant, while
        their child is in the class."""
        together = self.model.objects.written_along_by(person)
        return self.filter(Q(school_class__in=_contacted(person)) | Q(pk__in=together.values("pk")))

    def written_in(self, hat):
        """As class contact those of the class; at home those that the person writes along, and not as class contact."""
        if hat.scope:
            return self.filter(school_class=hat.scope)
        return self.written_along_by(hat.person).exclude(school_class__in=_contacted(hat.person))

    def written_along_by(self, person):
        """As co-applicant."""
        accepted = self.model.objects.filter(
            co_applicants__person_id=person.pk, co_applicants__accepted_at__isnull=False, co_applicants__ended_at=None
        )
        with_child = self.filter(school_class__in=keys_of.classes_of_children(person), pk__in=accepted.values("pk"))
        return with_child.exclude(school_class__in=keys_of.classes_restricted(person))

    def visible_to(self, person):
        """Those who write it see all of it; the class's teachers and the school's principal what was sent; the
        municipality what was passed on or appealed, and what is sent to a school that nobody leads; the guardians of the
        class what was decided."""
        return self if getattr(person, "is_portal", False) else self._known_to(person)

    @once_a_day
    def _known_to(self, person):
        at_school = Q(school_class__in=keys_of.classes_taught(person)) | Q(school__in=keys_of.schools_led(person))
        return self.filter(
            Q(pk__in=self.model.objects.written_by(person).values("pk"))
            | Q(at_school, submitted_at__isnull=False)
            | Q(
                Q(transferred_at__isnull=False) | Q(appealed_at__isnull=False) | ~Exists(_leaders(OuterRef("school"))),
                school__municipality__in=keys_of.municipalities_served(person),
                submitted_at__isnull=False,
            )
            | Q(school_class__in=keys_of.classes_of_children(person), status__in=DECIDED)
        )

    def with_names(self):
        return self.select_related("school", "school_class__school", "gathering", "scheme", "applicant")


class GrantApplication(models.Model):
    """The class applies, through its class contacts: when they change, the class keeps its case."""

    Status = Status
    Payee = Payee

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="grant_applications")
    scheme = models.ForeignKey(GrantScheme, models.PROTECT, related_name="applications")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="grant_applications")
    school = models.ForeignKey(School, models.PROTECT, related_name="grant_applications")
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="grant_applications")
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.DRAFT)
    purpose = models.TextField(_("What will you do?"), max_length=1000, blank=True)
    child_participation = models.TextField(_("How do the children help to plan it?"), max_length=1000, blank=True)
    inclusion_measures = models.TextField(_("What do you do so that everyone can come?"), max_length=1000, blank=True)
    budget_lines = models.TextField(_("What will the money be used for?"), max_length=500, blank=True)
    cost_per_family = models.PositiveIntegerField(_("What does it cost each family?"), null=True, blank=True)
    amount_requested = models.PositiveIntegerField(_("How much do you apply for?"), null=True, blank=True)
    payee_kind = models.CharField(_("Where should the money go?"), max_length=14, choices=Payee, blank=True)
    account = models.EncryptedCharField(_("Account number"), max_length=40, null=True, blank=True)
    account_holder = models.CharField(_("Who has the account?"), max_length=LONGEST_HOLDER, blank=True)
    relationship_to_decider = models.BooleanField(
        _("Are you related to the principal, or are you close to each other?"), null=True
    )
    terms = models.BooleanField(
        _("Everyone in the class is invited, the gathering is free of alcohol and drugs, and we send a short report"),
        default=False,
    )
    reply_language = models.CharField(
        _("Which language do you want the answer in?"), max_length=2, choices=Person.Language
    )
    families_total = models.PositiveIntegerField(null=True, editable=False)
    families_invited = models.PositiveIntegerField(null=True, editable=False)
    journal_number = models.CharField(_("journal number"), max_length=40, blank=True)
    changed_at = models.DateTimeField(auto_now=True)
    received_on = models.DateField(_("Which day did the paper come?"), null=True, editable=False)
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")
    award_number = models.PositiveSmallIntegerField(null=True, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    taken_up_at = models.DateTimeField(null=True, editable=False)
    transferred_at = models.DateTimeField(null=True, editable=False)
    expected_on = models.DateField(_("When will the class have its answer?"), null=True, blank=True)
    delay_reason = models.TextField(_("Why does it take longer?"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    appealed_at = models.DateTimeField(null=True, editable=False)
    exported_at = models.DateTimeField(null=True, editable=False)
    as_sent = models.JSONField(null=True, editable=False)  # `grants.sent`
    noted = models.JSONField(default=list, editable=False)  # `grants.papers.note`

    objects = GrantApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(  # the database numbers what is awarded, as far as the scheme's `times`
                fields=["scheme", "school_class", "award_number"], name="one_award_per_class_period_and_number"
            ),
            models.CheckConstraint(
                condition=Q(received_on=None, registered_by=None)
                | Q(received_on__isnull=False, registered_by__isnull=False),
                name="paper_has_a_day_and_who_entered_it",
            ),
            models.UniqueConstraint(
                fields=["gathering"],
                condition=~Q(status__in=["withdrawn", "rejected", "dismissed", "lapsed"]),
                name="one_live_application_per_gathering",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(
                    ~Q(purpose=""),
                    submitted_at__isnull=False,
                    amount_requested__gt=0,
                    terms=True,
                    relationship_to_decider__isnull=False,
                ),
                name="what_is_sent_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["approved", "partly_approved", "rejected", "dismissed", "lapsed"],
                    decided_at__isnull=False,
                )
                | Q(~Q(status__in=["approved", "partly_approved", "rejected", "dismissed", "lapsed"]), decided_at=None),
                name="decided_when_it_is_decided",
            ),
            models.CheckConstraint(
                condition=~Q(status="transferred") | Q(transferred_at__isnull=False), name="transferred_has_a_time"
            ),
        ]
        indexes = [models.Index(fields=["school", "status"], name="application_by_school")]

    class Privacy:
        personal = {
            "applicant",
            "purpose",
            "child_participation",
            "inclusion_measures",
            "budget_lines",
            "delay_reason",
            "account",
            "account_holder",
            "relationship_to_decider",
            "reply_language",
            "registered_by",
            "as_sent",
            "noted",
        }
        plain = {
            "id",
            "gathering",
            "scheme",
            "school_class",
            "school",
            "status",
            "cost_per_family",
            "amount_requested",
            "payee_kind",
            "terms",
            "families_total",
            "families_invited",
            "journal_number",
            "changed_at",
            "received_on",
            "award_number",
            "submitted_at",
            "taken_up_at",
            "transferred_at",
            "expected_on",
            "decided_at",
            "appealed_at",
            "exported_at",
        }

    def __str__(self):
        return f"application {self.pk}"

    def get_absolute_url(self):
        return reverse("grants:application_show", args=[self.pk])

    @property
    def case_number(self):
        """The portal's own number, such as 26/0147, of the school's year; the journal number is the archive's."""
        sent_at = timezone.localtime(self.submitted_at or self.changed_at, self.school.zone)
        return f"{sent_at:%y}/{self.pk:04}"

    @property
    def outcome(self):
        """Worded for the school; `get_status_display` is worded for the class."""
        return CASE_STATES.get(self.status) or self.get_status_display()

    @property
    def is_draft(self):
        return self.status == Status.DRAFT

    @property
    def is_changeable(self):
        """What is sent may still be changed, until somebody has opened it."""
        return self.status == Status.SUBMITTED and self.taken_up_at is None

    @property
    def takes_files(self):
        return self.is_draft or self.is_changeable or self.status == Status.NEEDS_INFO

    @property
    def is_waiting(self):
        """As in `waiting`: asked only of a case that waits for the class's answer."""
        if self.status != Status.NEEDS_INFO:
            return self.status in WAITING
        return type(self).objects.unanswered().filter(pk=self.pk).exists()

    @property
    def is_decided(self):
        return self.status in DECIDED

    @property
    def is_lapsed(self):
        return self.status == Status.LAPSED

    @property
    def is_withdrawable(self):
        return Status.WITHDRAWN in MOVES[Status(self.status)]

    @property
    def has_leader(self):
        """Whether somebody at the school can decide it today."""
        return _leaders(self.school_id).exists()

    @property
    def answer_due(self):
        """A month after it came, by which the class has an answer or is told when it comes; then that day."""
        return self.expected_on or month_after(self.came_on)

    @property
    def came_on(self):
        """The day on which it was handed in: the paper's own, where it came on paper."""
        return self.received_on or timezone.localtime(self.submitted_at, self.school.zone).date()

    @property
    def account_in_part(self):
        return in_part(self.account)


def in_part(account):
    """The last three digits: enough to recognise the account, not to use it."""
    return f"•••• •• ••{account[-3:]}" if account else ""


def looks_like_account(typed, country):
    """Eleven digits with a check digit in Norway; in Denmark nine to fourteen, of which only the count is checked."""
    digits = "".join(mark for mark in typed if mark.isdigit())
    if set(typed) - set("0123456789 .-\u00a0") or not digits.strip("0"):
        return False
    if country == School.Country.DENMARK:
        return DANISH_DIGITS[0] <= len(digits) <= DANISH_DIGITS[1]
    return len(digits) == NORWEGIAN_DIGITS and kontonr.is_valid(digits)
