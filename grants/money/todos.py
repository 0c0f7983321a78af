"""What waits about money: payments, bills of the school, another account, what the class is to pay back."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants.models import GrantApplication, PayeeChange, Repayment
from grants.models.applications import Payee
from grants.money.queries import changes_for, ready_rows
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.speech import money
from portal.todos import Todo, waits_for

Kind = Role.Kind


def _unpaid(hat):
    """Nearly: that it is paid, or that something has to be settled first, is read only where there is one."""
    awarded = GrantApplication.objects.awarded().filter(closing=None)
    if hat.kind == Kind.MUNICIPALITY_OFFICER:
        return awarded.filter(school__municipality=hat.scope)
    return awarded.filter(school=hat.scope, payee_kind=Payee.SCHOOL, transferred_at=None)


@waits_for(Kind.MUNICIPALITY_OFFICER, among=_unpaid)
@waits_for(Kind.PRINCIPAL, among=_unpaid)
@waits_for(Kind.DEPUTY, among=_unpaid)
def payments_to_make(hat):
    total = len(ready_rows(hat.person, _unpaid(hat)))
    title = ngettext("%(n)s grant waits to be paid", "%(n)s grants wait to be paid", total) % {"n": total}
    todo = Todo(
        title=title,
        url=reverse("grants:payment_list"),
        detail=_("The classes have been promised the money within some days."),
        icon="SackKroner",
        hue="grants",
    )
    return [todo] if total else []


def _changes(hat):
    waiting = PayeeChange.objects.waiting()
    if hat.kind == Kind.MUNICIPALITY_OFFICER:
        return waiting.filter(application__school__municipality=hat.scope)
    return waiting.filter(application__school=hat.scope, application__transferred_at=None)


@waits_for(Kind.MUNICIPALITY_OFFICER, among=_changes)
@waits_for(Kind.PRINCIPAL, among=_changes)
@waits_for(Kind.DEPUTY, among=_changes)
def changes_to_answer(hat):
    here = set(_changes(hat).values_list("pk", flat=True))
    return [
        Todo(
            title=_("Class %(class)s wants its support paid somewhere else")
            % {"class": change.application.school_class.name},
            url=reverse("grants:payee_answer", args=[change.pk]),
            detail=_("Nothing is paid until you have said yes or no."),
            icon="SackKroner",
            hue="grants",
        )
        for change in changes_for(hat.person)
        if change.pk in here
    ]


def _asked_back(hat):
    return Repayment.objects.waiting().filter(application__in=GrantApplication.objects.written_in(hat))


@waits_for(PARENT, among=_asked_back)
@waits_for(Kind.CLASS_CONTACT, among=_asked_back)
def money_to_return(hat):
    return [
        Todo(
            title=_("Pay back %(amount)s of the support") % {"amount": money(repayment.amount)},
            url=reverse("grants:money_show", args=[repayment.application_id]),
            due=repayment.due_on,
            detail=_("On the page you read to where, and what to write on it."),
            icon="SackKroner",
            hue="grants",
        )
        for repayment in _asked_back(hat)
    ]
