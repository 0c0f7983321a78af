"""A home asks whoever sent the notice, privately; the answer is for that home, or in own words for all."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from networks import actions
from networks.bulletins.todos import bulletins_to_release, questions_to_answer
from networks.models import BulletinAnswer, BulletinQuestion, QuestionOver
from networks.tasks import forget_questions
from portal.ledger.models import Event
from portal.people import actions as people
from portal.people.hats import hats_of
from portal.people.models import Person
from tests import make
from tests.networks.test_notices import still_wanted, told
from tests.pages import address, as_, text

ASKED, ANSWERED = "networks.question_asked", "networks.question_answered"


@pytest.fixture
def bulletin(sent):
    return sent()


@pytest.fixture
def question(town, bulletin):
    return actions.ask_question(bulletin, by=town.amira, text="Is there a bus for my daughter?")


def hat(person, kind):
    return next(one for one in hats_of(person) if one.kind == kind)


def page_of(person, bulletin):
    return text(as_(person).get(bulletin.get_absolute_url()))


def test_only_the_sender_and_the_home_read_a_question(town, tom, bulletin, question):
    assert told(ASKED) == {"Jurgita"}
    assert len(questions_to_answer(hat(town.jurgita, "class_contact"))) == 1
    for reader in (town.jurgita, town.amira):
        assert "Is there a bus" in page_of(reader, bulletin)
    for other in (town.ben, tom, town.principal):
        assert "Is there a bus" not in page_of(other, bulletin)
        assert not BulletinQuestion.objects.visible_to(other).exists()
    assert "Amira" not in text(as_(town.jurgita).get(address("networks", "question_answer", question.pk)))


def test_only_guardians_of_the_class_ask_and_only_the_sender_answers(town, tom, bulletin, question):
    cato = make.guardian("Cato", of=town.nora)
    make.restricted(cato, town.nora)
    for stranger in (cato, town.carla, town.jurgita, tom):
        with pytest.raises(PermissionDenied):
            actions.ask_question(bulletin, by=stranger, text="?")
    for other in (town.amira, tom, town.principal):
        with pytest.raises(PermissionDenied):
            actions.answer_home(question, by=other, answer="No.")


def test_a_home_asks_only_so_much(town, bulletin):
    for _number in range(BulletinQuestion.MOST):
        actions.ask_question(bulletin, by=town.amira, text="Again?")
    with pytest.raises(actions.AskedEnough):
        actions.ask_question(bulletin, by=town.amira, text="Again?")


def test_an_answer_to_the_home_is_read_by_no_other(town, bulletin, question):
    answering = as_(town.jurgita)
    where = address("networks", "question_answer", question.pk)
    answering.post(where, {"answer": "Yes, at nine.", "for_all": ""})

    assert told(ANSWERED) == {"Amira"}
    assert "Yes, at nine." in page_of(town.amira, bulletin)
    assert "Yes, at nine." not in page_of(town.ben, bulletin)
    with pytest.raises(QuestionOver):
        actions.answer_home(question, by=town.jurgita, answer="No.")


def test_an_answer_for_all_stands_beneath_the_notice_without_the_question(town, bulletin, question):
    where = address("networks", "question_answer", question.pk)
    as_(town.jurgita).post(where, {"answer": "The bus goes at nine.", "for_all": "yes"})

    assert "The bus goes at nine." in page_of(town.ben, bulletin)
    assert "my daughter" not in page_of(town.ben, bulletin)


def test_an_answer_for_all_names_no_child_and_loses_nothing(town, bulletin, question):
    make.family(town.first, pupil_name="Even")
    where = address("networks", "question_answer", question.pk)
    contact = as_(town.jurgita)

    refused = text(contact.post(where, {"answer": "Nora can come along.", "for_all": "yes"}))
    assert "A child’s name stands in it: Nora." in refused
    assert "Nora can come along." in refused
    asked = text(contact.post(where, {"answer": "It is even so.", "for_all": "yes"}))
    assert "No, “even” is no name here" in asked
    assert not BulletinAnswer.objects.exists()
    contact.post(where, {"answer": "It is even so.", "for_all": "yes", "not_names": "even"})

    assert BulletinAnswer.objects.get().published_at


def test_an_answer_from_which_a_child_is_known_waits_for_release(town, tom, bulletin, question):
    waiting = actions.answer_all(question, by=town.jurgita, answer="The new boy has one.", not_names=[])
    assert told("networks.answer_waits") == {"Tom"}
    assert told(ANSWERED) == set()
    assert len(bulletins_to_release(hat(tom, "contact_teacher"))) == 1
    assert "The new boy" in page_of(tom, bulletin)
    assert "The new boy" not in page_of(town.amira, bulletin)
    with pytest.raises(PermissionDenied):
        actions.release_answer(waiting, by=town.jurgita)

    as_(tom).post(address("networks", "answer_release", waiting.pk))

    assert told(ANSWERED) == {"Amira"}
    assert "The new boy" in page_of(town.amira, bulletin)


def test_what_is_not_for_all_is_deleted_and_the_question_is_open_again(town, tom, bulletin, question):
    waiting = actions.answer_all(question, by=town.jurgita, answer="The new boy has one.", not_names=[])

    as_(tom).post(address("networks", "answer_drop", waiting.pk))

    assert told("networks.answer_dropped") == {"Jurgita"}
    assert not BulletinAnswer.objects.exists()
    assert BulletinQuestion.objects.get().is_open


def test_forget_questions_sixty_days_later_and_twice(town, bulletin, question):
    other = actions.ask_question(bulletin, by=Person.objects.get(pk=town.ben.pk), text="When?")
    kept = actions.answer_all(other, by=town.jurgita, answer="At nine.", not_names=[])
    with time_machine.travel(timezone.localtime() + timedelta(days=59), tick=False):
        forget_questions()
        assert BulletinQuestion.objects.count() == 2
    actions.take_back_bulletin(bulletin, by=town.jurgita)
    with pytest.raises(QuestionOver):
        actions.answer_home(question, by=town.jurgita, answer="No.")

    with time_machine.travel(timezone.localtime() + timedelta(days=61), tick=False):
        forget_questions()
        forget_questions()

    assert Event.objects.filter(verb="networks.question_forgotten").count() == 2
    assert not BulletinQuestion.objects.exists()
    assert BulletinAnswer.objects.get() == kept


def test_whom_nobody_would_answer_is_not_asked_and_reads_so(town, bulletin, question):
    people.end_role(town.first.roles.get(person=town.jurgita), by=town.principal)

    with pytest.raises(PermissionDenied):
        actions.ask_question(bulletin, by=town.ben, text="And a bus back?")
    with translation.override("en"):
        shown = page_of(town.amira, bulletin)
    assert "Ask whoever sent it" not in shown
    assert "Waiting for an answer" not in shown


def test_an_answer_reaches_the_home_though_its_sender_has_stopped_since(town, bulletin, question):
    actions.answer_home(question, by=town.jurgita, answer="Yes.")
    people.end_role(town.first.roles.get(person=town.jurgita), by=town.principal)

    assert told(ANSWERED) == {"Amira"}
    assert still_wanted(ANSWERED, town.amira)


def test_an_answer_that_comes_second_is_refused_with_all_that_was_typed(town, bulletin, question):
    actions.answer_home(question, by=town.jurgita, answer="Yes, at nine.")

    late = as_(town.jurgita).post(address("networks", "question_answer", question.pk), {"answer": "No.", "for_all": ""})

    assert late.status_code == 200
    assert "No.</textarea>" in late.text
    assert str(QuestionOver.words) in text(late)
