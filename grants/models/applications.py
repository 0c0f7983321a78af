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
from portal.people.models import GuardianRelation, Person, Role, School, SchoolClass
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


CASE_STATES = {
    Status.APPROVED: _("Granted"),
    Status.PARTLY_APPROVED: _("Partly granted"),
    Status.REJECTED: _("Not granted"),
}
DECIDED = (Status.APPROVED, Status.PARTLY_APPROVED, Status.REJECTED, Status.DISMISSED)
AWARDED = (Status.APPROVED, Status.PARTLY_APPROVED)
WAITING = (Status.SUBMITTED, Status.IN_REVIEW, Status.TRANSFERRED)
ALIVE = (Status.DRAFT, Status.NEEDS_INFO, *WAITING, *AWARDED)

MOVES = {
    Status.DRAFT: {Status.SUBMITTED, Status.WITHDRAWN},
    Status.SUBMITTED: {Status.IN_REVIEW, Status.TRANSFERRED, Status.WITHDRAWN},
    Status.NEEDS_INFO: {Status.SUBMITTED, Status.IN_REVIEW, Status.TRANSFERRED, Status.WITHDRAWN},
    Status.IN_REVIEW: {Status.NEEDS_INFO, Status.TRANSFERRED, Status.WITHDRAWN, *DECIDED},
    Status.TRANSFERRED: {Status.IN_REVIEW, Status.WITHDRAWN},
    Status.APPROVED: {Status.PARTLY_APPROVED},
    Status.PARTLY_APPROVED: {Status.APPROVED},
    Status.REJECTED: set(),
    Status.DISMISSED: set(),
    Status.WITHDRAWN: set(),
}


class Payee(models.TextChoices):
    SCHOOL = "school", _("The school pays the bill")
    CLASS_ACCOUNT = "class_account", _("The class's account")
    OUTLAY = "outlay", _("I have paid and want the money back")


WITH_ACCOUNT = (Payee.CLASS_ACCOUNT, Payee.OUTLAY)
NORWEGIAN_DIGITS = 11
DANISH_DIGITS = (9, 14)


class GrantApplicationQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(status=Status.DRAFT)

    def waiting(self):
        return self.filter(status__in=WAITING)

    def alive(self):
        return self.filter(status__in=ALIVE)

    def awarded(self):
        return self.filter(status__in=AWARDED)

    def sent(self):
        return self.exclude(submitted_at=None)

    def at_school(self):
        return self.filter(transferred_at=None)

    def at_municipality(self):
        return self.filter(transferred_at__isnull=False)

    def visible_to(self, person):
        """The class contacts see all of it; the class's teachers and the school's principal what was sent; the
        municipality what was passed on or appealed; the guardians of the class what was decided."""
        if getattr(person, "is_portal", False):
            return self
        kinds = Role.Kind
        own = Role.objects.filter(person_id=person.pk)
        in_class = own.filter(school_class=OuterRef("school_class"))
        at_school = own.live(kinds=[kinds.PRINCIPAL, kinds.DEPUTY]).filter(school=OuterRef("school"))
        at_municipality = own.live(kinds=[kinds.MUNICIPALITY_OFFICER]).filter(
            municipality=OuterRef("school__municipality")
        )
        wards = GuardianRelation.objects.live().in_class(OuterRef("school_class")).filter(guardian_id=person.pk)
        return self.filter(
            Exists(in_class.live(kinds=[kinds.CLASS_CONTACT]))
            | Q(
                Exists(in_class.live(kinds=[kinds.CONTACT_TEACHER, kinds.SUBJECT_TEACHER])) | Exists(at_school),
                submitted_at__isnull=False,
            )
            | Q(Q(transferred_at__isnull=False) | Q(appealed_at__isnull=False), Exists(at_municipality))
            | Q(Exists(wards), status__in=DECIDED)
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
    cost_per_family = models.PositiveIntegerField(_("What does it cost each family?"), null=True, blank=True)
    amount_requested = models.PositiveIntegerField(_("How much do you apply for?"), null=True, blank=True)
    payee_kind = models.CharField(_("Where should the money go?"), max_length=14, choices=Payee, blank=True)
    account = models.EncryptedCharField(_("Account number"), max_length=40, null=True, blank=True)
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
    submitted_at = models.DateTimeField(null=True, editable=False)
    taken_up_at = models.DateTimeField(null=True, editable=False)
    transferred_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    appealed_at = models.DateTimeField(null=True, editable=False)
    exported_at = models.DateTimeField(null=True, editable=False)

    objects = GrantApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "school_class"],
                condition=Q(status__in=["approved", "partly_approved"]),
                name="one_award_per_class_and_period",
            ),
            models.UniqueConstraint(
                fields=["gathering"],
                condition=~Q(status__in=["withdrawn", "rejected", "dismissed"]),
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
                    status__in=["approved", "partly_approved", "rejected", "dismissed"], decided_at__isnull=False
                )
                | Q(~Q(status__in=["approved", "partly_approved", "rejected", "dismissed"]), decided_at=None),
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
            "account",
            "relationship_to_decider",
            "reply_language",
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
            "submitted_at",
            "taken_up_at",
            "transferred_at",
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
        """The portal's own number, such as 26/0147; the journal number is the archive's."""
        return f"{(self.submitted_at or self.changed_at):%y}/{self.pk:04}"

    @property
    def outcome(self):
        """Worded for the school; `get_status_display` is worded for the class."""
        return CASE_STATES.get(self.status) or self.get_status_display()

    @property
    def is_draft(self):
        return self.status == Status.DRAFT

    @property
    def is_waiting(self):
        return self.status in WAITING

    @property
    def is_decided(self):
        return self.status in DECIDED

    @property
    def is_withdrawable(self):
        return Status.WITHDRAWN in MOVES[Status(self.status)]

    @property
    def answer_due(self):
        """A month after it was sent: by then the class has an answer, or is told when it comes."""
        sent = timezone.localtime(self.submitted_at, self.school.zone).date()
        return month_after(sent)

    @property
    def account_in_part(self):
        """The last three digits: enough to recognise the account, not to use it."""
        return f"•••• •• ••{self.account[-3:]}" if self.account else ""


def looks_like_account(typed, country):
    """Eleven digits with a check digit in Norway; in Denmark nine to fourteen, of which only the count is checked."""
    digits = "".join(mark for mark in typed if mark.isdigit())
    if set(typed) - set("0123456789 .-\u00a0") or not digits.strip("0"):
        return False
    if country == School.Country.DENMARK:
        return DANISH_DIGITS[0] <= len(digits) <= DANISH_DIGITS[1]
    return len(digits) == NORWEGIAN_DIGITS and kontonr.is_valid(digits)


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
