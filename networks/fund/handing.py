"""The class fund, as it is handed over from one class contact to the next: what is open, never a row."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.fund.queries import fund_of
from networks.models import FundKeeper
from networks.queries.handed import Handed
from portal.speech import money


def fund_to_hand_over(school_class, person):
    fund = fund_of(school_class, person)
    heading = _("Class fund")
    if fund is None:
        url, label = reverse("networks:fund_open", args=[school_class.pk]), _("How a class gets one")
        return Handed("fund", heading, url, label, [], _("The class has no fund."))
    open_ones, waiting = [], fund.rows.waiting().count()
    if fund.hand_overs.open().exists():
        open_ones.append(_("It is being handed on: somebody has to sign."))
    elif fund.seated().count() < FundKeeper.SEATS:
        open_ones.append(_("It lacks a keeper. Let the class elect one."))
    if waiting:
        words = ngettext("%(n)s row waits for the other keeper.", "%(n)s rows wait for the other keeper.", waiting)
        open_ones.append(words % {"n": waiting})
    rest = _("Nothing is open. It holds %(amount)s.") % {"amount": money(fund.balance)}
    return Handed("fund", heading, fund.get_absolute_url(), _("Open the fund"), open_ones, rest)
