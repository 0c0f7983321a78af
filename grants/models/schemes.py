"""The scheme: who may have how much, from when to when, on which conditions, under which rules."""

from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Municipality, Person, Role, School, keys_of
from portal.people.models.persons import date_span
from portal.text import models

ONE_THOUSAND_KRONER = 100_000
FIRST_AND_EIGHTH = (1, 8)
MOST_TIMES = 4
ZONES = {School.Country.NORWAY: ZoneInfo("Europe/Oslo"), School.Country.DENMARK: ZoneInfo("Europe/Copenhagen")}
FIXED = (  # what classes rely on from the day it opens: afterwards the period has this, and no other
    "municipality",
    "country",
    "title",
    "amount",
    "grades",
    "times",
    "starts_on",
    "ends_on",
    "opens_on",
    "held_allowed",
    "themes_allowed",
    "payees",
    "conditions",
    "more_conditions",
    "report_days",
    "answer_days",
    "pay_days",
    "appeal_body",
    "appeal_weeks",
    "reasons_days",
)
ARCHIVED_AS = ("archive_class", "kept_years")


class SchemeOverlaps(Refusal):
    """The municipality already has a scheme in this period."""


class SchemeFixed(Refusal):
    """Classes rely on what the scheme offers since it opened."""


class SharesTooMuch(Refusal):
    """More is shared out than there is, or a school would get less than it has given already."""


class Condition(models.TextChoices):
    WHOLE_CLASS = "whole_class", _("Everyone in the class is invited.")
    SOCIAL = "social", _("The money is used for the social gathering that you applied for.")
    ALCOHOL_FREE = "alcohol_free", _("The gathering is free of alcohol and drugs.")
    TELL_CHANGES = "tell_changes", _("You tell the school if the gathering is moved or cancelled.")
    RECEIPTS = "receipts", _("You keep the receipts and send a short report after the gathering.")
    RETURN_REST = "return_rest", _("You pay back what is left over.")


class RuleReferenceQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)

    def visible_to(self, person):
        return self

    def in_language(self, language):
        """Each code once: in this language or, where it has none, the row that was added first. Expects the rules of
        one municipality and country on one day."""
        named = self.order_by("code", models.Case(models.When(language=language, then=0), default=1), "pk")
        return self.filter(pk__in=named.distinct("code").values("pk"))


class RuleReference(models.Model):
    """Laws change: each reference has its dates, and the municipality edits it."""

    class Use(models.TextChoices):
        GROUND = "ground", _("Ground for a decision")
        APPEAL = "appeal", _("Right to appeal")
        ACCESS = "access", _("Right to see the case")
        REASONS = "reasons", _("Right to reasons")
        IMPARTIALITY = "impartiality", _("Impartiality")

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="grant_rules")
    country = models.CharField(_("country"), max_length=2, choices=School.Country, default=School.Country.NORWAY)
    use = models.CharField(_("used for"), max_length=12, choices=Use)
    code = models.SlugField(_("code"), max_length=40)
    language = models.CharField(_("language"), max_length=2, choices=Person.Language)
    label = models.CharField(_("name in letters"), max_length=200)
    url = models.URLField(_("address"), blank=True)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = RuleReferenceQuerySet.as_manager()

    class Meta:
        ordering = ["use", "code", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code", "language", "valid_from"], name="one_rule_per_language_and_date"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="rule_ends_after_start"
            ),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "municipality", "country", "use", "code", "language", "label", "url", "valid_from", "valid_to"}

    def __str__(self):
        return self.label


class GrantSchemeQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def current(self):
        return self.on(timezone.localdate())

    def run_by(self, person):
        return self.filter(municipality__in=keys_of.municipalities_served(person))

    def covering(self, school):
        return self.filter(municipality_id=school.municipality_id, country=school.country)

    def offered_to(self, person):
        """What concerns the schools and municipalities where the person has a role; everything when there is no such
        role."""
        roles = Role.objects.live().filter(person_id=person.pk)
        at = roles.select_related("school", "school_class__school")
        schools = {role.school_class.school if role.school_class else role.school for role in at} - {None}
        served = [role.municipality_id for role in at if role.municipality_id]
        if not schools and not served:
            return self
        found = Q(municipality__in=served)
        for school in schools:
            found |= Q(municipality_id=school.municipality_id, country=school.country)
        return self.filter(found)

    def visible_to(self, person):
        """What is offered, to whom and on which conditions, is public."""
        return self


class GrantScheme(models.Model):
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="grant_schemes")
    country = models.CharField(_("country"), max_length=2, choices=School.Country, default=School.Country.NORWAY)
    title = models.CharField(_("title"), max_length=160)
    amount = models.PositiveIntegerField(
        _("highest amount"), default=ONE_THOUSAND_KRONER, validators=[MinValueValidator(1)]
    )
    grades = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("grades"))
    times = models.PositiveSmallIntegerField(
        _("times a class can get it in the period"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_TIMES)],
    )
    starts_on = models.DateField(_("period starts"))
    ends_on = models.DateField(_("period ends"))
    opens_on = models.DateField(_("opens for applications"))
    closes_on = models.DateField(_("closes for applications"))
    budget = models.PositiveIntegerField(
        _("budget of the municipality"), null=True, blank=True, help_text=_("Empty: no ceiling.")
    )
    held_allowed = models.BooleanField(_("may be applied for after the gathering"), default=False)
    themes_allowed = models.BooleanField(_("theme evenings may be supported too"), default=False)
    payees = ArrayField(models.CharField(max_length=14), verbose_name=_("where the money may go"))
    conditions = ArrayField(models.CharField(max_length=20, choices=Condition), verbose_name=_("conditions"))
    more_conditions = models.TextField(
        _("further conditions"), blank=True, help_text=_("One condition on each line. They stand in every letter.")
    )
    report_days = models.PositiveSmallIntegerField(_("days to send the report"), default=30)
    answer_days = models.PositiveSmallIntegerField(_("usual days to an answer"), default=14)
    pay_days = models.PositiveSmallIntegerField(_("usual days to payment"), default=7)
    appeal_body = models.CharField(_("who decides an appeal"), max_length=160)
    appeal_weeks = models.PositiveSmallIntegerField(
        _("weeks to appeal"), null=True, blank=True, default=3, help_text=_("Empty: the law sets no limit.")
    )
    reasons_days = models.PositiveSmallIntegerField(
        _("days to ask for the reasons"),
        null=True,
        blank=True,
        help_text=_("Empty: as long as one can appeal. In Denmark the law says 14 days."),
    )
    archive_class = models.CharField(
        _("class in the archive"), max_length=80, blank=True, help_text=_("As in the plan of the archive.")
    )
    kept_years = models.PositiveSmallIntegerField(
        _("years that a case is kept"), null=True, blank=True, help_text=_("Empty: for good.")
    )

    objects = GrantSchemeQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "country"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="scheme_gives_something"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="scheme_ends_after_start"),
            models.CheckConstraint(condition=Q(opens_on__lte=F("closes_on")), name="scheme_opens_before_it_closes"),
            models.CheckConstraint(condition=~Q(grades=[]), name="scheme_names_grades"),
            models.CheckConstraint(condition=~Q(conditions=[]), name="scheme_has_conditions"),
            models.CheckConstraint(condition=~Q(payees=[]), name="scheme_pays_somebody"),
            models.CheckConstraint(condition=Q(times__range=(1, MOST_TIMES)), name="scheme_gives_a_few_times"),
            ExclusionConstraint(
                name="one_scheme_at_a_time",
                expressions=[
                    ("municipality", RangeOperators.EQUAL),
                    ("country", RangeOperators.EQUAL),
                    (date_span("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    class Privacy:
        personal = set()
        plain = {
            "id",
            "municipality",
            "country",
            "title",
            "amount",
            "grades",
            "times",
            "payees",
            "starts_on",
            "ends_on",
            "opens_on",
            "closes_on",
            "budget",
            "held_allowed",
            "themes_allowed",
            "conditions",
            "more_conditions",
            "report_days",
            "answer_days",
            "pay_days",
            "appeal_body",
            "appeal_weeks",
            "reasons_days",
            "archive_class",
            "kept_years",
        }

    def __str__(self):
        return f"{self.title} {self.starts_on.year}/{self.ends_on.year}"

    def get_absolute_url(self):
        return reverse("grants:scheme_show", args=[self.pk])

    def is_open(self, day):
        return self.opens_on <= day <= self.closes_on

    def today(self):
        """The day where its schools are."""
        return timezone.localdate(timezone=ZONES[self.country])

    @property
    def has_opened(self):
        """From then on what it offers stands (`FIXED`)."""
        return self.opens_on <= self.today()

    @property
    def has_closed(self):
        return self.closes_on < self.today()

    def covers(self, school_class):
        """One grade that the scheme is for is enough: a class may have several."""
        return bool(set(self.grades) & set(school_class.grades))

    def conditions_in_words(self):
        standard = [str(Condition(code).label) for code in self.conditions]
        return standard + [line.strip() for line in self.more_conditions.splitlines() if line.strip()]


class SchoolBudget(models.Model):
    scheme = models.ForeignKey(GrantScheme, models.CASCADE, related_name="school_budgets")
    school = models.ForeignKey(School, models.PROTECT, related_name="grant_budgets")
    amount = models.PositiveIntegerField(_("budget"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "school"], name="one_budget_per_school_and_scheme")]

    class Privacy:
        personal = set()
        plain = {"id", "scheme", "school", "amount"}

    def __str__(self):
        return f"budget {self.pk}"
