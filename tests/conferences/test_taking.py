"""A class gets another contact teacher: what was promised is looked through once, and by whom it may be read."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import AgreedAction, Conference, LookedThrough, TakenOver
from conferences.taking.queries import taking_over
from portal.people import actions as people
from portal.people.hats import hats_of
from portal.people.models import Enrolment, Household, Role, the_portal
from tests import make
from tests.conferences.test_child_page import agreement, held, share
from tests.ground import once
from tests.pages import as_, text, todos_of
from tests.threads import in_a_thread

__all__ = ["held"]
ASKED = "Look through what 3B was promised"


def todos(person):
    return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


def page(school_class):
    return reverse("conferences:class_take_over", args=[school_class.pk])


def said(rows):
    return [(one.what, one.summary.conference.pupil.given_name) for one in rows]


@once
def eva(school_class, teacher):
    """She comes, and Anne stays to the end of the week."""
    new = make.person("Eva", "Strand", language="en")
    make.role(new, "contact_teacher", school_class, valid_from=timezone.localdate())
    return new


@once
def promised(held):
    return share(held, agreement("Lend a book", "school", 3), agreement("Read aloud", "home", 9))


def test_she_reads_what_is_promised_to_whom_and_what_homes_have_agreed_to(promised, eva, school_class):
    found = taking_over(school_class, eva)

    assert (said(found.promised), said(found.running)) == ([("Lend a book", "Nora")], [("Read aloud", "Nora")])


def test_what_is_not_shared_is_not_there(held, eva, school_class):
    words = {"child_words": "x", "home_support": "y"}
    actions.write_summary(held, by=held.teacher, words=words, agreements=[agreement("A draft", "school", 3)])

    assert taking_over(school_class, eva).promised == []


def test_what_is_done_is_not_there(promised, eva, teacher, school_class):
    done = AgreedAction.objects.get(owner="school")
    actions.tell_agreement(done, by=teacher, status="kept")

    assert taking_over(school_class, eva).promised == []


def test_no_word_of_a_summary_or_a_note_stands_on_the_page(promised, eva, school_class):
    shown = text(as_(eva).get(page(school_class)))

    assert "Lend a book" in shown
    assert "SECRET" not in shown


def test_it_is_there_in_the_new_year_too(promised, school, school_class, nora):
    next_year = make.school_class("4B", at=school, grades=(4,))
    type(next_year).objects.filter(pk=next_year.pk).update(cohort=school_class.cohort)
    next_year.refresh_from_db()
    Enrolment.objects.filter(pupil=nora).update(school_class=next_year)
    eva = make.person("Eva", "Strand")
    make.role(eva, "contact_teacher", next_year, valid_from=timezone.localdate())

    assert said(taking_over(next_year, eva).promised) == [("Lend a book", "Nora")]
    assert taking_over(school_class, eva).is_empty
    assert "Look through what 4B was promised" in todos(eva)


@pytest.mark.parametrize("moved", [True, False])
def test_what_a_child_has_at_another_school_is_that_schools(promised, round, school_class, nora, principal, moved):
    """Whether the child has left for the other school or has a place at both."""
    make.conference(round, nora, make.holder("subject_teacher", school_class, "Siri"))
    there = make.school_class("4B", at=make.school("Elsewhere"))
    if moved:
        Enrolment.objects.filter(pupil=nora).update(valid_to=timezone.localdate() - timedelta(days=1))
    Enrolment.objects.create(pupil=nora, school_class=there, valid_from=timezone.localdate())

    for kind in ("contact_teacher", "principal"):
        eva = make.holder(kind, there if kind == "contact_teacher" else there.school, "Eva")
        assert taking_over(there, eva).is_empty
    here = taking_over(school_class, principal)
    assert [len(here.promised), len(here.running), len(here.due)] == ([0, 0, 0] if moved else [1, 1, 1])


def test_who_needs_an_interpreter_and_which_talks_are_due(conference, eva, amina, school_class):
    Household.objects.filter(pk=amina.household_id).update(interpreter_language="so")

    found = taking_over(school_class, eva)

    assert [(one.child.given_name, one.languages) for one in found.speaking] == [("Nora", ["Somali"])]
    assert found.due == [conference]


def test_nothing_about_ones_own_child_and_one_that_one_is_kept_from(promised, eva, school_class, nora):
    make.confirmed(eva, nora)
    assert taking_over(school_class, eva).is_empty

    kept = make.holder("contact_teacher", school_class, "Kari")
    make.confirmed(kept, nora)
    make.restricted(kept, nora)
    assert taking_over(school_class, kept).is_empty


def test_the_old_teacher_reads_it_until_the_role_ends_and_the_leader_always(
    promised, eva, teacher, principal, school_class
):
    for person in (teacher, eva, principal):
        assert as_(person).get(page(school_class)).status_code == 200

    people.end_role(teacher.roles.get(), by=the_portal())

    assert as_(teacher).get(page(school_class)).status_code == 403
    subject = make.holder("subject_teacher", school_class, "Siri")
    clerk = make.holder("office", school_class.school, "Olga")
    assert {as_(one).get(page(school_class)).status_code for one in (subject, clerk)} == {403}
    other = make.holder("contact_teacher", make.school_class("9Z", at=school_class.school), "Zita")
    assert as_(other).get(page(school_class)).status_code in (403, 404)


def test_it_waits_for_the_new_one_until_it_is_looked_through_once(promised, eva, teacher, school_class):
    assert ASKED in todos(eva)
    assert ASKED not in todos(teacher)

    as_(eva).post(reverse("conferences:class_taken_over", args=[school_class.pk]))

    assert ASKED not in todos(eva)
    assert "I have looked through it" not in text(as_(eva).get(page(school_class)))


def test_the_first_contact_teacher_of_a_class_takes_nothing_over(teacher, school_class):
    assert ASKED not in todos(teacher)


def test_it_is_said_once_and_by_oneself(eva, teacher, school_class):
    role = eva.roles.get()
    with pytest.raises(PermissionDenied):
        actions.look_through(role, by=teacher)
    actions.look_through(role, by=eva)
    with pytest.raises(LookedThrough):
        actions.look_through(role, by=eva)

    assert TakenOver.objects.get().role == role


def test_who_has_left_the_role_says_nothing(eva, school_class):
    role = eva.roles.get()
    people.end_role(role, by=the_portal())

    with pytest.raises(PermissionDenied):
        actions.look_through(role, by=eva)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_are_one():
    school_class = make.school_class("3B", at=make.school())
    make.holder("contact_teacher", school_class, "Anne")
    eva, told = make.holder("contact_teacher", school_class, "Eva"), []
    role = eva.roles.get()

    with transaction.atomic():
        actions.look_through(role, by=eva)
        waiting = in_a_thread(told, lambda: actions.look_through(Role.objects.get(pk=role.pk), by=eva))
        waiting.join(1)
    waiting.join(30)

    assert (told, TakenOver.objects.count()) == ([LookedThrough], 1)


def test_its_queries_do_not_grow(promised, eva, school_class, django_assert_max_num_queries, round, teacher):
    for number in range(5):
        child, _adult = make.family(school_class, pupil_name=f"Child {number}")
        make.conference(round, child, teacher)

    with django_assert_max_num_queries(6):
        taking_over(school_class, eva)

    assert Conference.objects.count() == 6
