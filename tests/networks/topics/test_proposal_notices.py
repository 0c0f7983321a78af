"""Who hears of a proposal, once, and in whose name."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from networks import actions
from networks.tasks import run_out_proposals
from networks.topics.todos import proposals_to_answer, proposals_without_a_contact
from portal.people import actions as people
from portal.people.hats import hats_of
from portal.people.models import Role, the_portal
from tests import make
from tests.networks.test_notices import letter, still_wanted, told

MADE, ANSWERED, RAN_OUT = "networks.proposal_made", "networks.proposal_answered", "networks.proposal_ran_out"


def propose(town, by=None, **details):
    fields = {"kind": "gathering", "title": "A walk to the tower", **details}
    return actions.propose(town.first, by=by or town.amira, **fields)


def say_no(proposal, town):
    actions.answer_proposal(proposal, by=town.jurgita, state="not_now", answer="In the spring.")


def all_of(written):
    return " ".join([written.subject, *map(str, written.lines)])


def hat(person, kind):
    return next(one for one in hats_of(person) if one.kind == kind)


def without_contact(town):
    role = Role.objects.get(kind="class_contact", person=town.jurgita)
    make._set(role, by=the_portal(), valid_to=timezone.localdate() - timedelta(days=1))


def leave(pupil):
    pupil.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))


def test_the_contact_is_told_of_a_proposal_and_has_it_waiting(town):
    proposal = propose(town)
    teacher = make.holder("contact_teacher", town.first)

    assert told(MADE) == {"Jurgita"}
    assert "A walk to the tower" in letter(MADE, town.jurgita).subject
    assert still_wanted(MADE, town.jurgita)
    assert len(proposals_to_answer(hat(town.jurgita, "class_contact"))) == 1
    assert proposals_without_a_contact(hat(teacher, "contact_teacher")) == []

    say_no(proposal, town)

    assert not still_wanted(MADE, town.jurgita)
    assert proposals_to_answer(hat(town.jurgita, "class_contact")) == []


def test_where_there_is_no_contact_the_contact_teacher_is(town):
    teacher = make.holder("contact_teacher", town.first)
    make.holder("subject_teacher", town.first, given_name="Subject")
    without_contact(town)

    propose(town)

    assert told(MADE) == {teacher.given_name}
    assert len(proposals_without_a_contact(hat(teacher, "contact_teacher"))) == 1


def test_a_contact_is_not_told_of_their_own(town):
    propose(town, by=town.jurgita)

    assert told(MADE) == set()


@pytest.mark.parametrize(
    ("is_named", "is_protected", "is_read"), [(True, False, True), (False, False, False), (True, True, False)]
)
def test_the_letter_names_whoever_wanted_to_be_named_and_nobody_protected(town, is_named, is_protected, is_read):
    propose(town, is_named=is_named)
    if is_protected:
        people.protect_address(town.amira, by=make.holder("office", town.school), grade="name")

    assert ("Amira" in all_of(letter(MADE, town.jurgita))) == is_read


def test_the_proposer_alone_is_told_of_the_answer(town):
    proposal = propose(town)
    actions.support(proposal, by=town.ben)

    say_no(proposal, town)

    assert told(ANSWERED) == {"Amira"}
    assert "In the spring." in all_of(letter(ANSWERED, town.amira))
    assert letter(ANSWERED, town.amira).subject.startswith("Not now")
    leave(town.nora)
    assert not still_wanted(ANSWERED, town.amira)


def test_a_proposer_who_has_taken_it_back_or_left_is_told_nothing(town):
    wish = actions.propose(town.first, by=town.ben, kind="topic", kit="screens")
    actions.support(wish, by=town.jurgita)
    actions.take_back(wish, by=town.ben)
    say_no(wish, town)
    proposal = propose(town)
    leave(town.nora)
    say_no(proposal, town)

    assert told(ANSWERED) == set()


def test_when_it_runs_out_the_proposer_and_the_contact_are_told_once(town):
    propose(town)

    with time_machine.travel(timezone.localtime() + timedelta(days=31)):
        run_out_proposals()
        run_out_proposals()

        assert told(RAN_OUT) == {"Amira", "Jurgita"}
        assert "propose it again" in all_of(letter(RAN_OUT, town.amira))
        assert "propose it again" not in all_of(letter(RAN_OUT, town.jurgita))
        assert still_wanted(RAN_OUT, town.jurgita)


def test_an_evening_made_of_it_is_an_answer_too(town):
    proposal = propose(town)
    starts = timezone.now() + timedelta(days=20)
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=1), "answer_by": starts - timedelta(days=7)}

    actions.gather_for(proposal, by=town.jurgita, title="A walk", kind="families", place="The tower", **times)

    assert letter(ANSWERED, town.amira).subject.startswith("Taken up")
    assert "being planned" in all_of(letter(ANSWERED, town.amira))
