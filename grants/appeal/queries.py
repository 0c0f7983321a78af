"""When the class was told, until when it can appeal, and what pages and letters say of an appeal."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from grants.appeal import rules
from grants.deadlines import a_year_after, last_day_to_appeal
from grants.models import Appeal, Decision, ReasonsDemand
from grants.rules import handles
from portal.ledger.models import Event
from portal.messaging.models import Channel, Delivery, Notice
from portal.people.models import Person, Role

ALERTS = ("grants.decision_sent", "grants.correction_sent", "grants.appeal_changed", "grants.reasons_given")
BY_THEN = timedelta(days=1)  # quiet hours are over by then: an alert that was not sent has failed


@dataclass(frozen=True)
class Alert:
    """The day on which the first alert of a letter was sent to the class; or that none was, and none will be; or that all
    that were sent have come back."""

    sent_on: date | None
    has_failed: bool
    came_back: bool = False


def alert_of(letter: Decision | ReasonsDemand) -> Alert:
    application, sent_at, told = _about(letter)
    events = list(told.values_list("pk", flat=True))
    notices = Notice.objects.filter(kind__in=ALERTS, event_id__in=events, recipient__in=_speakers(application))
    tried = Delivery.objects.filter(notice__in=notices).exclude(channel=Channel.IN_APP)
    first = tried.filter(state=Delivery.State.SENT).order_by("sent_at").first()
    if first:
        return Alert(timezone.localtime(first.sent_at, application.school.zone).date(), has_failed=False)
    is_late = timezone.now() > sent_at + BY_THEN
    is_waiting = tried.queued().exists() or (not is_late and not tried.exists())
    bounced = tried.filter(state=Delivery.State.BOUNCED).exists()
    return Alert(None, has_failed=not is_waiting, came_back=bounced and not is_waiting)


def _speakers(application):
    """Whoever speaks for the class, or has: a teacher who hears of it, where nobody does, is no party to the case."""
    contacts = Role.objects.filter(kind=Role.Kind.CLASS_CONTACT, school_class=application.school_class)
    elected = contacts.exclude(state=Role.State.PROPOSED)
    partners = application.co_applicants.exclude(accepted_at=None)
    return Person.objects.filter(Q(roles__in=elected) | Q(pk__in=partners.values("person")))


def _about(letter):
    if isinstance(letter, ReasonsDemand):
        return letter.decision.application, letter.given_at, Event.objects.about(letter)
    application = letter.application
    events = Event.objects.about(application).filter(details__decision=letter.pk)
    return application, letter.decided_at, events


def last_day_of(decision: Decision, told_on: date, *, asked: date | None = None, given: date | None = None):
    """None where the scheme sets no limit, and for what cannot be appealed."""
    weeks = decision.application.scheme.appeal_weeks
    if weeks is None or decision.is_final:
        return None
    country = decision.application.school.country
    return last_day_to_appeal(told_on, country=country, weeks=weeks, reasons_asked=asked, reasons_given=given)


def untold(decisions):
    """Letters whose alert should have been sent by now, and was not."""
    return decisions.latest_versions().untold().filter(decided_at__lte=timezone.now() - BY_THEN)


def untold_reasons(demands):
    """Reasons that were given, and whose alert should have been sent by now."""
    return demands.untold().filter(given_at__lte=timezone.now() - BY_THEN)


def day_of(moment, school):
    return timezone.localtime(moment, school.zone).date()


def comes_late(decision: Decision) -> bool:
    last = decision.last_day_to_appeal
    return last is not None and decision.application.school.today() > last


def is_too_late(decision: Decision) -> bool:
    """After a year nothing is taken up."""
    school = decision.application.school
    return school.today() > a_year_after(day_of(decision.decided_at, school))


def last_day_for_reasons(decision: Decision) -> date | None:
    """As long as one can appeal, or the days that the scheme says."""
    days = decision.application.scheme.reasons_days
    if days is None or decision.told_on is None:
        return decision.last_day_to_appeal
    return decision.told_on + timedelta(days=days)


def takes_demand(decision: Decision) -> bool:
    """Only who got all they asked for has a letter without full reasons; asked once, while there is time."""
    if decision.result != Decision.Result.APPROVED or hasattr(decision, "reasons_demand"):
        return False
    last = last_day_for_reasons(decision)
    return not is_too_late(decision) and (last is None or decision.application.school.today() <= last)


def takes_appeal(decision: Decision) -> bool:
    """The newest version, not yet appealed, within a year. After the last day too: then it has to say why."""
    return decision.is_appealable and not is_too_late(decision)


@dataclass(frozen=True)
class CaseOfAppeal:
    """What stands on the page of the case: appeals, the demand for reasons, and what this reader may do."""

    decision: Decision
    appeals: list[Appeal]
    demand: ReasonsDemand | None
    may_appeal: bool
    may_ask: bool
    may_give: bool

    @property
    def is_late(self):
        return comes_late(self.decision)


def case_of_appeal(application, reader: Person) -> CaseOfAppeal | None:
    """For the class contacts, the leaders of the school and the municipality; nobody else hears of an appeal."""
    found = application.decisions.latest_versions().select_related("reasons_demand", "corrected_by").first()
    if found is None:
        return None
    found.application = application
    appeals = list(Appeal.objects.visible_to(reader).filter(decision__application=application).order_by("-pk"))
    demand = getattr(found, "reasons_demand", None)
    may = rules.can_appeal(reader, found)
    shown = CaseOfAppeal(
        decision=found,
        appeals=appeals,
        demand=demand,
        may_appeal=may and takes_appeal(found),
        may_ask=may and takes_demand(found),
        may_give=bool(demand and demand.given_at is None and rules.can_give_reasons(reader, demand)),
    )
    may_read = may or handles(reader, application)
    return shown if appeals or shown.may_appeal or shown.may_ask or (demand and may_read) else None


@dataclass(frozen=True)
class AppealPage:
    appeal: Appeal
    may_review: bool
    may_settle: bool
    may_withdraw: bool
    papers: list


def appeal_page(appeal: Appeal, reader: Person, papers) -> AppealPage:
    return AppealPage(
        appeal=appeal,
        may_review=appeal.state in ("sent", "sent_back") and rules.can_review(reader, appeal),
        may_settle=appeal.state == "forwarded" and rules.can_settle(reader, appeal),
        may_withdraw=appeal.is_withdrawable and rules.can_withdraw_appeal(reader, appeal),
        papers=papers,
    )


def prefilled(decision: Decision) -> str:
    """What is appealed, in the words of the letter."""
    return f"{decision.letter['title']} ({decision.application.case_number})"
