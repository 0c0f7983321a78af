"""For how long account numbers and drafts are kept."""

from datetime import timedelta

from django.db.models import Exists, Max, OuterRef, Q

from grants.models import GrantApplication, PayeeChange, Payout
from grants.models.applications import AWARDED, Status
from grants.queries.payments import money_of

AFTER_PAYMENT = timedelta(days=90)
AFTER_REFUSAL = timedelta(days=365)  # as long as the decision can still be changed
UNSENT = timedelta(days=365)


def with_old_accounts(now):
    """Paid 90 days ago with nothing more to pay; refused a year ago; awarded, and never paid for a year."""
    held = GrantApplication.objects.exclude(account=None).exclude(
        Exists(PayeeChange.objects.waiting().filter(application=OuterRef("pk")))
    )
    waiting = Payout.objects.filter(application=OuterRef("pk"), paid_on=None)
    paid = held.filter(status__in=AWARDED).annotate(last=Max("payouts__paid_on")).exclude(Exists(waiting))
    paid = list(paid.filter(last__lte=(now - AFTER_PAYMENT).date()))
    moneys = money_of(paid)
    settled = [one.pk for one in paid if moneys[one.pk].due == 0]
    refused = Q(status__in=[Status.REJECTED, Status.DISMISSED], decided_at__lte=now - AFTER_REFUSAL)
    left = Q(status__in=AWARDED, payouts=None, gathering__ends_at__lte=now - AFTER_REFUSAL)
    old = held.filter(refused | left).values("pk")
    return GrantApplication.objects.filter(Q(pk__in=settled) | Q(pk__in=old))


def old_drafts(now):
    """Never sent, and not changed for a year: withdrawn drafts too."""
    unsent = Q(status__in=[Status.DRAFT, Status.WITHDRAWN], submitted_at=None)
    return GrantApplication.objects.filter(unsent, changed_at__lte=now - UNSENT)
