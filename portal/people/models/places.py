"""The municipality, its schools, their years, and the classes that move through them."""

from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db.models import Deferrable, F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import keys_of
from portal.text import models


class Source(models.Model):
    """The system that a row came from and its key there. Rows made by hand have neither."""

    source = models.CharField(max_length=80, blank=True, editable=False)
    source_id = models.CharField(max_length=255, blank=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source_id=""), name="%(class)s_once_per_source"
            )
        ]


class Municipality(models.Model):
    name = models.CharField(_("name"), max_length=120)
    number = models.CharField(_("municipality number"), max_length=8, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "municipalities"

    class Privacy:
        personal = set()
        plain = {"id", "name", "number"}

    def __str__(self):
        return self.name


class SchoolQuerySet(models.QuerySet):
    def visible_to(self, person):
        classes = SchoolClass.objects.visible_to(person)
        return self.filter(
            Q(pk__in=keys_of.schools_served(person))
            | Q(municipality__in=keys_of.municipalities_served(person))
            | Q(pk__in=classes.values("school"))
        )

    def run_by(self, person):
        return self.filter(pk__in=keys_of.schools_run(person))

    def with_care(self):
        """Those that have said that they have after-school care (`SchoolSetting`)."""
        return self.filter(setting__after_school_care=True)


class School(Source):
    class Country(models.TextChoices):
        NORWAY = "NO", _("Norway")
        DENMARK = "DK", _("Denmark")

    class LanguageForm(models.TextChoices):
        BOKMAAL = "nb", "Bokmål"
        NYNORSK = "nn", "Nynorsk"
        DANISH = "da", "Dansk"

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="schools")
    name = models.CharField(_("name"), max_length=120)
    number = models.CharField(_("school number"), max_length=100, unique=True)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    language_form = models.CharField(_("language"), max_length=2, choices=LanguageForm)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Oslo")
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta(Source.Meta):
        ordering = ["name"]

    class Privacy:
        personal = set()
        plain = {
            "id",
            "source",
            "source_id",
            "municipality",
            "name",
            "number",
            "country",
            "language_form",
            "time_zone",
            "phone",
            "email",
            "address",
        }

    def __str__(self):
        return self.name

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    def today(self):
        return timezone.localdate(timezone=self.zone)


class SchoolYearQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class SchoolYear(Source):
    school = models.ForeignKey(School, models.PROTECT, related_name="years")
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))

    objects = SchoolYearQuerySet.as_manager()

    class Meta(Source.Meta):
        ordering = ["-starts_on"]
        constraints = [
            *Source.Meta.constraints,
            models.UniqueConstraint(fields=["school", "starts_on"], name="one_year_per_start"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="year_ends_after_start"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "source", "source_id", "school", "starts_on", "ends_on"}

    def __str__(self):
        return f"{self.starts_on.year}/{self.ends_on.year}"


class Term(models.Model):
    """Autumn or spring: the window in which a class plans one of its two gatherings."""

    class Season(models.TextChoices):
        AUTUMN = "autumn", _("Autumn")
        SPRING = "spring", _("Spring")

    year = models.ForeignKey(SchoolYear, models.CASCADE, related_name="terms")
    season = models.CharField(_("season"), max_length=6, choices=Season)
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["year", "season"], name="one_term_per_season"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="term_ends_after_start"),
            ExclusionConstraint(
                name="terms_of_a_year_are_apart",
                expressions=[
                    ("year", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "year", "season", "starts_on", "ends_on"}

    def __str__(self):
        return f"{self.get_season_display()} {self.starts_on.year}"


class Cohort(models.Model):
    """The children who started together: 1A, 2A, 3A ... The parents' network belongs to the cohort."""

    school = models.ForeignKey(School, models.PROTECT, related_name="cohorts")
    letter = models.CharField(_("letter"), max_length=40)
    started_on = models.DateField(_("started"), help_text=_("the day the children began grade 1"))

    class Meta:
        ordering = ["school", "-started_on", "letter"]

    class Privacy:
        personal = set()
        plain = {"id", "school", "letter", "started_on"}

    def __str__(self):
        return f"{self.started_on.year} {self.letter}"


class SchoolClassQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(year__starts_on__lte=day, year__ends_on__gte=day)

    def current(self):
        return self.on(timezone.localdate())

    def visible_to(self, person):
        return self.filter(
            Q(pk__in=keys_of.classes_of_children(person))
            | Q(pk__in=keys_of.classes(person))
            | Q(school__in=keys_of.schools_run(person))
        )

    def followed_by(self, person):
        """Whose page the person reads: the classes of their children today, those they teach, and all at a school that
        they lead."""
        return self.filter(
            Q(pk__in=keys_of.classes_of_children(person))
            | Q(pk__in=keys_of.classes_taught(person))
            | Q(school__in=keys_of.schools_led(person))
        )

    def managed_by(self, person):
        """Where the person may know every family: the classes they teach, and all at a school whose office they run."""
        return self.filter(Q(pk__in=keys_of.classes_taught(person)) | Q(school__in=keys_of.schools_run(person)))


class SchoolClass(Source):
    """One class in one school year. It may hold pupils of several grades."""

    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="classes")
    school = models.ForeignKey(School, models.PROTECT, related_name="classes")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, blank=True, related_name="classes")
    name = models.CharField(_("name"), max_length=80)
    grades = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("grades"), default=list, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    objects = SchoolClassQuerySet.as_manager()

    class Meta(Source.Meta):
        ordering = ["grades", "name"]
        verbose_name_plural = "school classes"
        constraints = [
            *Source.Meta.constraints,
            models.UniqueConstraint(fields=["year", "name"], name="class_name_once_a_year"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "source", "source_id", "year", "school", "cohort", "name", "grades", "closed_on"}

    def __str__(self):
        return self.name
