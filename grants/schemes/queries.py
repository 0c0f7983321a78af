"""What the municipality reads of its schemes, and what an applicant of a trial would read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.models import GrantApplication, GrantScheme, SchoolBudget
from grants.models.applications import Payee
from grants.models.schemes import ARCHIVED_AS, FIXED
from grants.queries import WhyNot, given_by_school, outside
from networks.models import Gathering
from portal.people.models import Municipality, Person, School, SchoolClass, keys_of
from portal.speech import day, in_words, money

GRADES = range(1, 11)


@dataclass(frozen=True)
class SchemeLine:
    scheme: GrantScheme
    given: int

    @property
    def state(self):
        if not self.scheme.has_opened:
            return "planned"
        return "closed" if self.scheme.has_closed else "open"

    @property
    def said(self):
        if self.state == "planned":
            return _("Opens %(day)s") % {"day": day(self.scheme.opens_on)}
        if self.state == "closed":
            return _("Closed %(day)s") % {"day": day(self.scheme.closes_on)}
        return _("Open to %(day)s") % {"day": day(self.scheme.closes_on)}


@dataclass(frozen=True)
class OfferedSchemes:
    municipality: Municipality
    lines: list[SchemeLine]


def schemes_of(person: Person) -> list[OfferedSchemes]:
    municipalities = Municipality.objects.filter(pk__in=keys_of.municipalities_served(person))
    schemes = list(GrantScheme.objects.run_by(person))
    given = _given(schemes)
    return [
        OfferedSchemes(
            one, [SchemeLine(scheme, given[scheme.pk]) for scheme in schemes if scheme.municipality_id == one.pk]
        )
        for one in municipalities
    ]


def _given(schemes):
    sums = dict.fromkeys((scheme.pk for scheme in schemes), 0)
    for (scheme, _school), amount in given_by_school(schemes).items():
        sums[scheme] += amount
    return sums


@dataclass(frozen=True)
class SchoolShare:
    school: School
    amount: int | None
    given: int

    @property
    def left(self):
        return None if self.amount is None else self.amount - self.given


def shares_of(scheme: GrantScheme) -> list[SchoolShare]:
    amounts = dict(SchoolBudget.objects.filter(scheme=scheme).values_list("school", "amount"))
    given = given_by_school([scheme])
    schools = School.objects.filter(municipality=scheme.municipality_id, country=scheme.country).order_by("name")
    return [SchoolShare(school, amounts.get(school.pk), given.get((scheme.pk, school.pk), 0)) for school in schools]


@dataclass(frozen=True)
class SchemePage:
    line: SchemeLine
    rows: list[dict]
    shares: list[SchoolShare]
    sent: int

    @property
    def shared(self):
        return sum(share.amount or 0 for share in self.shares)

    @property
    def lines(self):
        """For the table that is only read: no fields."""
        return [(share, None) for share in self.shares]

    @property
    def unshared(self):
        """What schools without a share of their own can still give together; None without a ceiling."""
        budget = self.line.scheme.budget
        gone = sum(share.given for share in self.shares if share.amount is None)
        return None if budget is None else max(0, budget - self.shared - gone)

    @property
    def left(self):
        budget = self.line.scheme.budget
        return None if budget is None else budget - self.line.given


def scheme_page(scheme: GrantScheme) -> SchemePage:
    shares = shares_of(scheme)
    line = SchemeLine(scheme, sum(share.given for share in shares))
    sent = GrantApplication.objects.sent().filter(scheme=scheme).count()
    return SchemePage(line, terms_in_words(scheme), shares, sent)


def terms_in_words(scheme: GrantScheme) -> list[dict]:
    grades = in_words([str(grade) for grade in sorted(scheme.grades)])
    days = {name: getattr(scheme, f"{name}_days") for name in ("report", "answer", "pay")}
    yes_no = {True: _("Yes"), False: _("No")}
    return [
        _row(_("A class can get"), money(scheme.amount)),
        _row(_("Grades"), grades),
        _row(_("How often"), _times(scheme.times)),
        _row(_("When the gatherings are held"), f"{day(scheme.starts_on)} – {day(scheme.ends_on)}"),
        _row(_("Classes can apply"), f"{day(scheme.opens_on)} – {day(scheme.closes_on)}"),
        _row(_("Also after the gathering"), yes_no[scheme.held_allowed]),
        _row(_("Also for theme evenings"), yes_no[scheme.themes_allowed]),
        _row(_("The money may go"), "\n".join(str(Payee(one).label) for one in scheme.payees)),
        _row(_("Conditions"), "\n".join(scheme.conditions_in_words())),
        _row(_("Report"), _("Within %(days)s days after the gathering") % {"days": days["report"]}),
        _row(_("Answer"), _("Usually within %(days)s days") % {"days": days["answer"]}),
        _row(_("Payment"), _("Usually within %(days)s days after the answer") % {"days": days["pay"]}),
        _row(_("Appeals"), _appeals(scheme)),
        _row(_("Class in the archive"), scheme.archive_class or "–"),
    ]


def _row(label, value):
    return {"label": label, "value": value}


def _times(times):
    return ngettext("%(n)s time in the period", "%(n)s times in the period", times) % {"n": times}


def _appeals(scheme):
    if scheme.appeal_weeks is None:
        return _("%(body)s decides them. There is no last day.") % {"body": scheme.appeal_body}
    return ngettext(
        "%(body)s decides them. A class has %(n)s week.",
        "%(body)s decides them. A class has %(n)s weeks.",
        scheme.appeal_weeks,
    ) % {"body": scheme.appeal_body, "n": scheme.appeal_weeks}


def countries_of(municipality: Municipality) -> list[str]:
    found = School.objects.filter(municipality=municipality).order_by("country").values_list("country", flat=True)
    return list(found.distinct()) or [School.Country.NORWAY.value]


# The next one begins as the last one was


def a_year_later(scheme: GrantScheme) -> dict:
    """The terms of the next scheme: the same, each day a year later, and no sooner than it can be tried."""
    terms = {name: getattr(scheme, name) for name in (*FIXED, *ARCHIVED_AS) if name != "municipality"}
    terms |= {name: shifted_a_year(getattr(scheme, name)) for name in ("starts_on", "ends_on", "opens_on", "closes_on")}
    terms["opens_on"] = max(terms["opens_on"], scheme.today() + timedelta(days=1))
    return terms | {"budget": scheme.budget}


def shifted_a_year(on: date) -> date:
    """The last of February stays the last."""
    try:
        return on.replace(year=on.year + 1)
    except ValueError:
        return on.replace(year=on.year + 1, day=28)


# A trial


@dataclass(frozen=True)
class Trial:
    """What an applicant will read, of a class that does not exist. Nothing of it is saved."""

    scheme: GrantScheme
    application: GrantApplication
    facts: list[dict]
    refused: WhyNot | None
    refused_grade: int | None


def trial_of(scheme: GrantScheme, person: Person) -> Trial:
    school = School.objects.filter(municipality=scheme.municipality_id, country=scheme.country).order_by("name").first()
    school = school or School(name=scheme.municipality.name, country=scheme.country)
    starts = datetime.combine(scheme.opens_on + timedelta(days=30), time(17), tzinfo=school.zone)
    made_up = SchoolClass(school=school, name=f"{min(scheme.grades)}A", grades=scheme.grades)
    gathering = Gathering(
        school_class=made_up, title=_("An example of a gathering"), starts_at=starts, place=_("Outside")
    )
    application = GrantApplication(
        gathering=gathering,
        scheme=scheme,
        school_class=made_up,
        school=school,
        applicant=person,
        amount_requested=scheme.amount,
        reply_language=person.language,
    )
    grade = next((one for one in GRADES if one not in scheme.grades), None)
    other = SchoolClass(school=school, name=f"{grade}A", grades=[grade]) if grade else None
    return Trial(
        scheme=scheme,
        application=application,
        facts=_example_facts(application),
        refused=outside(scheme, other, scheme.opens_on) if other else None,
        refused_grade=grade,
    )


def _example_facts(application):
    where = {"name": application.school_class.name, "school": application.school.name}
    return [
        _row(_("Class"), _("%(name)s, %(school)s") % where),
        _row(_("Applicant"), _("The class contact's own name")),
        _row(_("Gathering"), application.gathering.title),
    ]
