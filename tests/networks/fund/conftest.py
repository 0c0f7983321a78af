"""The class of four homes, with a fund that Amira and Jurgita keep. Jurgita is also the class contact."""

from datetime import timedelta

from networks import actions
from networks.models import FundRow
from tests.ground import once


@once
def fund(town):
    return begin(town)


def begin(town, **changes):
    typed = {"one": town.amira, "other": town.jurgita, "elected_on": town.school.today() - timedelta(days=30)}
    return actions.open_fund(town.first, by=town.jurgita, **typed | changes)


def write(fund, by, amount=50_000, kind="bazaar", **changes):
    typed = {"on": fund.class_today.school.today(), "what": "Waffles", "receipt": "", "not_names": []}
    if kind == "expense":
        typed["receipt"] = "No. 1, blue folder"
    return actions.write_fund_row(fund, by=by, kind=kind, amount=amount, **typed | changes)


def counted(fund, by, other, amount=50_000, **changes):
    row = write(fund, by, amount, **changes)
    actions.confirm_fund_row(row, by=other)
    return FundRow.objects.get(pk=row.pk)
