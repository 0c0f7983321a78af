"""Who hears of a proposal, once, and in whose name."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from networks import actions
from networks.tasks import run_out_proposals
from networks.topics import notices
from networks.topics.todos import proposals_to_answer, proposals_without_a_contact
from portal.ledger.models import Event
from portal.people import actions as people
from portal.people.hats import hats_of
from portal.people.models import Role
from tests import make


def propose(town, by=None, **details):
    fields = {"kind": "gathering", "title": "A walk to the tower", **details}
    return actions.propose(town.first, by=by or town.amira, **fields)


def event(verb):
    return Event.objects.filter(verb=f"networks.{verb}").latest("pk")


def letter(kind, proposal, to):
    class Told:
        subject, recipient = proposal, to

    proposal.refresh_from_db()
    return kind(Told())


def all_of(written):
    return " ".join([written.subject, *map(str, written.lines)])


def hat(person, kind):
    return next(one for one in hats_of(person) if one.kind == kind)


def test_the_contact_is_told_of_a_proposal_and_has_it_waiting(town):
    proposal = propose(town)
    teacher = make.holder("contact_teacher", town.first)

    assert notices.those_who_answer(event("proposal_made")) == [town.jurgita]
    assert "A walk to the tower" in letter(notices.proposal_made, proposal, town.jurgita).subject
    assert len(proposals_to_answer(hat(town.jurgita, "class_contact"))) == 1
    assert proposals_without_a_contact(hat(teacher, "contact_teacher")) == []

    actions.answer_proposal(proposal, by=town.jurgita, state="taken", answer="Yes.")

    assert proposals_to_answer(hat(town.jurgita, "class_contact")) == []


def test_where_there_is_no_contact_the_contact_teacher_is(town):
    teacher = make.holder("contact_teacher", town.first)
    make.holder("subject_teacher", town.first)
    role = Role.objects.get(kind="class_contact", person=town.jurgita)
    make._set(role, by=make.the_portal(), valid_to=timezone.localdate() - timedelta(days=1))

    propose(town)

    assert notices.those_who_answer(event("proposal_made")) == [teacher]
    assert len(proposals_without_a_contact(hat(teacher, "contact_teacher"))) == 1


def test_a_contact_is_not_told_of_their_own(town):
    propose(town, by=town.jurgita)

    assert notices.those_who_answer(event("proposal_made")) == []


def test_the_letter_names_whoever_wanted_to_be_named_and_nobody_protected(town):
    named = propose(town, is_named=True)
    unnamed = propose(town)
    assert "Amira" in all_of(letter(notices.proposal_made, named, town.jurgita))
    assert "Amira" not in all_of(letter(notices.proposal_made, unnamed, town.jurgita))

    people.protect_address(town.amira, by=make.holder("office", town.school), grade="name")

    assert "Amira" not in all_of(letter(notices.proposal_made, named, town.jurgita))


def test_the_proposer_alone_is_told_of_the_answer(town):
    proposal = propose(town)
    actions.support(proposal, by=town.ben)

    actions.answer_proposal(proposal, by=town.jurgita, state="not_now", answer="In the spring.")

    assert notices.the_proposer(event("proposal_answered")) == [town.amira]
    assert "In the spring." in all_of(letter(notices.proposal_answered, proposal, town.amira))


def test_a_proposer_who_has_left_the_class_or_taken_it_back_is_told_nothing(town):
    wish = actions.propose(town.first, by=town.ben, kind="topic", kit="screens")
    actions.support(wish, by=town.jurgita)
    actions.take_back(wish, by=town.ben)
    actions.answer_proposal(wish, by=town.jurgita, state="taken", answer="Yes.")
    assert notices.the_proposer(event("proposal_answered")) == []

    proposal = propose(town)
    actions.answer_proposal(proposal, by=town.jurgita, state="taken", answer="Yes.")
    town.nora.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))
    assert notices.the_proposer(event("proposal_answered")) == []


def test_when_it_runs_out_the_proposer_and_the_contact_are_told(town):
    proposal = propose(town)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        run_out_proposals()

        told = notices.both(event("proposal_ran_out"))
        assert told == [town.amira, town.jurgita]
        assert "foreslå det på nytt" in all_of(letter(notices.proposal_ran_out, proposal, town.amira))
        assert "foreslå det på nytt" not in all_of(letter(notices.proposal_ran_out, proposal, town.jurgita))
        assert notices.is_still_concerned(type("Told", (), {"subject": proposal, "recipient": town.jurgita}))


def test_what_has_been_answered_meanwhile_is_not_asked_for(town):
    proposal = propose(town)
    told = type("Told", (), {"subject": proposal, "recipient": town.jurgita})
    assert notices.waits_for_the_recipient(told)

    actions.answer_proposal(proposal, by=town.jurgita, state="taken", answer="Yes.")

    assert not notices.waits_for_the_recipient(told)
