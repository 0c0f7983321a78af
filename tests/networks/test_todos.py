"""What waits on the first page, and that doing the thing empties it."""

from networks import actions
from portal.people.hats import hats_of
from tests import make
from tests.pages import todos_of


def waiting(person, kind):
    hat = next(hat for hat in hats_of(person) if hat.kind == kind)
    return [todo.title for todo in todos_of(hat) if todo.hue == "gatherings"]


def test_a_guardian_is_asked_until_the_home_answers(town, bonfire):
    before = waiting(town.amira, "parent")

    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="no")

    assert len(before) == 1
    assert waiting(town.amira, "parent") == []
    assert len(waiting(town.ben, "parent")) == 1


def test_a_guardian_hears_nothing_of_a_draft_or_another_class(town, draft):
    assert waiting(town.amira, "parent") == []
    assert waiting(town.carla, "parent") == []


def test_a_class_contact_plans_sends_and_reaches(town):
    nothing = waiting(town.jurgita, "class_contact")
    draft = make.gathering(town.first, by=town.jurgita, days=9)
    planned = waiting(town.jurgita, "class_contact")
    actions.check_inclusion(draft, by=town.jurgita, fine=["price"])
    actions.publish_gathering(draft, by=town.jurgita)
    sent = waiting(town.jurgita, "class_contact")

    assert len(nothing) == len(planned) == 1
    assert nothing != planned
    assert len(sent) == 2
    for person in (town.amira, town.ben, town.jurgita):
        actions.answer(draft, by=person, household=person.household, answer="yes")
    for point in list(draft.inclusion.weak):
        actions.mend_inclusion(draft, by=town.jurgita, point=point)
    assert waiting(town.jurgita, "class_contact") == []


def test_a_helper_finds_the_way(town, bonfire):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben)

    assert len(waiting(town.ben, "parent")) == 2


def test_the_own_home_is_nobody_to_reach(town, bonfire):
    for person in (town.amira, town.ben):
        actions.answer(bonfire, by=person, household=person.household, answer="yes")

    assert not [title for title in waiting(town.jurgita, "class_contact") if "Bonfire" in title and "1" in title]
