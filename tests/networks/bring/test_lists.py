"""What a gathering needs: who writes it, who takes it, and that the last one is taken once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from networks import actions
from networks.bring.queries import list_of, share_of
from networks.models import Item, NotNow, Place
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people import actions as people
from portal.people.actions import end_relation
from portal.people.models import the_portal
from tests import make
from tests.ground import once
from tests.networks.test_notices import letter, told
from tests.networks.test_pages import page
from tests.pages import as_, text
from tests.threads import in_a_thread


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


CAKE = {"kind": "thing", "title": "A cake", "wanted": 1}


@once
def cake(bonfire, town):
    return actions.add_item(bonfire, by=town.jurgita, **CAKE, backups=1)


def say(person, gathering, answer="yes"):
    return actions.answer(gathering, by=person, household=person.household, answer=answer)


def take(person, gathering, item):
    say(person, gathering)
    return actions.take_place(gathering, by=person, household=person.household, item=item)


def back(person, gathering, item):
    actions.give_back(gathering, by=person, household=person.household, item=item)


def left(gathering, person):
    return [
        (row.left, row.backups_left, row.is_own, row.is_backup) for row in share_of(gathering, person.household_id).rows
    ]


@pytest.mark.parametrize("who", ["amira", "carla", "principal"])
def test_only_organisers_write_the_list(town, bonfire, cake, who):
    for change in (
        lambda by: actions.add_item(bonfire, by=by, **CAKE),
        lambda by: actions.remove_item(cake, by=by),
        lambda by: actions.lock_list(bonfire, by=by, given_back_until=3),
    ):
        with pytest.raises(PermissionDenied):
            change(getattr(town, who))


def test_a_home_reads_its_own_part_and_what_is_left(town, bonfire, cake):
    take(town.amira, bonfire, cake)

    assert left(bonfire, town.amira) == [(0, 1, True, False)]
    assert left(bonfire, town.ben) == [(0, 1, False, False)]


def test_the_last_one_is_taken_once_and_the_next_is_a_back_up(town, bonfire, cake):
    take(town.amira, bonfire, cake)

    assert take(town.ben, bonfire, cake).as_backup
    with pytest.raises(NotNow, match="Another family was first"):
        take(town.jurgita, bonfire, cake)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_do_not_both_take_the_last_one(town, bonfire):
    cake, answered = actions.add_item(bonfire, by=town.jurgita, **CAKE), []
    say(town.ben, bonfire)

    with transaction.atomic():
        take(town.amira, bonfire, cake)
        pressed = in_a_thread(
            answered,
            lambda: actions.take_place(
                type(bonfire).objects.get(pk=bonfire.pk), by=town.ben, household=town.ben.household, item=cake
            ),
        )
    pressed.join(20)

    assert answered == [NotNow]
    assert Place.objects.exclude(household=None).get().household == town.amira.household


def test_the_database_holds_no_more_places_than_are_wanted(town, cake):
    with pytest.raises(IntegrityError, match="a_place_is_there_once"), transaction.atomic():
        Place.objects.create(item=cake, number=0, household=town.ben.household, taken_at=timezone.now())
    own = {"item": cake, "household": town.amira.household, "taken_at": timezone.now()}
    with pytest.raises(IntegrityError, match="one_place_per_home_and_item"), transaction.atomic():
        Place.objects.bulk_create(Place(number=number, **own) for number in (7, 8))


def test_pressed_twice_it_is_one(town, bonfire, cake):
    assert take(town.amira, bonfire, cake) == take(town.amira, bonfire, cake)


def test_nobody_takes_before_the_home_comes_nor_for_another_home(town, bonfire, cake):
    with pytest.raises(NotNow, match="First say"):
        actions.take_place(bonfire, by=town.amira, household=town.amira.household, item=cake)
    say(town.ben, bonfire)
    with pytest.raises(PermissionDenied):
        actions.take_place(bonfire, by=town.amira, household=town.ben.household, item=cake)


def test_what_stands_on_another_list_is_not_taken(town, bonfire):
    other = actions.add_item(make.published(town.first, by=town.jurgita), by=town.jurgita, **CAKE)

    with pytest.raises(PermissionDenied):
        take(town.amira, bonfire, other)


def test_it_is_given_back_until_the_list_locks_and_not_after(town, bonfire, cake):
    take(town.amira, bonfire, cake)
    back(town.amira, bonfire, cake)
    with pytest.raises(NotNow, match="has not taken"):
        back(town.amira, bonfire, cake)

    take(town.amira, bonfire, cake)
    actions.lock_list(bonfire, by=town.jurgita, given_back_until=60)
    with pytest.raises(NotNow, match="too late"):
        back(town.amira, bonfire, cake)


def test_a_home_that_cannot_come_brings_nothing(town, bonfire, cake):
    take(town.amira, bonfire, cake)
    say(town.amira, bonfire, "no")

    assert left(bonfire, town.ben) == [(1, 1, False, False)]


def test_what_a_family_that_has_left_had_taken_is_free_again(town, bonfire, cake):
    take(town.amira, bonfire, cake)
    end_relation(town.amira.pupil_relations.get(), by=the_portal())

    assert not take(town.ben, bonfire, cake).as_backup


def test_what_is_taken_stays_on_the_list(town, bonfire, cake):
    take(town.amira, bonfire, cake)
    with pytest.raises(NotNow, match="taken this already"):
        actions.remove_item(cake, by=town.jurgita)

    back(town.amira, bonfire, cake)
    actions.remove_item(cake, by=town.jurgita)
    assert not Item.objects.exists()


def test_a_list_has_an_end(town, bonfire):
    for _number in range(Item.MOST):
        actions.add_item(bonfire, by=town.jurgita, **CAKE)
    with pytest.raises(NotNow, match="long enough"):
        actions.add_item(bonfire, by=town.jurgita, **CAKE)


def test_when_the_year_is_over_nobody_knows_who_brought_what(town, bonfire, cake):
    take(town.amira, bonfire, cake)
    actions.forget_answers(bonfire, by=the_portal())

    assert not Place.objects.exclude(household=None).exists()


def test_organisers_read_every_home_and_a_protected_one_by_its_alias(town, bonfire, cake):
    take(town.amira, bonfire, cake)
    assert list_of(bonfire, town.jurgita)[0].homes == ["Warsame"]

    people.protect_address(town.amira, by=make.holder("office", town.school), grade="name", alias="Fjell")
    assert list_of(bonfire, town.jurgita)[0].homes == ["Fjell"]


def test_the_list_is_written_by_pressing_and_taken_in_the_same_tap_as_yes(town, bonfire):
    contact, amira = as_(town.jurgita), as_(town.amira)
    contact.post(page("suggestion_take", bonfire.pk), {"suggestion": "clear_up"})
    contact.post(page("bring_list", bonfire.pk), {**CAKE, "backups": ""})
    cake = Item.objects.get(title="A cake")

    shown = amira.post(page("gathering_show", bonfire.pk), {"answer": "yes", "take": cake.pk}, follow=True)
    assert "You have taken: A cake" in text(shown)
    assert "Warsame" in text(contact.get(page("bring_list", bonfire.pk)))

    shown = amira.post(page("gathering_show", bonfire.pk), {"back": cake.pk}, follow=True)
    assert "Given back: A cake" in text(shown)


def test_the_answer_is_saved_although_another_family_was_first(town, bonfire, answers):
    cake = actions.add_item(bonfire, by=town.jurgita, **CAKE)
    take(town.ben, bonfire, cake)

    shown = as_(town.amira).post(page("gathering_show", bonfire.pk), {"answer": "yes", "take": cake.pk}, follow=True)

    assert "Another family was first" in text(shown)
    assert answers()[town.amira.household_id] == "yes"


def test_no_family_reads_what_another_brings(town, bonfire, cake):
    take(town.ben, bonfire, cake)
    say(town.amira, bonfire)

    shown = text(as_(town.amira).get(page("gathering_show", bonfire.pk)))
    assert "You can be a back-up" in shown
    assert "Dahl" not in shown


def test_what_is_typed_wrong_is_said_and_kept(town, bonfire):
    said = {"kind": "thing", "title": "Soup", "wanted": "2", "minutes": "20"}
    shown = as_(town.jurgita).post(page("bring_list", bonfire.pk), said)

    assert "Minutes belong to a job" in text(shown)
    assert 'value="Soup"' in shown.content.decode()


def test_a_back_up_is_told_when_it_steps_in_and_once(town, bonfire, cake):
    take(town.amira, bonfire, cake)
    take(town.ben, bonfire, cake)
    remind()
    assert told("networks.stepped_in") == set()

    say(town.amira, bonfire, "no")
    remind()
    remind()
    assert told("networks.stepped_in") == {"Ben"}
    assert "A cake" in " ".join(letter("networks.stepped_in", town.ben).lines)
    assert len(Notice.objects.filter(kind="networks.stepped_in")) == 1


def test_the_letter_of_the_day_before_says_what_the_home_brings(town, bonfire, cake):
    take(town.amira, bonfire, cake)
    take(town.ben, bonfire, cake)

    with time_machine.travel(bonfire.starts_at - timedelta(hours=20)):
        remind()
        assert "You bring or do: A cake" in letter("networks.day_before", town.amira).lines
        assert not any("You bring" in line for line in letter("networks.day_before", town.ben).lines)


def test_a_page_of_the_list_asks_as_much_for_one_thing_as_for_many(town, bonfire, cake):
    def asked(person, name):
        with CaptureQueriesContext(connection) as seen:
            assert as_(person).get(page(name, bonfire.pk)).status_code == 200
        return len(seen)

    take(town.amira, bonfire, cake)
    few = asked(town.amira, "gathering_show"), asked(town.jurgita, "bring_list")
    for _number in range(9):
        take(town.amira, bonfire, actions.add_item(bonfire, by=town.jurgita, **CAKE))
    assert (asked(town.amira, "gathering_show"), asked(town.jurgita, "bring_list")) == few


def test_an_answer_that_is_taken_back_gives_back_what_was_taken_with_it(town, bonfire, cake):
    take(town.amira, bonfire, cake)

    actions.undo_answer(bonfire, by=town.amira, household=town.amira.household)

    assert not Place.objects.filter(household__isnull=False).exists()


def test_a_suggestion_that_is_pressed_twice_stands_there_once(town, bonfire):
    for _pressed in range(2):
        as_(town.jurgita).post(page("suggestion_take", bonfire.pk), {"suggestion": "clear_up"})

    assert bonfire.items.count() == 1
