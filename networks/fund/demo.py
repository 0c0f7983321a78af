"""The class fund of 1A: what two bazaars and a grant brought, what was paid, and a row that waits."""

from datetime import timedelta

from django.utils import timezone

from networks import actions
from networks.fund.queries import keepers_to_choose

CLASS = "sol-1A"
ROWS = (
    ("bazaar", 184_000, 50, "Vafler og loddbøker på høstbasaren", ""),
    ("grant", 100_000, 40, "Tilskudd til sosiale tiltak", ""),
    ("gifts", 45_000, 34, "Frivillige gaver, lagt i boksen på foreldremøtet", ""),
    ("expense", 62_050, 18, "Pinnebrød, saft og ved til natursti", "Nr. 1, i den blå permen"),
)
WAITS = ("expense", 19_900, 2, "Papir og saks til julepynt", "Nr. 2, i den blå permen")


def run_fund(town):
    school_class, contact = town.classes[CLASS], town.contacts[CLASS]
    one, other = _of_two_homes(keepers_to_choose(school_class, contact), contact)
    today = timezone.localdate()
    fund = actions.open_fund(school_class, by=contact, one=one, other=other, elected_on=today - timedelta(days=60))
    for kind, amount, ago, what, receipt in ROWS:
        row = _write(fund, one, kind, amount, today - timedelta(days=ago), what, receipt)
        actions.confirm_fund_row(row, by=other)
    _write(fund, one, WAITS[0], WAITS[1], today - timedelta(days=WAITS[2]), *WAITS[3:])


def _write(fund, by, kind, amount, on, what, receipt):
    typed = {"kind": kind, "amount": amount, "on": on, "what": what, "receipt": receipt, "not_names": []}
    return actions.write_fund_row(fund, by=by, **typed)


def _of_two_homes(people, contact):
    one = next(person for person in people if person.pk != contact.pk)
    return one, next(person for person in people if person.household_id != one.household_id and person.pk != contact.pk)
