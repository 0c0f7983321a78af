"""What the keepers of a class fund find in their post: no sum and no words of a row, and nothing that is done already."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from networks import actions
from networks.models import FundHandOver
from portal.ledger import tasks as ledger
from portal.messaging.sending import send
from portal.people.models import Person
from tests.networks.fund.conftest import begin, counted, write

pytestmark = pytest.mark.django_db
NOON = 12


@pytest.fixture
def post(town, mailoutbox):
    Person.objects.update(language="en")
    with time_machine.travel(timezone.localtime().replace(hour=NOON, minute=0), tick=False) as clock:

        def since(person):
            ledger.sweep()
            clock.shift(timedelta(minutes=6))
            send("email")
            found = [mail for mail in mailoutbox if person.email in mail.to[0]]
            for mail in found:
                mailoutbox.remove(mail)
            return [(mail.subject, mail.body) for mail in found]

        yield since


def subjects(mails):
    return " ".join(subject for subject, _body in mails)


def test_keepers_are_told_that_they_begin_and_nobody_else_is(town, post):
    begin(town)

    assert "You keep the class fund of 1A" in subjects(post(town.amira))
    assert post(town.ben) == []


def test_the_other_keeper_is_asked_to_confirm_without_a_sum_or_a_word(town, fund, post):
    post(town.jurgita)
    write(fund, town.amira, 123_400, what="Waffles")

    mails = post(town.jurgita)

    assert "Confirm a row of the class fund" in subjects(mails)
    assert not any(word in body for _subject, body in mails for word in ("Waffles", "1234", "1 234"))
    assert "Confirm" not in subjects(post(town.amira))


def test_what_is_confirmed_meanwhile_is_not_asked_for(town, fund, post):
    post(town.jurgita)
    counted(fund, town.amira, town.jurgita)

    assert "Confirm" not in subjects(post(town.jurgita))


def test_a_hand_over_asks_the_old_for_a_signature_and_tells_the_new_when_it_is_done(town, fund, post):
    for person in (town.amira, town.ben, town.jurgita):
        post(person)
    said = {"one": town.ben, "other": town.jurgita, "elected_on": town.school.today()}
    actions.hand_over_fund(fund, by=town.jurgita, **said)
    assert subjects(post(town.amira)) == "Sign the hand-over of the class fund of 1A"
    assert post(town.ben) == []

    over = FundHandOver.objects.get()
    actions.sign_hand_over(over, by=town.jurgita)
    assert "You keep" not in subjects(post(town.amira))
    actions.sign_hand_over(over, by=town.amira)

    assert subjects(post(town.ben)) == "You keep the class fund of 1A"
    assert post(town.amira) == []
