"""Every change that an appeal makes: told, asked for reasons, appealed, looked at, forwarded, decided."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.appeal import rules
from grants.appeal.queries import alert_of, last_day_of
from grants.models import Decision
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person
from portal.people.rules import is_portal


class NotTold(Refusal):
    """The day does not fit, or the class has been told already."""

    words = gettext_lazy("The class has been told of this letter, or is being told now. Nothing was changed.")


def _with_its_case():
    return Decision.objects.select_related("application__scheme", "application__school")


@action(may=rules.can_tell, claims=_with_its_case, records="grants.decision_told", refuses=(NotTold,))
def tell_decision(decision: Decision, *, by: Person, told_on: date) -> None:
    """Write down when the class was told, from which the last day to appeal follows: the day on which the alert was sent;
    or, when all alerts have failed, the day on which the letter was posted. Refused when the class was told before, and
    for a day before the decision or in the future."""
    school, by_hand = decision.application.school, not is_portal(by)
    decided = timezone.localtime(decision.decided_at, school.zone).date()
    if not decided <= told_on <= school.today():
        raise NotTold(_("Choose a day from that of the decision until today."))
    if decision.told_on is not None or (by_hand and not alert_of(decision).has_failed):
        raise NotTold
    _write(decision, told_on, by_hand)
    record("grants.decision_told", decision.application, by=by, decision=decision.pk, by_hand=by_hand)


@action(
    may=rules.only_the_clock,
    claims=lambda: _with_its_case().filter(told_on__isnull=False, told_by_hand=False),
    gone=NotTold,
    records="grants.decision_came_back",
)
def take_back_alert(decision: Decision, *, by: Person) -> None:
    """Every alert of the letter has come back: the class was not told, and somebody has to post it."""
    _write(decision, None, by_hand=False)
    record("grants.decision_came_back", decision.application, by=by, decision=decision.pk)


def _write(decision, told_on, by_hand):
    """The database lets nothing else of a decision change."""
    decision.told_on, decision.told_by_hand = told_on, by_hand
    decision.last_day_to_appeal = told_on and last_day_of(decision, told_on)
    decision.save(update_fields=["told_on", "told_by_hand", "last_day_to_appeal"])
