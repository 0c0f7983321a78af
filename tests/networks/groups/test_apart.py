"""Who is not put together: said and read by the contact teacher alone, and gone with the school year."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from networks import actions
from networks.models import Apart
from networks.tasks import forget
from portal.ledger.models import Event
from portal.people.models import Role
from tests import make
from tests.ground import once
from tests.networks.agreements.conftest import town as town_of_seven
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db
town = town_of_seven


@once
def iver(town):
    return town.jurgita.pupil_relations.get().pupil


@once
def apart(town, iver):
    actions.separate_pupils(town.first, by=town.teacher, one=iver, other=town.nora)
    return Apart.objects.get()


def test_the_contact_teacher_keeps_two_apart_and_lets_them_together_again(town, iver):
    browser, url = as_(town.teacher), address("networks", "apart_list", town.first.pk)
    browser.post(url, {"one": iver.pk, "other": town.nora.pk})
    assert "Iver Nordlie and Nora Warsame" in text(browser.get(url))

    browser.post(address("networks", "apart_remove", Apart.objects.get().pk))

    assert not Apart.objects.exists()


def test_said_twice_or_the_other_way_round_it_stands_once(town, iver, apart):
    actions.separate_pupils(town.first, by=town.teacher, one=town.nora, other=iver)

    assert Apart.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Apart.objects.create(school_class=town.first, one=apart.other, other=apart.one, set_by=town.teacher)


def test_a_pupil_and_the_same_or_one_of_another_class_are_refused(town, iver):
    liv = town.carla.pupil_relations.get().pupil

    with pytest.raises(actions.OneAndTheSame):
        actions.separate_pupils(town.first, by=town.teacher, one=iver, other=iver)
    for other in (liv, town.amira):
        with pytest.raises(PermissionDenied):
            actions.separate_pupils(town.first, by=town.teacher, one=iver, other=other)
    page = as_(town.teacher).post(address("networks", "apart_list", town.first.pk), {"one": iver.pk, "other": liv.pk})
    assert page.context["form"].errors.keys() == {"other"}


def test_no_parent_organiser_leader_nor_other_teacher_reads_or_writes_it(town, iver, apart):
    subject = make.holder(Role.Kind.SUBJECT_TEACHER, town.first)
    beside = make.holder(Role.Kind.CONTACT_TEACHER, town.second)
    for person in (town.amira, town.jurgita, town.principal, subject, beside):
        assert as_(person).get(address("networks", "apart_list", town.first.pk)).status_code in (403, 404)
        assert as_(person).post(address("networks", "apart_remove", apart.pk)).status_code in (403, 404)
        assert not Apart.objects.visible_to(person).exists()
        with pytest.raises(PermissionDenied):
            actions.separate_pupils(town.first, by=person, one=iver, other=town.nora)
        assert "not put together" not in text(as_(person).get(address("people", "class_show", town.first.pk)))


def test_a_contact_teacher_with_a_child_in_the_class_is_a_parent_there(town, iver, apart):
    make.confirmed(town.teacher, make.pupil("Tim", in_class=town.first))

    assert not Apart.objects.visible_to(town.teacher).exists()
    assert as_(town.teacher).get(address("networks", "apart_list", town.first.pk)).status_code == 403


def test_the_history_says_of_which_class_and_never_who(town, iver, apart):
    event = Event.objects.get(verb="networks.kept_apart")

    assert (event.subject_id, event.details) == (str(town.first.pk), {})


def test_who_has_left_the_class_is_not_listed(town, apart):
    town.nora.enrolments.update(valid_to=town.school.today() - timedelta(days=1))

    assert "Nora" not in text(as_(town.teacher).get(address("networks", "apart_list", town.first.pk)))


def test_it_is_deleted_when_the_school_year_is_over(town, apart):
    forget()
    assert Apart.objects.exists()

    with time_machine.travel(town.first.year.ends_on + timedelta(days=2), tick=False):
        forget()

    assert not Apart.objects.exists()
