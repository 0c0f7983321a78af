"""What waits for the keepers of a class fund, and for the class contact when one is missing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.models import ClassFund, FundKeeper
from portal.people.models import SchoolClass
from portal.todos import Todo, waits_for


def _todo(fund, title, detail):
    return Todo(title=title, url=fund.get_absolute_url(), detail=detail, icon="SackKroner", hue="gatherings")


def _managed(hat):
    return ClassFund.objects.managed_by(hat.person).select_related("school_class")


def _of_class(hat):
    return ClassFund.objects.of_classes(SchoolClass.objects.filter(pk=hat.scope.pk)).select_related("school_class")


@waits_for("parent", among=_managed)
def fund_rows_to_confirm(hat):
    found = []
    for fund in _managed(hat):
        hand_over = fund.hand_overs.open().first()
        if hand_over:
            if hand_over.unsigned().filter(person=hat.person.pk).exists():
                title = _("Sign the hand-over of the class fund of %(class)s")
                detail = _("Look at the money and the receipts first.")
                found.append(_todo(fund, title % {"class": fund.class_today.name}, detail))
            continue
        many = fund.rows.waiting().exclude(written_by__person=hat.person.pk).count()
        if many:
            title = ngettext(
                "Confirm %(n)s row of the class fund of %(class)s",
                "Confirm %(n)s rows of the class fund of %(class)s",
                many,
            )
            detail = _("The other keeper has written it. It counts when you have seen the money or the receipt.")
            found.append(_todo(fund, title % {"n": many, "class": fund.class_today.name}, detail))
    return found


@waits_for("class_contact", among=_of_class)
def fund_without_keepers(hat):
    return [
        _todo(
            fund,
            _("The class fund of %(class)s lacks a keeper") % {"class": hat.scope.name},
            _("Let the class elect, and write down whom. Two are needed."),
        )
        for fund in _of_class(hat)
        if fund.seated().count() < FundKeeper.SEATS and not fund.hand_overs.open().exists()
    ]
