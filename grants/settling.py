"""What is asked back, and whether a case is over, when what was given, spent or paid has changed."""

from grants.models import Closing, GrantApplication, Repayment
from grants.queries.payments import money_in


def settle_rest(application: GrantApplication) -> int:
    """Within an action that has locked the case. What is left over once the class has told is asked for, in place of what
    was asked for before; nothing while all of it is asked back."""
    money = money_in(application)
    if money.reported_at is None or (money.repayment and money.repayment.reason == Repayment.Reason.NOT_HELD):
        return 0
    application.repayments.waiting().delete()
    if money.over:
        Repayment.objects.create(
            application=application,
            reason=Repayment.Reason.LEFT_OVER,
            amount=money.over,
            due_on=application.school.today() + Repayment.DAYS,
        )
    return money.over


def settle_anew(application: GrantApplication, change: int) -> int:
    """After a new version of the decision, which gives more or less than the one before by `change`. What is asked back
    follows, but what nobody asks for any more is not asked for again when nothing was taken. A case that was closed is
    open as long as there is something to pay or to pay back."""
    left = 0
    if change < 0 or application.repayments.waiting().exists():
        left = settle_rest(application)
    if change > 0 or left:
        Closing.objects.filter(application=application).delete()
    return left
