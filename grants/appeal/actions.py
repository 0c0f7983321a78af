"""Every change that an appeal makes: told, asked for reasons, appealed, looked at, forwarded, decided."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.appeal import rules
from grants.appeal.queries import alert_of, comes_late, day_of, is_too_late, last_day_of, takes_appeal, takes_demand
from grants.deciding import decision_of, refuse_beyond_budget
from grants.models import Appeal, AppealRound, Decision, GrantApplication, ReasonsDemand
from grants.models.appeals import MOVES, AppealOver, NoReasonsDue, NotAppealable, State
from grants.models.applications import RESULTS
from grants.models.decisions import AlreadyAwarded, BudgetSpent, NotDecidable
from grants.papers import adds_to
from grants.settling import settle_anew
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person
from portal.people.rules import is_portal
from portal.speech import dated


class NotTold(Refusal):
    """The day does not fit, or the class has been told already."""

    words = gettext_lazy("The class has been told of this letter, or is being told now. Nothing was changed.")


def _with_its_case():
    return Decision.objects.select_related("application__scheme", "application__school__municipality")


def _newest():
    return _with_its_case().latest_versions()


def _case(appeal):
    return [appeal.decision.application.scheme, appeal.decision.application, appeal.decision]


# Told


@action(may=rules.can_tell, claims=_with_its_case, records="grants.decision_told", refuses=(NotTold,))
def tell_decision(decision: Decision, *, by: Person, told_on: date) -> None:
    """Write down when the class was told, from which the last day to appeal follows: the day on which the alert was sent;
    or, when all alerts have failed, the day on which the letter was posted. Refused when the class was told before, and
    for a day before the decision or in the future."""
    school, by_hand = decision.application.school, not is_portal(by)
    if not day_of(decision.decided_at, school) <= told_on <= school.today():
        raise NotTold(_("Choose a day from that of the decision until today."))
    if decision.told_on is not None or (by_hand and not alert_of(decision).has_failed):
        raise NotTold
    _write_told(decision, told_on, by_hand)
    record("grants.decision_told", decision.application, by=by, of=decision.pk, by_hand=by_hand)


@action(
    may=rules.only_the_clock_tells,
    claims=lambda: _with_its_case().filter(told_on__isnull=False, told_by_hand=False),
    gone=NotTold,
    records="grants.decision_came_back",
)
def take_back_alert(decision: Decision, *, by: Person) -> None:
    """Every alert of the letter has come back: the class was not told, and somebody has to post it."""
    _write_told(decision, None, by_hand=False)
    record("grants.decision_came_back", decision.application, by=by, of=decision.pk)


@action(
    may=rules.can_tell_reasons,
    claims=lambda: ReasonsDemand.objects.untold(),
    gone=NotTold,
    locks=lambda demand: [demand.decision],
    records="grants.reasons_told",
    refuses=(NotTold,),
)
def tell_reasons(demand: ReasonsDemand, *, by: Person, told_on: date) -> None:
    """The reasons have come, by an alert or, when all have failed, on paper: from this day the time to appeal runs anew.
    Refused the second time, and for a day before they were given or in the future."""
    by_hand = not is_portal(by)
    if by_hand and not alert_of(demand).has_failed:
        raise NotTold
    if by_hand and not day_of(demand.given_at, demand.school) <= told_on <= demand.school.today():
        raise NotTold(_("Choose a day from that of the reasons until today."))
    demand.told_on, demand.told_by_hand = told_on, by_hand
    demand.save(update_fields=["told_on", "told_by_hand"])
    _write_last_day(demand)
    record("grants.reasons_told", demand, by=by, by_hand=by_hand)


@action(
    may=rules.only_the_clock_tells,
    claims=lambda: ReasonsDemand.objects.filter(told_on__isnull=False, told_by_hand=False),
    gone=NotTold,
    locks=lambda demand: [demand.decision],
    records="grants.reasons_came_back",
)
def take_back_reasons(demand: ReasonsDemand, *, by: Person) -> None:
    """Every alert of the reasons has come back: the class has not got them, and somebody has to post them."""
    demand.told_on = None
    demand.save(update_fields=["told_on"])
    _write_last_day(demand)
    record("grants.reasons_came_back", demand, by=by)


def _write_told(decision, told_on, by_hand):
    """The database lets nothing else of a decision change."""
    decision.told_on, decision.told_by_hand = told_on, by_hand
    demand = getattr(decision, "reasons_demand", None)
    decision.last_day_to_appeal = told_on and last_day_of(decision, told_on, **_days(demand, decision))
    decision.save(update_fields=["told_on", "told_by_hand", "last_day_to_appeal"])
    adds_to(decision.application)


def _write_last_day(demand):
    decision = demand.decision
    if decision.told_on:
        decision.last_day_to_appeal = last_day_of(decision, decision.told_on, **_days(demand, decision))
        decision.save(update_fields=["last_day_to_appeal"])
    adds_to(decision.application)


def _days(demand, decision):
    if demand is None:
        return {}
    return {"asked": day_of(demand.asked_at, decision.application.school), "given": demand.told_on}


# Reasons


@action(may=rules.can_ask_reasons, claims=_newest, records="grants.reasons_asked", refuses=(NoReasonsDue,))
def ask_reasons(decision: Decision, *, by: Person) -> ReasonsDemand:
    """Ask why it was decided so. The time to appeal begins anew when they have come. Refused when they stand in the
    letter, were asked for already, or the time is out."""
    if not takes_demand(decision):
        raise NoReasonsDue(
            _("The reasons stand in the letter, or have been asked for, or the time to ask for them is out.")
        )
    try:
        with transaction.atomic():
            demand = ReasonsDemand.objects.create(decision=decision, asked_by=by)
    except IntegrityError as asked:
        raise NoReasonsDue(_("The reasons have just been asked for.")) from asked
    _write_last_day(demand)
    record("grants.reasons_asked", demand, by=by)
    return demand


@action(
    may=rules.can_give_reasons,
    claims=lambda: ReasonsDemand.objects.waiting().select_related("decision__application__school"),
    gone=NoReasonsDue(gettext_lazy("The reasons have been given already.")),
    records="grants.reasons_given",
)
def give_reasons(demand: ReasonsDemand, *, by: Person, reasons: str) -> None:
    """Say why it was decided so. The time to appeal runs anew from the day on which the class is told. Refused the second
    time."""
    demand.reasons, demand.given_by, demand.given_at = reasons.strip(), by, timezone.now()
    demand.save(update_fields=["reasons", "given_by", "given_at"])
    adds_to(demand.decision.application)
    record("grants.reasons_given", demand, by=by)


# The appeal


@action(
    may=rules.can_appeal,
    claims=_newest,
    gone=NotAppealable(gettext_lazy("This decision has a newer version. Appeal that one.")),
    locks=lambda decision: [decision.application],
    records="grants.appeal_sent",
    refuses=(NotAppealable,),
)
def send_appeal(decision: Decision, *, by: Person, what: str, change: str, why: str = "", why_late: str = "") -> Appeal:
    """Appeal the decision: what, and which change; why, if they like. After the last day it has to say why it is late,
    and after a year nothing is taken up. Refused when it is appealed already, and for what the appeal body decided."""
    late = comes_late(decision)
    if decision.is_final:
        raise NotAppealable(_("The appeal body has decided this. It cannot be appealed again."))
    if is_too_late(decision):
        raise NotAppealable(_("The decision is more than a year old. An appeal cannot be taken up any more."))
    if not takes_appeal(decision):
        raise NotAppealable(_("This decision is appealed already."))
    if late and not why_late.strip():
        last = dated(decision.last_day_to_appeal)
        raise NotAppealable(_("The last day was %(day)s. Say why the appeal comes after it.") % {"day": last})
    said = {"what": what.strip(), "change": change.strip(), "why": why.strip()}
    said |= {"is_late": late, "why_late": why_late.strip() if late else ""}
    try:
        with transaction.atomic():
            appeal = Appeal.objects.create(decision=decision, by=by, **said)
    except IntegrityError as appealed:
        raise NotAppealable(_("This decision is appealed already.")) from appealed
    GrantApplication.objects.filter(pk=decision.application_id).update(appealed_at=appeal.sent_at)
    adds_to(decision.application)
    record("grants.appeal_sent", appeal, by=by, late=late)
    return appeal


@action(
    may=rules.can_withdraw_appeal,
    claims=lambda: Appeal.objects.is_open().with_its_case(),
    gone=AppealOver,
    records="grants.appeal_withdrawn",
)
def withdraw_appeal(appeal: Appeal, *, by: Person) -> None:
    """The class takes its appeal back; it may appeal again while there is time. Refused once it is decided."""
    _move(appeal, State.WITHDRAWN, withdrawn_at=timezone.now())
    record("grants.appeal_withdrawn", appeal, by=by)


@action(
    may=rules.can_review,
    claims=lambda: Appeal.objects.to_review(),
    gone=AppealOver,
    locks=_case,
    records="grants.appeal_changed_in_favour",
    refuses=(NotDecidable, BudgetSpent, AlreadyAwarded),
)
def change_in_favour(appeal: Appeal, *, by: Person, statement: str, amount: int) -> Decision:
    """Give the class more than the first decision did: a new version of it, with a letter. Never less. Refused when the
    money does not suffice, and when somebody else was first."""
    decision = _decide_anew(appeal, by, Decision.After.REVIEW, amount, statement)
    _move(appeal, State.IN_FAVOUR, statement=statement.strip(), reviewed_by=by, leads_to=decision)
    record("grants.appeal_changed_in_favour", appeal.application, by=by, appeal=appeal.pk, decision=decision.pk)
    return decision


@action(
    may=rules.can_review,
    claims=lambda: Appeal.objects.to_review(),
    gone=AppealOver,
    records="grants.appeal_forwarded",
)
def forward_appeal(appeal: Appeal, *, by: Person, statement: str) -> None:
    """Send it on to the appeal body with a statement, of which the class gets a copy. Refused when somebody else was
    first."""
    _move(appeal, State.FORWARDED, statement=statement.strip(), reviewed_by=by)
    record("grants.appeal_forwarded", appeal, by=by)


@action(
    may=rules.can_review,
    claims=lambda: Appeal.objects.filter(state=State.SENT),
    gone=AppealOver,
    records="grants.appeal_dismissed",
    refuses=(NotAppealable,),
)
def dismiss_appeal(appeal: Appeal, *, by: Person, statement: str) -> None:
    """Do not take it up, because it came too late without a special reason. Refused for one that came in time."""
    if not appeal.is_late:
        raise NotAppealable(_("It came in time, and has to be taken up."))
    _move(appeal, State.DISMISSED, statement=statement.strip(), reviewed_by=by)
    record("grants.appeal_dismissed", appeal, by=by)


@action(
    may=rules.can_settle,
    claims=lambda: Appeal.objects.forwarded(),
    gone=AppealOver,
    locks=_case,
    records="grants.appeal_settled",
    refuses=(NotDecidable, BudgetSpent, AlreadyAwarded),
)
def settle_appeal(
    appeal: Appeal, *, by: Person, state: str, outcome: str, decided_on: date, amount: int | None = None
) -> None:
    """Write down what the appeal body decided and why: it stands, it is changed, or it is sent back to be looked at
    again. A change is a new version of the decision, and final. Refused for a day before the appeal or in the future."""
    said = {"outcome": outcome.strip(), "decided_on": decided_on, "recorded_by": by, "recorded_at": timezone.now()}
    if not day_of(appeal.sent_at, appeal.school) <= decided_on <= appeal.school.today():
        raise NotDecidable(_("Choose a day from that of the appeal until today."))
    if state == State.CHANGED:
        said["leads_to"] = _decide_anew(appeal, by, Decision.After.APPEAL, amount, outcome)
    _move(appeal, state, **said)
    decided = {"decision": appeal.leads_to_id} if appeal.leads_to_id else {}
    record("grants.appeal_settled", appeal.application, by=by, appeal=appeal.pk, state=str(state), **decided)


def _move(appeal, state, **changes):
    if state not in MOVES[State(appeal.state)]:
        raise AppealOver
    if "reviewed_by" in changes:
        changes["reviewed_at"] = timezone.now()
        if appeal.state == State.SENT_BACK:
            changes |= _keep_round(appeal)
    appeal.state = state
    for name, value in changes.items():
        setattr(appeal, name, value)
    appeal.save(update_fields=["state", *changes])
    adds_to(appeal.decision.application)


def _keep_round(appeal):
    """What was said and decided before it came back is kept as a round of its own; the next outcome is not there yet."""
    said = ("statement", "reviewed_by", "reviewed_at", "outcome", "decided_on", "recorded_by", "recorded_at")
    AppealRound.objects.create(appeal=appeal, **{name: getattr(appeal, name) for name in said})
    return {"outcome": "", "decided_on": None, "recorded_by": None, "recorded_at": None}


def _decide_anew(appeal, by, after, amount, note):
    first, application = appeal.decision, appeal.decision.application
    if application.is_lapsed:
        raise NotDecidable(_("The support was not used, and the case is over."))
    if not amount or amount <= (first.amount or 0):
        raise NotDecidable(_("Give more than the first decision did. An appeal never makes it worse."))
    weight = "" if amount == application.amount_requested else note  # that of the refusal does not count any more
    said = {"reasons": note, "considerations": weight, "rules": first.rules, "note": note.strip()}
    decision = decision_of(application, by, "approved", amount, corrects=first, after=after, **said)
    refuse_beyond_budget(application, amount - (first.amount or 0))
    try:
        with transaction.atomic():
            decision.save()
            if application.status in RESULTS:
                GrantApplication.objects.filter(pk=application.pk).update(status=decision.result)
    except IntegrityError as taken:
        raise AlreadyAwarded(_("The class has had its award in this period.")) from taken
    settle_anew(application, amount - (first.amount or 0))
    return decision
