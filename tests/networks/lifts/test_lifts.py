"""Who takes whom along: the need is read by organisers alone, both say yes before either reads a name, and no seat is given
twice."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from networks import actions
from networks.lifts.queries import lift_board, own_lifts
from networks.models import Lift, NotNow, Rsvp
from portal.messaging.tasks import remind
from portal.people import actions as people
from portal.people.models import the_portal
from tests import make
from tests.ground import once
from tests.networks.test_notices import letter, still_wanted, told
from tests.networks.test_pages import page
from tests.pages import as_, text
from tests.threads import in_a_thread


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def say(person, gathering, lift, area="", **details):
    actions.answer(gathering, by=person, household=person.household, answer="yes")
    said = {"adults": 1, "pupils": [], "lift": lift, "area": area, **details}
    return actions.detail_answer(gathering, by=person, household=person.household, **said)


@once
def lia(town):
    """A second home with seats."""
    return make.family(town.first, pupil_name="Per", adult_name="Lia", family_name="Berg")[1]


@once
def ready(town, bonfire):
    say(town.amira, bonfire, "need", "Sletta")
    say(town.ben, bonfire, "offer", "sletta ", seats=2)
    return bonfire


def suggest(town, gathering, giver=None, taker=None):
    homes = {"giver": (giver or town.ben).household, "taker": (taker or town.amira).household}
    return actions.suggest_lift(gathering, by=town.jurgita, **homes)


def agree(lift, *adults):
    for adult in adults:
        lift.refresh_from_db()
        actions.agree_lift(lift, by=adult, household=adult.household)


def given(person):
    return Rsvp.objects.get(household=person.household_id).given


def test_both_say_yes_and_then_both_read_who_it_is(town, ready, lia):
    people.choose_directory(town.amira, by=town.amira, fields=["phone"])
    type(town.amira).objects.filter(pk=town.amira.pk).update(phone="+4799887766", email="amira@example.org")
    say(lia, ready, "offer", "Aker", seats=2)
    other, amira = as_(lia), as_(town.amira)
    as_(town.jurgita).post(page("lift_list", ready.pk), {"giver": lia.household_id, "taker": town.amira.household_id})
    lift = Lift.objects.get()
    assert told("networks.lift_suggested") == {"Amira", "Lia"}

    shown = text(other.get(page("gathering_show", ready.pk)))
    assert "A family needs 1 seat" in shown
    assert "Sletta" not in shown
    amira.post(page("gathering_show", ready.pk), {"agree": lift.pk})
    assert "Warsame" not in text(other.get(page("gathering_show", ready.pk)))
    assert own_lifts(ready, lia)[0].others == []
    assert told("networks.lift_agreed") == set()

    shown = text(other.post(page("gathering_show", ready.pk), {"agree": lift.pk}, follow=True))
    assert "Amira Warsame" in shown
    assert "+4799887766" in shown
    assert "amira@example.org" not in shown
    assert told("networks.lift_agreed") == {"Amira", "Lia"}
    assert "You go with: Lia Berg." in letter("networks.lift_agreed", town.amira).lines


def test_only_organisers_read_who_needs_a_lift(town, ready, lia):
    say(lia, ready, "none")

    assert "Warsame" in text(as_(town.jurgita).get(page("lift_list", ready.pk)))
    assert as_(lia).get(page("lift_list", ready.pk)).status_code == 403
    assert "lift" not in text(as_(lia).get(page("gathering_show", ready.pk))).split("Getting there")[0]


def test_the_same_area_stands_first(town, ready, lia):
    say(lia, ready, "offer", "Aker", seats=3)

    need = lift_board(ready, town.jurgita).needs[0]
    assert next((one.name, one.area.strip()) for one in need.offers)[1].casefold() == "sletta"
    assert need.is_near


@pytest.mark.parametrize("who", ["amira", "carla", "principal"])
def test_nobody_but_organisers_suggests(town, ready, who):
    with pytest.raises(PermissionDenied):
        actions.suggest_lift(ready, by=getattr(town, who), giver=town.ben.household, taker=town.amira.household)


def test_a_home_of_another_class_is_never_in_a_lift(town, ready):
    with pytest.raises(PermissionDenied):
        suggest(town, ready, giver=town.carla)


def test_nobody_agrees_for_another_home(town, ready, lia):
    lift = suggest(town, ready)
    for household in (lia.household, town.ben.household):
        with pytest.raises(PermissionDenied):
            actions.agree_lift(lift, by=lia, household=household)


def test_no_seat_is_given_twice(town, ready, lia):
    say(lia, ready, "need", adults=2)
    suggest(town, ready)

    with pytest.raises(NotNow, match="not enough free seats"):
        suggest(town, ready, taker=lia)
    with pytest.raises(IntegrityError, match="no_more_seats_than_offered"), transaction.atomic():
        Rsvp.objects.filter(household=town.ben.household).update(given=3)


@pytest.mark.django_db(transaction=True)
def test_two_organisers_at_once_give_a_seat_once(town, bonfire, lia):
    say(town.amira, bonfire, "need")
    say(lia, bonfire, "need")
    say(town.ben, bonfire, "offer", seats=1)
    said = []

    with transaction.atomic():
        suggest(town, bonfire)
        pressed = in_a_thread(said, lambda: suggest(town, type(bonfire).objects.get(pk=bonfire.pk), taker=lia))
    pressed.join(20)

    assert said == [NotNow]
    assert given(town.ben) == 1


def test_a_home_has_one_lift_at_a_time(town, ready, lia):
    suggest(town, ready)
    say(lia, ready, "offer", seats=2)

    with pytest.raises(NotNow, match="already"):
        suggest(town, ready, giver=lia)
    assert given(lia) == 0


def test_saying_no_frees_the_seats_and_only_whoever_had_agreed_is_told(town, ready):
    lift = suggest(town, ready)
    agree(lift, town.amira)
    actions.decline_lift(lift, by=town.ben, household=town.ben.household)
    remind()
    remind()

    assert given(town.ben) == 0
    assert told("networks.lift_over") == {"Amira"}
    with pytest.raises(NotNow, match="no longer suggested"):
        agree(lift, town.amira)


def test_an_organiser_takes_it_back(town, ready):
    lift = suggest(town, ready)
    as_(town.jurgita).post(page("lift_withdraw", lift.pk))
    remind()

    assert given(town.ben) == 0
    assert own_lifts(ready, town.amira) == []
    assert told("networks.lift_over") == set()


@pytest.mark.parametrize("change", ["no", "less", "none"])
def test_whoever_changes_the_answer_has_no_lift_any_more(town, ready, change):
    lift = suggest(town, ready)
    agree(lift, town.amira, town.ben)
    if change == "no":
        actions.answer(ready, by=town.ben, household=town.ben.household, answer="no")
    else:
        say(town.ben, ready, "offer" if change == "less" else "none", seats=0)
    remind()

    assert given(town.ben) == 0
    assert told("networks.lift_over") == {"Amira"}


def test_what_else_is_changed_keeps_the_lift(town, ready):
    lift = suggest(town, ready)
    say(town.ben, ready, "offer", seats=2, siblings=1)

    assert list(Lift.objects.standing()) == [lift]


def test_a_protected_family_is_never_paired_and_its_area_is_not_shown(town, ready):
    people.protect_address(town.nora, by=make.holder("office", town.school), grade="name", alias="Fjell")

    with pytest.raises(NotNow, match="in a talk"):
        suggest(town, ready)
    shown = text(as_(town.jurgita).get(page("lift_list", ready.pk)))
    assert "Warsame" not in shown
    assert "Sletta" not in shown


def test_a_family_protected_after_both_agreed_is_named_to_nobody(town, bonfire, lia):
    say(town.amira, bonfire, "need")
    say(lia, bonfire, "offer", seats=2)
    agree(suggest(town, bonfire, giver=lia), town.amira, lia)
    people.protect_address(town.nora, by=make.holder("office", town.school), grade="name")

    shown = text(as_(lia).get(page("gathering_show", bonfire.pk)))
    assert "Warsame" not in shown
    assert "Ask the organisers how to reach it" in shown


def test_nobody_is_told_of_a_lift_that_is_over(town, ready):
    lift = suggest(town, ready)
    told("networks.lift_suggested")
    assert still_wanted("networks.lift_suggested", town.ben)
    agree(lift, town.ben)
    assert not still_wanted("networks.lift_suggested", town.ben)
    assert still_wanted("networks.lift_suggested", town.amira)
    actions.withdraw_lift(Lift.objects.get(), by=town.jurgita)
    assert not still_wanted("networks.lift_suggested", town.amira)


def test_lifts_are_deleted_with_the_answers(town, ready):
    suggest(town, ready)
    actions.forget_answers(ready, by=the_portal())

    assert not Lift.objects.exists()


def test_the_area_is_typed_with_the_answer(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    shown = as_(town.amira).get(page("gathering_show", bonfire.pk)).context["form"]
    assert "not your address" in str(shown["area"].help_text)
