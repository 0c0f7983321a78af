"""The monthly letters of the demo: sent in some classes, and in one waiting for its contact and its contact teacher."""

from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from networks import actions
from networks.models import month_before
from portal.people.models import the_portal

SENT = {
    "sol-3B": "Takk til alle som var med denne måneden.",
    "lia-1A": "Takk for ein fin månad.",
    "eng-1A": "Tak for en god måned.",
}
WAITING = "sol-1A"


def write_monthly(town):
    month = month_before(timezone.localdate())
    for key in (*SENT, WAITING):
        contact = town.contacts[key]
        with suppress(actions.NothingToSay, actions.NobodySends):
            digest = actions.prepare_digest(town.classes[key], by=the_portal(), month=month)
            if key == WAITING:
                until = town.classes[key].school.today() + timedelta(days=3)
                actions.ask_paragraph(digest, by=contact, until=until)
            else:
                actions.write_digest(digest, by=contact, opening=SENT[key], left_out=[])
                actions.send_digest(digest, by=contact)
