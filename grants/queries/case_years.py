"""The cases of a school year: at one school, or at all schools of a municipality, which pays."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse

from grants.case_page import Column
from grants.case_page import columns as brought
from grants.models import Decision, GrantApplication, GrantScheme
from grants.models.applications import AWARDED
from grants.queries.eligibility import Budget, budget_of, given_by_school
from grants.queries.payments import awarded_at
from portal.people.models import Municipality, Person, Role, School, SchoolYear, keys_of
from portal.speech import day, money


@dataclass(frozen=True)
class CaseYear:
    """A school year whose cases somebody sees; `school` is None where it is that of a whole municipality."""

    key: str
    years: list[SchoolYear]
    municipality: Municipality
    school: School | None = None

    @property
    def place(self):
        return (self.school or self.municipality).name

    @property
    def starts_on(self):
        return min(year.starts_on for year in self.years)

    @property
    def ends_on(self):
        return max(year.ends_on for year in self.years)

    def __str__(self):
        return str(self.years[0])


def case_years(person: Person) -> list[CaseYear]:
    """Of the schools that the person leads, and of all schools of the municipality that they work for."""
    led = Role.objects.live(kinds=[Role.Kind.PRINCIPAL, Role.Kind.DEPUTY]).filter(person_id=person.pk)
    is_led = Q(school__in=led.values("school"))
    is_served = Q(school__municipality__in=keys_of.municipalities_served(person))
    years = SchoolYear.objects.filter(is_led | is_served).annotate(is_led=is_led, is_served=is_served)
    at_school, together = [], defaultdict(list)
    for year in years.select_related("school__municipality"):
        if year.is_led:
            at_school.append(CaseYear(str(year.pk), [year], year.school.municipality, year.school))
        if year.is_served:
            together[year.school.municipality, year.starts_on.year].append(year)
    newest = sorted(together.items(), key=lambda one: (-one[0][1], one[0][0].name))
    return at_school + [CaseYear(f"{place.pk}-{begun}", found, place) for (place, begun), found in newest]


@dataclass(frozen=True)
class Cell:
    """What a wing says of one case in its column: øre, a day, or a few words; None is nothing yet."""

    value: object
    is_money: bool = False
    heading: object = ""

    @property
    def words(self):
        if self.value in (None, ""):
            return ""
        return (
            money(self.value) if self.is_money else day(self.value) if isinstance(self.value, date) else str(self.value)
        )


@dataclass(frozen=True)
class Line:
    """One case `with_latest`, as the list shows it: without account number, and without anybody's name."""

    application: GrantApplication
    cells: list[Cell] = field(default_factory=list)
    url: str = ""

    @property
    def awarded(self):
        """What the class has, or None: an award that lapsed is nobody's any more."""
        return self.application.newest_amount if self.application.status in AWARDED else None


@dataclass(frozen=True)
class YearCases:
    """The cases of a school year, with the columns that the wings bring."""

    year: CaseYear
    lines: list[Line]
    budget: Budget | None
    columns: list[Column] = field(default_factory=list)

    @property
    def has_numbers(self):
        """Not while no case has been given one: then nobody needs the column."""
        return any(line.application.journal_number for line in self.lines)

    @property
    def before_amounts(self):
        """How many columns stand before what was awarded: class, case, when it was sent, result, and those that not
        every list has."""
        return 4 + (self.year.school is None) + self.has_numbers

    @property
    def given(self):
        return sum(line.awarded or 0 for line in self.lines)

    @property
    def asked(self):
        return sum(line.application.amount_requested or 0 for line in self.lines)

    @property
    def totals(self):
        """What each column of money comes to; nothing for the others."""
        return [
            Cell(sum(line.cells[number].value or 0 for line in self.lines), True, column.heading)
            if column.money
            else Cell(None)
            for number, column in enumerate(self.columns)
        ]


def cases_of(year: CaseYear, person: Person) -> YearCases:
    """In the same number of questions, however many cases and schools there are."""
    same = {"pk": OuterRef("pk")}
    sent = (
        with_latest(GrantApplication.objects.sent())
        .filter(school_class__year__in=year.years)
        .annotate(
            is_seen=Exists(GrantApplication.objects.visible_to(person).filter(**same)),
            is_paid=Exists(awarded_at(person).filter(**same)),
        )
        .select_related("school__municipality", "school_class", "gathering", "scheme")
        .order_by("school__name", "school_class__grades", "school_class__name", "submitted_at")
    )
    columns = brought()
    read = [(column, column.read(list(sent))) for column in columns]
    lines = [
        Line(
            application,
            [Cell(values.get(application.pk), column.money, column.heading) for column, values in read],
            _address_of(application),
        )
        for application in sent
    ]
    return YearCases(year, lines, _budget_of(year), columns)


def _address_of(application):
    """Of the case for those who may read it; else, for those who pay, of its money."""
    if application.is_seen:
        return application.get_absolute_url()
    return reverse("grants:money_show", args=[application.pk]) if application.is_paid else ""


def _budget_of(year):
    """None where there is no scheme in that year, or one for each country."""
    schemes = GrantScheme.objects.filter(
        municipality=year.municipality, starts_on__lte=year.ends_on, ends_on__gt=year.starts_on
    )
    if year.school:
        scheme = schemes.covering(year.school).first()
        return budget_of(scheme, year.school) if scheme else None
    found = list(schemes)
    return Budget(found[0].budget, sum(given_by_school(found).values())) if len(found) == 1 else None


def with_latest(applications):
    """Each with what the newest version of its decision gives and when it was made: `newest_amount`, in øre, and
    `newest_at`."""
    latest = Decision.objects.latest_versions().filter(application=OuterRef("pk"))
    return applications.annotate(
        newest_amount=Subquery(latest.values("amount")[:1]), newest_at=Subquery(latest.values("decided_at")[:1])
    )
