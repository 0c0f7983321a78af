"""The register of a school year: at one school, or at all schools of a municipality, which pays."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from grants.case_page import Column
from grants.case_page import columns as brought
from grants.models import Decision, GrantApplication, GrantScheme
from grants.models.applications import AWARDED
from grants.queries.eligibility import Budget, budget_of, given_by_school
from grants.queries.payments import awarded_at
from portal.people.models import Municipality, Person, Role, School, SchoolYear
from portal.speech import day, money


@dataclass(frozen=True)
class CaseYear:
    """A school year whose register somebody keeps; `school` is None where it is that of a whole municipality."""

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
    years = SchoolYear.objects.select_related("school__municipality")
    at_school = [
        CaseYear(str(year.pk), [year], year.school.municipality, year.school)
        for year in years.filter(school__in=led.values("school"))
    ]
    together = defaultdict(list)
    for year in years.filter(school__municipality__in=person.roles.municipalities_served()):
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
    """One case as the register shows it: without account number, and without anybody's name."""

    application: GrantApplication
    decision: Decision | None
    cells: list[Cell] = field(default_factory=list)
    url: str = ""

    @property
    def awarded(self):
        """What the class has, or None: an award that lapsed is nobody's any more."""
        return self.decision.amount if self.decision and self.application.status in AWARDED else None


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
        every register has."""
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
    sent = (
        GrantApplication.objects.sent()
        .filter(school_class__year__in=year.years)
        .select_related("school__municipality", "school_class", "gathering", "scheme")
        .order_by("school__name", "school_class__grades", "school_class__name", "submitted_at")
    )
    latest, columns = latest_of(sent), brought()
    read, addresses = [(column, column.read(list(sent))) for column in columns], _addresses(sent, person)
    lines = [
        Line(
            application,
            latest.get(application.pk),
            [Cell(values.get(application.pk), column.money, column.heading) for column, values in read],
            addresses.get(application.pk, ""),
        )
        for application in sent
    ]
    return YearCases(year, lines, _budget_of(year), columns)


def _addresses(sent, person):
    """Of the case for those who may read it; else, for those who pay, of its money."""
    here = {"pk__in": sent.values("pk")}
    paid = awarded_at(person).filter(**here).values_list("pk", flat=True)
    seen = GrantApplication.objects.visible_to(person).filter(**here).values_list("pk", flat=True)
    addresses = {key: reverse("grants:money_show", args=[key]) for key in paid}
    return addresses | {key: reverse("grants:application_show", args=[key]) for key in seen}


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


def latest_of(applications):
    decisions = Decision.objects.latest_versions().filter(application__in=applications)
    return {decision.application_id: decision for decision in decisions}
