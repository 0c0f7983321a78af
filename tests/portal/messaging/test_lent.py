"""Whatever somebody of another home does by a family's link, the family hears of it, and once."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from conferences.notices.rounds import BOOK
from networks import actions
from networks.birthdays.notices import PURPOSE as BIRTHDAY
from networks.models import Gathering, Mute
from networks.notices.letters import ANSWER
from portal.actions import Gone
from portal.ledger import tasks as ledger
from portal.ledger.models import Event
from portal.messaging.actions import lend_link
from portal.messaging.kinds import KINDS
from portal.messaging.links import link_for
from portal.messaging.models import Notice, PersonalLink
from portal.messaging.tokens import PURPOSES
from portal.people import actions as people
from portal.people.models import Household, Person, the_portal
from tests.pages import as_, text
from tests.portal.messaging.test_holders import answer_link, book_link, choices_link, first, path
from tests.portal.messaging.test_holders import town as _town

pytestmark = pytest.mark.django_db
town = _town
SOON = timezone.now() + timedelta(hours=4)


@pytest.fixture
def item(town):
    return actions.add_item(town.gathering, by=town.ben, kind="thing", title="Firewood", wanted=2)


def told():
    """{given name: kinds of message} of whoever hears that their link was used."""
    ledger.sweep()
    heard = Notice.objects.filter(kind__in=["home.link_lent", "networks.answered_by_others"])
    return sorted((notice.recipient.given_name, notice.kind) for notice in heard.select_related("recipient"))


LENT = [("Amira", "home.link_lent")]


@pytest.mark.parametrize("back", [False, True], ids=["take", "give back"])
def test_taking_a_place_or_giving_it_back_tells_the_home(town, item, back):
    actions.answer(town.gathering, by=town.amira, household=town.amira.household, answer="yes")
    if back:
        actions.take_place(town.gathering, by=town.amira, household=town.amira.household, item=item)
    link, press = path(town.amira, town.gathering, ANSWER), {"back" if back else "take": item.pk}

    as_(town.ben).post(link, first(press))

    assert item.places.filter(household=town.amira.household).exists() is not back
    assert told() == LENT


def test_an_answer_with_what_one_brings_in_the_same_tap_is_told_once(town, item):
    link, press, saved = answer_link(town)

    as_(town.ben).post(link, first({**press, "take": item.pk}))

    assert saved().exists()
    assert told() == [("Amira", "networks.answered_by_others")]


def test_the_same_answer_again_is_no_news_and_what_comes_with_it_is_told(town, item):
    actions.answer(town.gathering, by=town.amira, household=town.amira.household, answer="yes")

    as_(town.ben).post(path(town.amira, town.gathering, ANSWER), first({"answer": "yes", "take": item.pk}))

    assert item.places.filter(household=town.amira.household).exists()
    assert told() == LENT


@pytest.mark.parametrize("kind", [book_link, choices_link], ids=lambda kind: kind.__name__)
def test_what_else_a_link_is_for_tells_the_home(town, kind):
    link, press, saved = kind(town)

    as_(town.ben).post(link, first(press))

    assert saved().exists()
    assert told() == LENT


@pytest.mark.parametrize(
    "press", [{"adults": "2", "siblings": "0", "lift": "none"}, {"undo": "1"}], ids=["word", "undo"]
)
def test_a_word_with_an_answer_and_taking_it_back_tell_the_home(town, press):
    actions.answer(town.gathering, by=town.amira, household=town.amira.household, answer="yes")

    as_(town.ben).post(path(town.amira, town.gathering, ANSWER), first(press))

    assert told() == LENT


def test_a_further_page_tells_the_home(town):
    link = link_for(town.amira, town.gathering, purpose=ANSWER).url("networks:gathering_mute")

    as_(town.ben).post(link, first({"List-Unsubscribe": "One-Click"}))

    assert Mute.objects.exists()
    assert told() == LENT


def test_opening_going_on_and_what_is_refused_tell_nobody(town):
    link, _press, _saved = answer_link(town)
    client = as_(town.ben)

    client.get(link)
    client.post(link, {"go_on": "1"})
    client.get(link)
    client.post(PersonalLink.objects.get().opened_path)
    assert client.post(link, {"agree": "1"}).status_code == 403

    assert told() == []


def test_a_form_that_is_refused_tells_nobody_and_the_one_that_is_saved_does(town):
    link = path(town.amira, town.gathering, ANSWER)
    actions.answer(town.gathering, by=town.amira, household=town.amira.household, answer="yes")
    client = as_(town.ben)

    refused = client.post(link, first({"adults": "-3", "siblings": "many", "lift": "none"}))

    assert refused.status_code == 200
    assert told() == []
    client.post(link, first({"adults": "2", "siblings": "0", "lift": "none"}))
    assert told() == LENT


def test_an_action_that_is_refused_tells_nobody(town):
    link, press, saved = answer_link(town)
    Gathering.objects.filter(pk=town.gathering.pk).update(
        starts_at=timezone.now() - timedelta(hours=3), answer_by=timezone.now() - timedelta(days=3)
    )

    as_(town.ben).post(link, first(press))

    assert not saved().exists()
    assert told() == []


def test_a_link_that_is_made_dead_meanwhile_tells_nobody(town):
    link = link_for(town.amira, town.gathering, purpose=ANSWER)
    link_for(town.partner, town.gathering, purpose=ANSWER)
    PersonalLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())

    with pytest.raises(Gone):
        lend_link(link, by=town.ben)

    assert told() == []


def test_a_link_that_is_made_dead_before_the_letter_goes_tells_nobody(town):
    notices = lent(town, town.partner)
    PersonalLink.objects.filter(person=town.amira).update(revoked_at=timezone.now())

    assert len(notices) == 2
    assert not any(KINDS["home.link_lent"].wanted(Notice.objects.get(pk=one.pk)) for one in notices.values())


def test_the_own_home_and_whoever_has_not_signed_in_are_nobody_else(town):
    link, press, _saved = answer_link(town)

    as_(town.amira).post(link, press)
    as_(town.partner).post(link, {"undo": "1"})
    as_(town.ben).logout()

    assert told() == []


def test_all_at_home_who_were_written_to_hear_of_it_and_the_other_home_does_not(town):
    for person in (town.partner, town.bo):
        link_for(person, town.gathering, purpose=ANSWER)
    link = link_for(town.amira, town.gathering, purpose=ANSWER).url("networks:gathering_mute")

    as_(town.ben).post(link, first({"x": "1"}))

    assert [name for name, _kind in told()] == ["Amira", "Pil"]


def test_the_message_says_neither_who_it_was_nor_what_about_and_leads_to_the_page(town):
    as_(town.ben).post(
        link_for(town.amira, town.gathering, purpose=ANSWER).url("networks:gathering_mute"), first({"x": "1"})
    )
    told()
    notice = Notice.objects.get(kind="home.link_lent")
    letter = KINDS["home.link_lent"].write(notice)
    said = f"{letter.subject} {letter.lines}"

    assert not any(word in said for word in ("Ben", "Dahl", "Ada", "3B", town.gathering.title))
    [button] = letter.buttons
    assert "Bonfire" in text(as_(town.amira).get(button.url)) or town.gathering.title in text(
        as_(town.amira).get(button.url)
    )
    assert Event.objects.get(verb="messaging.link_lent").by == town.ben.pk


def lent(town, *at_home):
    for person in at_home:
        link_for(person, town.gathering, purpose=ANSWER, expires_at=SOON)
    link = link_for(town.amira, town.gathering, purpose=ANSWER, expires_at=SOON)
    as_(town.ben).post(link.url("networks:gathering_mute"), first({"x": "1"}))
    told()
    return {one.recipient.given_name: one for one in Notice.objects.filter(kind="home.link_lent")}


def test_the_letter_makes_no_link_live_longer(town):
    notices = lent(town, town.partner)

    for notice in notices.values():
        KINDS["home.link_lent"].write(notice)

    assert len(notices) == 2
    assert set(PersonalLink.objects.filter(purpose=ANSWER).values_list("expires_at", flat=True)) == {SOON}


def test_a_home_hears_of_a_link_that_has_run_out_since_and_gets_no_new_one(town):
    notice = lent(town)["Amira"]
    before = timezone.now() - timedelta(minutes=1)
    PersonalLink.objects.update(expires_at=before)

    assert KINDS["home.link_lent"].wanted(notice)
    [button] = KINDS["home.link_lent"].write(notice).buttons

    assert button.url == settings.SITE_URL + "/"
    assert set(PersonalLink.objects.values_list("expires_at", "rotation")) == {(before, 1)}


def test_whoever_is_locked_out_or_has_moved_out_since_does_not_hear_of_it(town):
    notices = lent(town, town.partner)
    PersonalLink.objects.filter(person=town.partner).update(revoked_at=timezone.now())
    Person.objects.filter(pk=town.amira.pk).update(household=Household.objects.create())

    assert len(notices) == 2
    assert not any(KINDS["home.link_lent"].wanted(Notice.objects.get(pk=one.pk)) for one in notices.values())


def test_of_what_is_no_longer_there_nobody_hears(town):
    notice = lent(town)["Amira"]
    PersonalLink.objects.update(subject_id="0")

    assert not KINDS["home.link_lent"].wanted(Notice.objects.get(pk=notice.pk))


def test_a_protected_home_hears_of_it_too(town):
    people.protect_address(town.amira, by=the_portal(), grade="strict", alias="Furu")

    as_(town.ben).post(path(town.amira, town.gathering, ANSWER), first({"answer": "no"}))
    as_(town.ben).post(
        link_for(town.amira, town.gathering, purpose=ANSWER).url("networks:gathering_mute"), first({"x": "1"})
    )

    assert told() == [("Amira", "home.link_lent"), ("Amira", "networks.answered_by_others")]


def test_every_purpose_of_a_link_is_one_of_these():
    known = {
        ANSWER,
        BOOK,
        BIRTHDAY,
        PersonalLink.CALENDAR,
        "messaging.morning",
        "messaging.preferences",
        "networks.digests",
        "networks.start",
    }

    assert known >= set(PURPOSES)
