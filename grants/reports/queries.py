"""What the pages of the report read, and the year's results as totals."""

from dataclasses import dataclass

from django.db.models import Sum

from grants.models import GrantApplication, GrantReport, GrantScheme, PayingAccount, Receipt
from grants.models.applications import AWARDED, Payee
from grants.queries.payments import Money, money_in, money_of, report_due, why_open
from grants.reports import rules
from networks.models import GatheringReport, Rsvp
from portal.people.models import Person, Role, School, keys_of

SMALLEST = 5
CAME = ("families", "adults", "children", "siblings")


def report_values(application: GrantApplication, money: Money) -> dict:
    """What is known already: the gathering's own report, or the answers to its invitation."""
    gathering = application.gathering
    return {
        "held_on": gathering.starts_at.astimezone(application.school.zone).date(),
        "involved": gathering.children_involved or application.child_participation[:500],
        "spent": money.awarded,
        **_came(gathering),
    }


def _came(gathering):
    told = GatheringReport.objects.filter(gathering=gathering).first()
    if told is not None:
        numbers = {name: getattr(told, name) for name in CAME}
        return {**numbers, "used_for": told.did, **({"involved": told.involved} if told.involved else {})}
    coming = list(gathering.rsvps.filter(answer=Rsvp.Answer.YES).with_pupil_keys())
    if not coming:
        return {}
    return {
        "families": len(coming),
        "adults": sum(rsvp.adults for rsvp in coming),
        "children": len({key for rsvp in coming for key in rsvp.pupil_keys}),
        "siblings": sum(rsvp.siblings for rsvp in coming),
    }


@dataclass(frozen=True)
class ReportPage:
    application: GrantApplication
    money: Money
    report: GrantReport | None
    receipts: list[Receipt]
    due: object
    why_open: str
    needs_receipts: bool
    is_own: bool  # of the class that tells
    may_write: bool
    may_close: bool


def report_page(application: GrantApplication, person: Person) -> ReportPage:
    money = money_in(application)
    is_open = money.closed_at is None
    why = why_open(money)
    return ReportPage(
        application=application,
        money=money,
        report=GrantReport.objects.filter(application=application).first(),
        receipts=list(Receipt.objects.visible_to(person).without_files().filter(application=application)),
        due=report_due(application),
        why_open=why,
        needs_receipts=_needs_receipts(application),
        is_own=rules.can_report(person, application),
        may_write=is_open and rules.can_report(person, application),
        may_close=is_open and not why and rules.can_close(person, application),
    )


def _needs_receipts(application):
    if application.payee_kind == Payee.OUTLAY:
        return True
    paying = PayingAccount.objects.filter(municipality=application.school.municipality_id).first()
    return bool(paying and paying.receipts_from is not None and application.amount_requested >= paying.receipts_from)


# The year


@dataclass(frozen=True)
class SchoolResult:
    """Totals of one school, or of all. What reports tell is None where fewer than five classes have told."""

    school: School | None
    applied: int
    awarded: int
    given: int
    paid: int
    returned: int
    reported: int
    spent: int | None
    came: dict | None

    @property
    def people(self):
        return sum(self.came.values()) - self.came["families"] if self.came else None


@dataclass(frozen=True)
class ResultPage:
    scheme: GrantScheme | None
    schemes: list[GrantScheme]
    schools: list[SchoolResult]
    whole: SchoolResult | None


def schools_of(person: Person):
    kinds = [Role.Kind.BOARD_MEMBER, Role.Kind.PRINCIPAL, Role.Kind.DEPUTY]
    own = School.objects.filter(pk__in=keys_of.schools(person, kinds))
    return own | School.objects.filter(municipality__in=keys_of.municipalities_served(person))


def result_page(person: Person, key: str) -> ResultPage:
    """The period asked for, or the newest that has begun."""
    schools = list(schools_of(person))
    schemes = list(
        GrantScheme.objects.filter(
            municipality__in={school.municipality_id for school in schools},
            country__in={school.country for school in schools},
        )
    )
    begun = [one for one in schemes if one.starts_on <= max(school.today() for school in schools)]
    scheme = next((one for one in schemes if str(one.pk) == key), None if key else next(iter(begun), None))
    if scheme is None:
        return ResultPage(None, schemes, [], None)
    here = [one for one in schools if one.municipality_id == scheme.municipality_id and one.country == scheme.country]
    sent = list(GrantApplication.objects.sent().filter(scheme=scheme, school__in=here))
    moneys = money_of(sent)
    results = [_result(school, [one for one in sent if one.school_id == school.pk], moneys) for school in here]
    return ResultPage(scheme, schemes, results, _result(None, sent, moneys) if len(here) > 1 else None)


def _result(school, sent, moneys):
    found = [moneys[one.pk] for one in sent]
    awards = [moneys[one.pk].awarded for one in sent if one.status in AWARDED]
    reports = GrantReport.objects.filter(application__in=[one.pk for one in sent])
    told = sum(money.reported_at is not None for money in found)
    sums = reports.aggregate(**{name: Sum(name) for name in CAME}) if told >= SMALLEST else None
    return SchoolResult(
        school=school,
        applied=len({one.school_class_id for one in sent}),
        awarded=len(awards),
        given=sum(awards),
        paid=sum(money.paid for money in found),
        returned=sum(money.returned for money in found),
        reported=told,
        spent=sum(money.spent or 0 for money in found) if told >= SMALLEST else None,
        came=sums,
    )
