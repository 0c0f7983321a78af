from datetime import timedelta

import time_machine

from networks import actions
from networks.models import Contact, Invitation, Rsvp
from networks.tasks import forget, welcome_newcomers
from portal.ledger.models import Event
from tests import make


def test_welcome_newcomers_twice_changes_nothing_more(town, bonfire):
    make.family(town.first, pupil_name="Ayaan", adult_name="Hodan", family_name="Cabdullahi")

    welcome_newcomers()
    welcome_newcomers()

    assert Invitation.objects.count() == 4
    assert Event.objects.filter(verb="networks.newcomers_invited").count() == 1


def test_forget_twice_changes_nothing_more(town, bonfire):
    actions.log_contact(bonfire, by=town.jurgita, household=town.amira.household, kind="call", outcome="coming")
    Rsvp.objects.update(food="No nuts")

    forget()
    assert Contact.objects.count() == 1

    with time_machine.travel(bonfire.ends_at + timedelta(days=61)):
        forget()
        forget()

    assert Contact.objects.count() == 0
    assert Rsvp.objects.get().food is None
    assert Event.objects.filter(verb="networks.reaching_out_forgotten").count() == 1
