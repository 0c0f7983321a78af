"""Who hears of payments, of another account and of what is to be paid back. No account number stands in a message."""

from django.utils.translation import gettext as _

from grants.models import PayeeChange, Payout, Repayment
from grants.money import rules
from grants.notices import KINDS, contacts_of, facts_of, url, with_role, words_of
from grants.queries.payments import money_in, report_due, who_may_settle
from portal.ledger.models import Event
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import Municipality
from portal.speech import day, money


def _see(application):
    return (Button(_("See where the money stands"), url("money_show", application.pk)),)


def _change_of(event):
    return PayeeChange.objects.select_related("application__school__municipality").get(pk=event.details["change"])


def answerers_of(event):
    change = _change_of(event)
    return who_may_settle(change.application, lambda person: rules.can_answer_change(person, change))


def change_waits(notice):
    return PayeeChange.objects.waiting().filter(application=notice.subject).exists()


def contacts_asked_back(event):
    """Nobody when nothing is left over of what was told, paid or corrected."""
    if event.details.get("left") == 0:
        return []
    return contacts_of(event) if Repayment.objects.waiting().filter(application=event.subject_id).exists() else []


def is_asked_back(notice):
    return Repayment.objects.waiting().filter(application=notice.subject).exists()


def still_paid(notice):
    """It may have been marked by mistake, and taken back before anybody heard of it."""
    payout = Event.objects.get(pk=notice.event_id).details["payout"]
    return Payout.objects.filter(pk=payout, paid_on__isnull=False).exists()


def still_unpaid(notice):
    """Neither it nor a newer one is paid meanwhile."""
    payout = Event.objects.get(pk=notice.event_id).details["payout"]
    since = Payout.objects.filter(application=notice.subject, pk__gte=payout, paid_on__isnull=False)
    return not since.exists()


@notice(
    "grants.award_paid",
    on="grants.award_paid",
    to=contacts_of,
    category="decisions",
    duty=True,
    wanted=still_paid,
)
def award_paid(notice):
    application = notice.subject
    paid = money_in(application)
    due = {"day": day(report_due(application))}
    report = _("Send a short report by %(day)s.") % due if paid.reported_at is None else ""
    return Letter(
        subject=_("The support for class %(class)s is paid") % words_of(application),
        lines=[line for line in (_("%(amount)s is paid.") % {"amount": money(paid.paid)}, report) if line],
        facts=facts_of(application),
        buttons=_see(application),
    )


@notice(
    "grants.payment_taken_back",
    on="grants.payment_taken_back",
    to=contacts_of,
    category="decisions",
    duty=True,
    wanted=still_unpaid,
)
def payment_taken_back(notice):
    application = notice.subject
    amount = Event.objects.get(pk=notice.event_id).details["amount"]
    return Letter(
        subject=_("The support for class %(class)s is not paid yet") % words_of(application),
        lines=[
            _("%(amount)s was marked as paid by mistake. It is still to come.") % {"amount": money(amount)},
            _("You hear from us when it is paid."),
        ],
        facts=facts_of(application),
        buttons=_see(application),
    )


@notice(
    "grants.payee_change_asked",
    on="grants.payee_change_asked",
    to=answerers_of,
    category="tasks",
    duty=True,
    wanted=change_waits,
)
def payee_change_asked(notice):
    application = notice.subject
    change = PayeeChange.objects.waiting().get(application=application)
    return Letter(
        subject=_("Class %(class)s wants its support paid somewhere else") % words_of(application),
        lines=[
            _("Call somebody of the class whom you know before you say yes. Nothing is paid meanwhile."),
        ],
        facts=facts_of(application),
        buttons=(Button(_("Answer"), url("payee_answer", change.pk)),),
    )


@notice(
    "grants.payee_change_told",
    on="grants.payee_change_asked",
    to=contacts_of,
    category="decisions",
    duty=True,
    wanted=change_waits,
)
def payee_change_told(notice):
    application = notice.subject
    return Letter(
        subject=_("Your class has asked for another account"),
        lines=[
            _("Somebody at the school says yes or no to it. If you know nothing of it, tell the school at once."),
        ],
        facts=facts_of(application),
        buttons=_see(application),
    )


@notice(
    "grants.payee_change_answered", on="grants.payee_change_answered", to=contacts_of, category="decisions", duty=True
)
def payee_change_answered(notice):
    application = notice.subject
    change = application.payee_changes.exclude(answered_at=None).last()
    said = (
        _("The money goes to the new account.")
        if change.is_accepted
        else _("The school said no to it. The money goes where it was to go.")
    )
    return Letter(
        subject=_("Where the support is paid"),
        lines=[said],
        facts=facts_of(application),
        buttons=_see(application),
    )


@notice(
    "grants.repayment_asked",
    on=("grants.repayment_asked", "grants.report_sent", "grants.award_paid", "grants.decision_corrected"),
    to=contacts_asked_back,
    category="decisions",
    duty=True,
    wanted=is_asked_back,
)
def repayment_asked(notice):
    application = notice.subject
    repayment = Repayment.objects.waiting().get(application=application)
    words = {"amount": money(repayment.amount), "day": day(repayment.due_on)}
    return Letter(
        subject=_("Pay back some of the support"),
        lines=[
            repayment.get_reason_display(),
            _("Pay back %(amount)s by %(day)s. On the page you read to where, and what to write on it.") % words,
        ],
        facts=facts_of(application),
        buttons=_see(application),
    )


@notice("grants.repayment_returned", on="grants.repayment_returned", to=contacts_of, category="decisions", duty=True)
def repayment_came_back(notice):
    application = notice.subject
    return Letter(
        subject=_("The money has come back"),
        lines=[_("What you paid back has come. Thank you.")],
        facts=facts_of(application),
        buttons=_see(application),
    )


def other_officers(event):
    served = Municipality.objects.get(pk=event.subject_id)
    return with_role(KINDS.MUNICIPALITY_OFFICER, municipality=served).exclude(pk=event.by)


@notice("grants.paying_account_set", on="grants.paying_account_set", to=other_officers, category="tasks", duty=True)
def paying_account_set(notice):
    return Letter(
        subject=_("The account from which grants are paid is changed"),
        lines=[_("A colleague has changed it. If you know nothing of it, look into it before you pay anything.")],
        buttons=(Button(_("See the payments"), url("payment_list")),),
    )
