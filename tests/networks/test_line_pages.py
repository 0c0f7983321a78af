"""What a home and the organisers read of a gathering with room for only so many."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from networks.models import Gathering, Rsvp
from networks.tasks import give_turns
from networks.todos import gatherings_to_answer
from portal.people.hats import Hat
from portal.people.models import AddressProtection
from tests import make
from tests.networks.test_line import detail, pass_on, rsvp_of, say, state
from tests.networks.test_pages import link, typed
from tests.pages import address, as_, text


def page_of(gathering, person):
    return text(as_(person).get(address("networks", "gathering_show", gathering.pk)))


def press(gathering, person, **sent):
    return text(as_(person).post(address("networks", "gathering_show", gathering.pk), sent, follow=True))


def pressed(gathering, person):
    shown = as_(person).get(address("networks", "gathering_show", gathering.pk)).content.decode()
    before = shown.split('value="yes"')[1].split("</button>")[0]
    return 'aria-pressed="true"' in before, " ".join(re.sub(r"<[^>]+>", " ", before.split(">", 1)[1]).split())


def test_a_yes_that_waits_is_a_pressed_yes_with_its_place_until_it_has_to_be_said_again(town, full, eva, noon):
    say(full, eva)
    assert pressed(full, town.amira) == (False, "Yes, we are coming")
    noon.shift(timedelta(minutes=6))
    say(full, town.amira)
    assert pressed(full, town.amira) == (True, "Yes, number 2 on the waiting list")

    say(full, eva, "no")
    assert pressed(full, town.amira) == (True, "Yes, number 1 on the waiting list")
    say(full, town.jurgita, "no")
    assert pressed(full, town.amira) == (False, "Yes, we are coming")
    give_turns()
    assert pressed(full, town.amira) == (False, "Yes, we are coming")
    say(full, town.amira)
    assert pressed(full, town.amira) == (True, "Yes, we are coming")


def test_whoever_has_missed_the_turn_has_no_pressed_yes(town, full, noon):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    give_turns()
    noon.shift(timedelta(days=3))

    assert pressed(full, town.amira) == (False, "Yes, we are coming")


def edit(town, gathering, capacity):
    sent = typed(town.school, title=gathering.title, capacity=capacity, quietly="on")
    day = gathering.starts_at.astimezone(town.school.zone)
    sent |= {"day": day.date().isoformat(), "starts": f"{day:%H:%M}", "ends": f"{day + timedelta(hours=2):%H:%M}"}
    sent |= {"place": gathering.place, "family_cost": "0", "answer_by": (day - timedelta(days=7)).date().isoformat()}
    del sent["quietly"]
    return text(as_(town.jurgita).post(address("networks", "gathering_edit", gathering.pk), sent, follow=True))


def test_a_home_reads_that_it_is_full_and_its_number_and_nothing_of_the_others(town, full, eva, noon):
    assert "It is full now. Say yes, and your family stands on the waiting list." in page_of(full, town.amira)
    say(full, eva)
    noon.shift(timedelta(minutes=6))

    shown = press(full, town.amira, answer="yes")

    assert "You are number 2 on the waiting list" in shown
    assert "“We stand on the waiting list” is saved for Nora" in shown
    assert "Put it in the calendar" not in shown
    assert not {"Eva", "Alma", "Lund"} & set(shown.split())


def test_the_place_that_is_kept_says_until_when_and_a_press_takes_it(town, full, noon):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    assert "There is room for you now" in page_of(full, town.amira)
    give_turns()

    shown = page_of(full, town.amira)
    assert "It is kept for your family until Wednesday 11 November" in shown
    assert [todo.due.isoformat() for todo in gatherings_to_answer(Hat(town.amira, "parent"))] == ["2026-11-11"]
    assert "“We are coming” is saved" in press(full, town.amira, answer="yes")
    assert gatherings_to_answer(Hat(town.amira, "parent")) == []


def test_a_missed_turn_says_so(town, full, noon):
    say(full, town.amira)
    say(full, town.jurgita, "no")
    pass_on(noon)
    noon.shift(timedelta(days=2))

    assert "Your place has gone to the next family" in page_of(full, town.amira)


def test_more_people_than_fit_is_a_word_above_the_form_and_what_was_typed_stays(town, full):
    sent = {"adults": "4", "siblings": "2", "lift": "none", "message": "We are many"}
    shown = as_(town.jurgita).post(address("networks", "gathering_show", full.pk), sent)

    assert "There is no room for so many. Your earlier answer stands." in text(shown)
    assert "We are many" in shown.content.decode()
    assert rsvp_of(full, town.jurgita).adults == 1


def test_a_home_larger_than_all_the_room_is_told(town, full):
    say(full, town.amira)
    detail(full, town.amira, town.nora, adults=3)

    assert "You are more people than there is room for in all." in page_of(full, town.amira)


def test_the_answer_to_give_is_never_the_waiting_list_itself(town, full):
    press(full, town.amira, answer="wait")

    assert not Rsvp.objects.filter(household=town.amira.household).exists()


def test_a_protected_familys_link_says_neither_who_waits_nor_where(town, full, client):
    AddressProtection.objects.create(person=town.nora, grade="strict", valid_from=make.LONG_AGO)
    say(full, town.amira)

    shown = client.get(link(town.amira, full)).content.decode()

    assert "Det er bare plass til et visst antall." in shown
    assert "nummer 1" not in shown
    assert full.place not in shown


def test_the_board_shows_places_taken_and_who_waits(town, full):
    say(full, town.amira)
    shown = text(as_(town.jurgita).get(address("networks", "gathering_organise", full.pk)))

    assert "2 of 2 places are taken" in shown
    assert "1 family waits for a place" in shown
    assert "Number 1" in shown


@pytest.mark.parametrize("who", ["amira", "ben", "principal"])
def test_nobody_but_the_organisers_reads_who_waits(town, full, eva, who):
    say(full, eva)
    person = getattr(town, who)

    assert as_(person).get(address("networks", "gathering_organise", full.pk)).status_code == 403
    assert not {"Eva", "Alma", "Lund"} & set(page_of(full, person).split())


def test_less_room_than_come_says_that_nobody_loses_a_place(town, full):
    shown = edit(town, full, "1")

    assert "2 people have said that they come, and now there is room for 1. Nobody loses a place." in shown
    assert (state(full, town.jurgita), Gathering.objects.get(pk=full.pk).capacity) == ("yes", 1)


def test_more_room_says_who_is_told(town, full):
    say(full, town.amira)

    assert "Those who wait and now have room are told" in edit(town, full, "5")


@pytest.mark.parametrize("typed_in", ["0", "-1", "2001", "many", "9" * 30])
def test_no_room_at_all_is_refused_in_words(town, full, typed_in):
    edit(town, full, typed_in)

    assert Gathering.objects.get(pk=full.pk).capacity == 2


def test_the_organiser_is_told_that_the_home_waits(town, full):
    say(full, town.jurgita)
    sent = {"answer": "yes"}
    where = address("networks", "home_answer", full.pk, town.amira.household_id)

    assert "the family stands on the waiting list, as number 1" in text(
        as_(town.jurgita).post(where, sent, follow=True)
    )
    assert timezone.now() < full.starts_at
