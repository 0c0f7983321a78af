"""The money on the page of a case: the step, the part of the class and of those who pay, and a column of the list of cases."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.case_page import Step, column_of_cases, secures_award, stands_on_case, step_of_case, tells
from grants.models import Payout
from grants.models.applications import AWARDED
from grants.money import rules
from grants.queries.payments import money_in
from portal.class_page import Part
from portal.speech import day


@step_of_case(40)
def paid(application):
    if application.status not in AWARDED:
        return None
    money = money_in(application)
    if money.paid == 0 or money.due:
        return Step(_("Paid"), None, False)
    return Step(_("Paid %(day)s") % {"day": day(money.paid_on)}, None, True)


@stands_on_case(40)
def money_of_case(application, reader):
    """For the class contacts, and for those who give and pay: nobody else reads where the money goes."""
    if application.status not in AWARDED:
        return None
    if not (rules.can_change_payee(reader, application) or rules.can_reclaim(reader, application)):
        return None
    return Part("grants/money/_on_case.html", {"application": application, "money": money_in(application)})


@column_of_cases(40, gettext_lazy("Paid"), money=True)
def paid_column(applications):
    paid = {}
    for payout in Payout.objects.filter(application__in=applications, paid_on__isnull=False):
        paid[payout.application_id] = paid.get(payout.application_id, 0) + payout.amount
    return paid


@secures_award
def why_it_stays(application):
    money = money_in(application)
    return _("The money is paid. Ask for it back instead.") if money.unreturned or money.is_ordered else ""


@tells("grants.award_paid", whole=False)
def told_paid(happened):
    return _("The money was paid.")


@tells("grants.payment_taken_back", whole=False)
def told_taken_back(happened):
    return _("The payment was taken back: it had been marked by mistake.")


@tells("grants.payee_change_asked")
def told_change(happened):
    return _("The class asked for another account.")


@tells("grants.payee_change_answered")
def told_answer(happened):
    return _("The new account was accepted.") if happened.details["accepted"] else _("The new account was refused.")


@tells("grants.account_seen")
def told_look(happened):
    return _("Somebody who pays looked at the account number.")


@tells("grants.repayment_asked")
def told_asked_back(happened):
    return _("The class was asked to pay the money back, since the gathering was not held.")


@tells("grants.repayment_returned")
def told_returned(happened):
    return _("The money came back.")


@tells("grants.repayment_dropped")
def told_dropped(happened):
    return _("The class is not asked for the money any more.")


@tells("grants.case_emptied")
def told_emptied(happened):
    return _("What was written and sent was deleted by the rule of the archive.")


@tells("grants.account_forgotten")
def told_forgotten(happened):
    return _("The account number was deleted, since nothing is left to pay.")
