"""What comes next stands on the first page of a guardian and of a pupil: gatherings and talks alike, and no other's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from networks import actions as gatherings
from portal.calendars import coming_to
from portal.people.models import Role
from tests import make
from tests.ground import once
from tests.pages import markup


@pytest.fixture(autouse=True)
def _english(_no_language_left_over):
    with translation.override("en"):
        yield


@once
def in_class(db):
    return make.school_class("3B", at=make.school())


@once
def nora(in_class):
    return make.pupil("Nora", in_class=in_class)


@once
def amina(nora):
    return make.guardian("Amina", of=nora, language="en")


@once
def tom(in_class):
    return make.holder(Role.Kind.CONTACT_TEACHER, in_class, "Tom", "Berg")


@once
def contact(in_class):
    _child, contact = make.family(in_class, pupil_name="Bo", adult_name="Ina", family_name="Dahl")
    make.role(contact, Role.Kind.CLASS_CONTACT, in_class)
    return contact


@once
def talk(in_class, nora, amina, tom):
    return make.booked(make.conference(make.round(in_class), nora, tom), by=amina)


def titles(person):
    return [entry.title for entry in coming_to(person)]


def test_gatherings_and_talks_stand_in_order_of_time(client, in_class, contact, amina, talk):
    make.published(in_class, by=contact, days=30, title="Sledging")
    make.published(in_class, by=contact, days=10, title="Bonfire")
    assert titles(amina) == ["Bonfire (3B)", "Conference about Nora · Tom Berg", "Sledging (3B)"]

    client.force_login(amina)
    shown = markup(client.get(reverse("home")))
    places = [shown.index(title) for title in ("What comes next", *titles(amina))]
    assert places == sorted(places)
    assert f'href="{talk.get_absolute_url()}"' in shown
    assert "at 16:00" in shown  # at the school


def test_what_is_declined_called_off_over_or_a_draft_does_not_come(in_class, contact, amina):
    made = [make.published(in_class, by=contact, title=title) for title in ("No", "Off", "Over", "Comes")]
    make.gathering(in_class, by=contact, title="Draft")
    gatherings.answer(made[0], by=amina, household=amina.household, answer="no")
    gatherings.cancel_gathering(made[1], by=contact, because="Storm")
    now = timezone.now()
    type(made[2]).objects.filter(pk=made[2].pk).update(
        answer_by=now - timedelta(days=1), starts_at=now - timedelta(hours=3), ends_at=now - timedelta(hours=1)
    )
    assert titles(amina) == ["Comes (3B)"]


def test_a_talk_that_a_teacher_holds_is_no_matter_of_the_guardians_page(tom, talk, in_class):
    own = make.pupil("Liv", "Berg", in_class=make.school_class("1A", at=in_class.school))
    make.confirmed(tom, own)
    assert titles(tom) == []


def test_neither_home_reads_the_others_own_talk(in_class, nora, amina, tom):
    yusuf = make.guardian("Yusuf", of=nora)
    make.booked(make.conference(make.round(in_class), nora, tom, home=yusuf.household), by=yusuf)
    assert titles(yusuf) == ["Conference about Nora · Tom Berg"]
    assert titles(amina) == []


def test_a_restricted_guardian_reads_of_nothing_at_once(in_class, contact, nora, amina, talk):
    make.published(in_class, by=contact)
    assert len(titles(amina)) == 2

    make.restricted(amina, nora)
    assert titles(amina) == []


def test_a_pupil_reads_of_the_own_talk_by_the_teachers_name(nora, talk):
    nora.born_on = timezone.localdate().replace(year=timezone.localdate().year - 13, day=1)
    nora.save()
    assert titles(nora) == ["Conference with Tom Berg"]


def test_as_many_queries_for_three_as_for_one(in_class, contact, amina, talk):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            titles(amina)
        return len(queries)

    make.published(in_class, by=contact, title="One")
    first = asked()
    for title in ("Two", "Three"):
        make.published(in_class, by=contact, title=title)
    assert asked() == first
