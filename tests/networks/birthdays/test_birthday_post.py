"""The whole life of a birthday, counted in the post: three messages at most, and that it is called off."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from networks import actions
from portal.ledger import tasks as ledger
from portal.messaging.sending import send
from portal.messaging.tasks import remind
from portal.people import actions as people
from portal.people.models import Person
from tests import make
from tests.networks.birthdays.test_birthdays import answer, invite

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def life(town, mailoutbox):
    _ida, town.eva = make.family(town.first, pupil_name="Ida", adult_name="Eva")
    Person.objects.update(language="en")
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0), tick=False) as clock:
        birthday = invite(town)

        def at(moment):
            clock.move_to(max(moment, timezone.now()))
            for _turn in range(2):
                remind()
                ledger.sweep()
                clock.shift(timedelta(minutes=6))
                send("email")

        def post_of(person):
            return [mail.subject for mail in mailoutbox if person.email in mail.to[0]]

        yield birthday, at, post_of


def test_who_is_silent_gets_two_and_who_comes_gets_two(town, life):
    birthday, at, post_of = life
    at(timezone.now())
    answer(birthday, town.eva)
    while timezone.now() < birthday.starts_at:
        at(timezone.now() + timedelta(hours=12))

    assert post_of(town.jurgita) == ["Birthday: Nora (1A)", "Are you coming? Birthday: Nora (1A)"]
    assert post_of(town.eva) == ["Birthday: Nora (1A)", "Tomorrow: the birthday of Nora (1A)"]
    assert not [subject for person in (town.amira, town.ben, town.carla) for subject in post_of(person)]


def test_called_off_is_told_to_all_but_those_who_have_said_no(town, life):
    birthday, at, post_of = life
    at(timezone.now())
    answer(birthday, town.eva, "no")
    actions.call_off_birthday(birthday, by=town.amira)
    at(timezone.now() + DAY)

    assert post_of(town.jurgita)[-1] == "Called off: the birthday of Nora (1A)"
    assert post_of(town.eva) == ["Birthday: Nora (1A)"]


def test_a_home_at_a_protected_address_reads_neither_name_nor_place_in_its_post(town, mailoutbox):
    people.protect_address(town.iver, by=make.holder("office", town.school), grade="name")
    Person.objects.update(language="en")
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0), tick=False) as clock:
        invite(town)
        ledger.sweep()
        clock.shift(timedelta(minutes=6))
        send("email")

    (mail,) = [mail for mail in mailoutbox if town.jurgita.email in mail.to[0]]
    assert not any(word in f"{mail.subject} {mail.body}" for word in ("Nora", "The gym", "Iver"))
