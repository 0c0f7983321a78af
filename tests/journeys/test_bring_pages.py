"""A home answers and takes something in one tap; children vote by a code; a lift is found. Phone and desk, axe is content."""

import re

import pytest
from playwright.sync_api import expect

from networks import actions
from networks.models import ClassVote, Lift, Place
from portal.messaging.links import link_for
from portal.people.models import Person, the_portal
from tests import make
from tests.journeys.conftest import enter, look
from tests.networks.conftest import town as town_of_networks

pytestmark = pytest.mark.django_db(transaction=True)

town = town_of_networks


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_a_list_is_written_by_pressing_and_taken_in_the_same_tap_as_yes(visit, live_server, town, kind):
    gathering = make.published(town.first, by=town.jurgita)
    contact, family = visit(kind), visit(kind)
    enter(contact, town.jurgita, live_server.url)
    contact.goto(f"/gatherings/{gathering.pk}/bring/")
    look(contact)
    contact.locator("button[value=clear_up]").click()
    contact.locator("button[value=baked]").click()
    look(contact)
    contact.goto(f"/gatherings/{gathering.pk}/bring/lock/")
    look(contact)

    family.goto(link_for(town.amira, gathering, purpose="networks.answer").url())
    look(family)
    family.select_option("#take", index=1)
    family.locator("button[name=answer][value=yes]").click()
    look(family)
    family.locator("button[name=go_on]").click()
    family.wait_for_url("**#answer")
    assert Place.objects.exclude(household=None).get().household == town.amira.household
    look(family)
    family.locator("button[name=back]").click()
    family.wait_for_url("**#bring")
    assert not Place.objects.exclude(household=None).exists()

    contact.reload()
    look(contact)


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_a_class_has_ideas_and_votes_by_a_code(visit, live_server, town, kind):
    teacher, child = visit(kind), visit(kind)
    tom = make.holder("contact_teacher", town.first, "Tom")
    for name in ("Ask", "Bo", "Eli", "Una"):
        make.pupil(name, in_class=town.first)
    enter(teacher, tom, live_server.url)
    at = f"/gatherings/classes/{town.first.pk}/children/"
    teacher.goto(at)
    look(teacher)
    teacher.locator("main form .ds-button").click()
    look(teacher)

    child.goto("/gatherings/vote/")
    look(child)
    for idea in ("Skøyter", "Filmkveld", "Pannekaker"):
        if child.locator("[name=code]").count():
            child.fill("[name=code]", ClassVote.objects.get().code)
            child.locator("main form .ds-button").click()
        child.fill("[name=text]", idea)
        child.locator("main form .ds-button").click()
        expect(child.locator("main")).to_contain_text(re.compile("boksen|the box"))
    look(child)

    vote = ClassVote.objects.get()
    teacher.goto(f"/gatherings/votes/{vote.pk}/committee/")
    look(teacher)
    teacher.goto(f"/gatherings/votes/{vote.pk}/open/")
    look(teacher)
    for box in teacher.locator("[name=ideas]").all():
        box.check(force=True)
    teacher.locator("main form .ds-button").click()
    look(teacher)
    teacher.goto(f"/gatherings/votes/{vote.pk}/slips/")
    look(teacher)
    child.goto("/gatherings/vote/")
    child.fill("[name=code]", vote.ballots.first().code)
    child.locator("main form .ds-button").click()
    look(child)
    child.locator("[name=idea]").first.check(force=True)
    child.locator("main form .ds-button").click()
    expect(child.locator("main")).to_contain_text(re.compile("Stemmen din er telt|Your vote is counted"))
    look(child)
    for slip in vote.ballots.all()[:4]:  # as four others do: what fewer than five have chosen is not shown
        actions.cast_vote(vote, by=the_portal(), idea=vote.ideas.get(text="Filmkveld"), code=slip.code)

    teacher.goto(at)
    teacher.locator("form[action$=close\\/] .ds-button").click()
    look(teacher)
    contact = visit(kind)
    enter(contact, town.jurgita, live_server.url)
    contact.goto(f"/gatherings/votes/{vote.pk}/gather/")
    look(contact)
    expect(contact.locator("[name=children_involved]")).to_have_value("Valgt av 1A: Filmkveld. 5 barn har stemt.")


@pytest.mark.parametrize("kind", ["phone", "desk"])
def test_a_lift_is_found(visit, live_server, town, kind):
    gathering = make.published(town.first, by=town.jurgita)
    for person, lift, seats in ((town.ben, "offer", 3), (town.amira, "need", 0)):
        actions.answer(gathering, by=person, household=person.household, answer="yes")
        said = {"adults": 1, "pupils": [], "lift": lift, "seats": seats, "area": "Sletta"}
        actions.detail_answer(gathering, by=person, household=person.household, **said)
    contact, family = visit(kind), visit(kind)
    enter(contact, town.jurgita, live_server.url)
    contact.goto(f"/gatherings/{gathering.pk}/lifts/")
    look(contact)
    contact.locator("main form .ds-button").click()
    look(contact)
    enter(family, Person.objects.get(pk=town.amira.pk), live_server.url)
    family.goto(f"/gatherings/{gathering.pk}/")
    look(family)
    family.locator("button[name=agree]").click()
    family.wait_for_url("**#lifts")
    assert Lift.objects.get().taker_agrees
    look(family)
