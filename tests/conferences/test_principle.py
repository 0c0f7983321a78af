"""What the association's principle asks of the talks, row by row, where it takes more than one part of the room."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import ExtraRequest
from portal.people.hats import hats_of
from portal.people.models import Role
from portal.todos import todos_of
from tests import make

AGREED = "Read together"


def as_(person):
    """A browser of the person's own, in English."""
    client = Client()
    client.force_login(person)
    client.cookies["django_language"] = "en"
    type(person).objects.filter(pk=person.pk).update(language="en")
    return client


def text(answer):
    """What one reads on a page, without its markup."""
    main = answer.content.decode().split("<main", 1)[-1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def page(name, *keys):
    return reverse(f"conferences:{name}", args=keys)


def tasks(person):
    return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


# Something is wrong


@pytest.fixture
def noticed(nora, teacher, school_class):
    """The school has noticed that Nora is not well, and told both homes."""
    today = school_class.school.today()
    return actions.ask_extra(nora, by=teacher, school_class=school_class, reason="wellbeing", noticed_on=today)


def test_a_concern_that_nobody_acts_on_becomes_a_task(noticed, teacher, principal, school_class, amina):
    """B3b: problems are found in time: a concern without action after a week is a task for the teacher and the head."""
    late = "1 child has waited too long for a talk"
    with time_machine.travel(noticed.at + timedelta(days=6, hours=23), tick=False):
        assert late not in tasks(teacher) + tasks(principal)
    with time_machine.travel(noticed.at + timedelta(days=7, hours=1), tick=False):
        assert late in tasks(teacher)
        assert late in tasks(principal)
        assert late not in tasks(amina)
        actions.schedule_extra(
            noticed, by=teacher, teacher=teacher, times=[timezone.now() + timedelta(days=2)], minutes=20
        )
        assert late not in tasks(teacher) + tasks(principal)


def test_an_urgent_concern_becomes_a_task_after_two_days(noticed, teacher, principal):
    """B3b: what cannot wait is a task sooner."""
    ExtraRequest.objects.update(urgent=True)
    with time_machine.travel(noticed.at + timedelta(days=2, hours=1), tick=False):
        assert "1 child has waited too long for a talk" in tasks(principal)


def test_a_concern_without_a_date_is_red_for_those_who_teach_the_class(noticed, teacher, principal, school_class, amina):
    """C14b: the school acts on unhappiness: an open concern without a date is red, for the class's teachers only."""
    red = re.compile(r'<span class="sb-status" data-color="danger">.*?No date yet')
    subject_teacher = make.holder(Role.Kind.SUBJECT_TEACHER, school_class)
    for person in (teacher, subject_teacher):
        assert red.search(as_(person).get(page("extra_list")).content.decode()), person
    contact = make.holder(Role.Kind.CLASS_CONTACT, school_class)
    for person in (principal, amina, contact):
        with time_machine.travel(noticed.at + timedelta(days=20), tick=False):
            shown = as_(person).get(page("extra_list")).content.decode()
            assert 'data-color="danger"' not in shown, person
            assert ("Has waited too long" in shown) is (person == principal)
    actions.schedule_extra(noticed, by=teacher, teacher=teacher, times=[timezone.now() + timedelta(days=2)], minutes=20)
    assert "No date yet" not in text(as_(teacher).get(page("extra_list")))
