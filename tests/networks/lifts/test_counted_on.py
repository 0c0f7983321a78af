"""What a home counts on: it hears when its lift comes to nothing or when it must step in, whatever else it has been told;
and a lift fits those who go along, or there is none."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from networks import actions
from networks.lifts.queries import own_lifts
from networks.lifts.tasks import lapse_lifts
from networks.models import Lift, NotNow, Place, Rsvp
from networks.notices.people import UNCALLED
from portal.messaging.links import link_for
from portal.messaging.models import Notice, naming
from portal.messaging.tasks import remind
from portal.people import actions as people
from portal.people.models import the_portal
from tests import make
from tests.networks.lifts.test_lifts import agree, given, lia, ready, say, suggest  # noqa: F401 fixtures
from tests.networks.test_notices import letter, still_wanted, told
from tests.networks.test_pages import page
from tests.pages import as_, text


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def agreed(town, ready):  # noqa: F811
    lift = suggest(town, ready)
    agree(lift, town.amira, town.ben)
    return lift


def muted(person, gathering):
    actions.mute(gathering, by=person)


def told_enough(person, gathering):
    sent = {
        "recipient": person,
        "state": Notice.State.TOLD,
        "category": "news",
        "not_before": timezone.now(),
        "told_at": timezone.now(),
    }
    for number, kind in enumerate([UNCALLED[0], UNCALLED[1], UNCALLED[-1], UNCALLED[-2]]):
        Notice.objects.create(kind=kind, occasion=f"{number}", **sent, **naming(gathering))


@pytest.mark.parametrize("silenced", [muted, told_enough])
def test_whoever_loses_a_lift_hears_it_though_muted_or_told_enough(town, ready, agreed, silenced):  # noqa: F811
    silenced(town.amira, ready)
    actions.answer(ready, by=town.ben, household=town.ben.household, answer="no")
    remind()

    assert told("networks.lift_over") == {"Amira"}
    assert still_wanted("networks.lift_over", town.amira)


@pytest.mark.parametrize("silenced", [muted, told_enough])
def test_whoever_steps_in_hears_it_though_muted_or_told_enough(town, ready, silenced):  # noqa: F811
    item = actions.add_item(ready, by=town.jurgita, kind="thing", title="A cake", wanted=1, backups=1)
    for person in (town.ben, town.amira):
        actions.take_place(ready, by=person, household=person.household, item=item)
    silenced(town.amira, ready)
    actions.give_back(ready, by=town.ben, household=town.ben.household, item=item)
    remind()

    assert Place.objects.filter(household=town.amira.household).exists()
    assert told("networks.stepped_in") == {"Amira"}
    assert still_wanted("networks.stepped_in", town.amira)


def test_the_area_of_a_family_protected_since_is_read_by_nobody(town, bonfire, lia):  # noqa: F811
    say(town.amira, bonfire, "need")
    say(lia, bonfire, "offer", "Fjellveien", seats=2)
    suggest(town, bonfire, giver=lia)
    assert "Fjellveien" in text(as_(town.amira).get(page("gathering_show", bonfire.pk)))
    per = lia.pupil_relations.get().pupil
    people.protect_address(per, by=make.holder("office", town.school), grade="name")

    assert "Fjellveien" not in text(as_(town.amira).get(page("gathering_show", bonfire.pk)))


def test_a_home_that_offered_seats_and_needs_a_lift_on_the_phone_gives_none(town, ready):  # noqa: F811
    lift = suggest(town, ready)
    agree(lift, town.amira)
    actions.answer(ready, by=town.ben, household=town.ben.household, answer="maybe")

    actions.log_contact(ready, by=town.jurgita, household=town.ben.household, kind="call", outcome="lift")
    remind()

    assert (given(town.ben), Rsvp.objects.get(household=town.ben.household).lift) == (0, "need")
    assert told("networks.lift_over") == {"Amira"}


@pytest.mark.parametrize("gone", ["ben", "amira"])
def test_lapse_lifts_ends_that_of_a_home_that_has_left_once_though_run_twice(town, ready, agreed, lia, gone):  # noqa: F811
    say(lia, ready, "offer", seats=2)
    gone, stays = (town.ben, town.amira) if gone == "ben" else (town.amira, town.ben)
    people.end_relation(gone.pupil_relations.get(), by=the_portal())

    lapse_lifts()
    lapse_lifts()
    remind()

    assert (own_lifts(ready, stays), given(town.ben)) == ([], 0)
    assert told("networks.lift_over") == {stays.given_name}
    if stays == town.amira:
        suggest(town, ready, giver=lia)


def test_a_lift_of_homes_that_are_still_there_or_of_a_gathering_in_the_past_is_left_alone(town, ready, agreed):  # noqa: F811
    lapse_lifts()
    assert Lift.objects.standing().count() == 1

    type(ready).objects.filter(pk=ready.pk).update(
        answer_by=timezone.now() - timedelta(hours=1), starts_at=timezone.now() - timedelta(minutes=1)
    )
    people.end_relation(town.ben.pupil_relations.get(), by=the_portal())
    lapse_lifts()
    assert Lift.objects.standing().count() == 1


def test_a_lift_with_too_few_seats_for_a_family_that_has_grown_is_none_and_both_hear_it(town, ready, agreed):  # noqa: F811
    say(town.amira, ready, "need", adults=2, siblings=3)
    remind()

    assert given(town.ben) == 0
    assert told("networks.lift_over") == {"Amira", "Ben"}
    assert "comes to nothing" in " ".join(letter("networks.lift_over", town.amira).lines)


def test_a_lift_fits_fewer_too(town, bonfire):
    say(town.amira, bonfire, "need", adults=2)
    say(town.ben, bonfire, "offer", seats=2)
    suggest(town, bonfire)
    say(town.amira, bonfire, "need", adults=1)

    assert Lift.objects.standing().count() == 1


def test_whoever_must_know_nothing_of_a_child_in_the_class_is_in_no_lift(town, bonfire, lia):  # noqa: F811
    per = lia.pupil_relations.get().pupil
    make.restricted(town.ben, per)
    say(town.ben, bonfire, "need")
    say(lia, bonfire, "offer", seats=2)

    with pytest.raises(NotNow, match="in a talk"):
        suggest(town, bonfire, giver=lia, taker=town.ben)


def test_whoever_must_know_nothing_since_reads_nobody_s_name(town, bonfire, lia):  # noqa: F811
    say(town.ben, bonfire, "need")
    say(lia, bonfire, "offer", seats=2)
    agree(suggest(town, bonfire, giver=lia, taker=town.ben), town.ben, lia)
    assert [met.name for met in own_lifts(bonfire, town.ben)[0].others] == ["Lia Berg"]
    make.restricted(town.ben, lia.pupil_relations.get().pupil)

    assert own_lifts(bonfire, town.ben)[0].others == []


def test_in_a_lift_between_two_homes_of_a_child_no_number_goes_missing(town, ready):  # noqa: F811
    people.choose_directory(town.amira, by=town.amira, fields=["phone"])
    type(town.amira).objects.filter(pk=town.amira.pk).update(phone="+4799887766")
    agree(suggest(town, ready), town.amira, town.ben)
    before = own_lifts(ready, town.ben)[0].others
    people.protect_address(town.amira, by=make.holder("office", town.school), grade="name")

    assert before == own_lifts(ready, town.ben)[0].others
    assert [(met.name, met.phone) for met in before] == [("Amira Warsame", "")]


@pytest.fixture
def link(town, ready):  # noqa: F811
    return link_for(town.amira, ready, purpose="networks.answer")


def test_by_a_forwarded_link_nobody_reads_the_number_of_the_other_family(town, ready, lia, link):  # noqa: F811
    people.choose_directory(lia, by=lia, fields=["phone"])
    type(lia).objects.filter(pk=lia.pk).update(phone="+4799887766")
    say(lia, ready, "offer", seats=2)
    agree(suggest(town, ready, giver=lia), lia, town.amira)

    by_link = text(Client().get(link.url(), headers={"accept-language": "en"}))

    signed_in = text(as_(town.amira).get(page("gathering_show", ready.pk)))

    assert "99887766" in signed_in.replace(" ", "")
    assert "Lia Berg" in by_link
    assert "99887766" not in by_link.replace(" ", "")


def test_who_lends_the_link_of_another_home_neither_reads_its_lift_nor_says_yes_to_it(town, ready, lia, link):  # noqa: F811
    lift = suggest(town, ready)
    agree(lift, town.ben)
    lent = as_(lia)
    lent.post(link.url(), {"go_on": "1"})

    assert lent.post(link.url(), {"go_on": "1", "agree": lift.pk}).status_code == 403
    assert "Ben" not in text(lent.get(link.url()))
    lift.refresh_from_db()
    assert not lift.taker_agrees
