"""For how long account numbers, drafts and cases are kept."""

from datetime import timedelta

from django.db.models import Case, Exists, F, Max, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from grants.models import Appeal, GrantApplication, GrantScheme, PayeeChange, Payout
from grants.models.applications import AWARDED, Status
from grants.queries.payments import money_of

AFTER_PAYMENT = timedelta(days=90)
AFTER_REFUSAL = timedelta(days=365)  # as long as the decision can still be changed
UNSENT = timedelta(days=365)
YEAR = timedelta(days=365.25)
GONE = "–"  # in place of what somebody wrote


def with_old_accounts(now):
    """Paid 90 days ago with nothing more to pay; refused or lapsed a year ago; awarded, and nothing paid for a year. An
    account that the class has asked for and nobody has answered is kept no longer than its own."""
    asked = Exists(PayeeChange.objects.waiting().filter(application=OuterRef("pk")))
    today = timezone.localdate(now)
    with_account = GrantApplication.objects.filter(Q(account__isnull=False) | asked)
    waiting = Payout.objects.filter(application=OuterRef("pk"), paid_on=None)
    paid = with_account.filter(status__in=AWARDED).annotate(last=Max("payouts__paid_on")).exclude(Exists(waiting))
    paid = list(paid.filter(last__lte=today - AFTER_PAYMENT))
    moneys = money_of(paid)
    settled = [one.pk for one in paid if moneys[one.pk].due == 0]
    over = [Status.REJECTED, Status.DISMISSED, Status.LAPSED]
    refused = Q(status__in=over, decided_at__lte=now - AFTER_REFUSAL)
    lately = Q(paid_on=None) | Q(paid_on__gt=today - AFTER_REFUSAL)
    moving = Exists(Payout.objects.filter(lately, application=OuterRef("pk")))
    left = Q(~moving, status__in=AWARDED, gathering__ends_at__lte=now - AFTER_REFUSAL)
    old = with_account.filter(refused | left).values("pk")
    return GrantApplication.objects.filter(Q(pk__in=settled) | Q(pk__in=old))


def old_drafts(now):
    """Never sent, and not changed for a year: withdrawn drafts too."""
    unsent = Q(status__in=[Status.DRAFT, Status.WITHDRAWN], submitted_at=None)
    return GrantApplication.objects.filter(unsent, changed_at__lte=now - UNSENT)


def empty(rows, *names):
    """What somebody wrote is gone; that they wrote it stays."""
    for row in rows:
        for name in names:
            setattr(row, name, getattr(row, name) and GONE)
        row.save(update_fields=names)


def old_cases(now):
    """Closed, refused, withdrawn or not used, with no open appeal, as many years ago as the scheme keeps cases, and
    exported to the archive since: what was not is kept, whatever its age. A scheme without a number of years keeps them
    for good."""
    appealed = Appeal.objects.is_open().filter(decision__application=OuterRef("pk"))
    refused = Q(status__in=[Status.REJECTED, Status.DISMISSED])
    given_up = Q(status__in=[Status.WITHDRAWN, Status.LAPSED])
    over = GrantApplication.objects.sent().filter(refused | given_up | Q(closing__isnull=False)).exclude(purpose=GONE)
    end = Case(When(given_up, then="changed_at"), default=Coalesce("closing__closed_at", "decided_at"))
    over = over.filter(~Exists(appealed)).annotate(over_at=end).filter(exported_at__gte=F("over_at"))
    old = Q(pk=None)
    for years in set(GrantScheme.objects.exclude(kept_years=None).values_list("kept_years", flat=True)):
        old |= Q(scheme__kept_years=years, over_at__lte=now - years * YEAR)
    return GrantApplication.objects.filter(pk__in=over.filter(old).values("pk"))
