"""The talks in people's own calendars: what each reads at the address, today."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from conferences import actions
from conferences.models import Booking, Conference, ConferenceRound
from portal.messaging.actions import open_calendar
from portal.people import actions as people
from portal.people.models import GuardianRelation, the_portal
from tests import make
from tests.ground import once


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@once
def amina(nora):
    return make.guardian("Amina", "Warsame", of=nora, language="en")


@pytest.fixture
def read(client):
    def entries(person):
        answer = client.get(open_calendar(person, by=person).url())
        assert answer.status_code == 200
        return Calendar.from_ical(answer.content).walk("VEVENT")

    return entries


def test_a_talk_stands_there_under_the_name_of_the_file_and_counts_up(read, conference, amina, slot, round, teacher):
    make.booked(conference, by=amina, at=slot, note="I am worried")
    [first] = read(amina)
    actions.book(conference, by=amina, slot=make.slot(round, teacher, hour=18))
    [second] = read(amina)
    assert first["uid"] == second["uid"] == f"conference-{conference.pk}@testserver"
    assert (first["sequence"], second["sequence"]) == (1, 2)
    assert first["summary"] == "Conference about Nora"
    assert b"worried" not in second.to_ical()
    assert b"Warsame" not in second.to_ical()


def test_the_time_is_the_schools(client, conference, amina, slot):
    make.booked(conference, by=amina, at=slot)
    content = client.get(open_calendar(amina, by=amina).url()).content
    [entry] = Calendar.from_ical(content).walk("VEVENT")
    assert entry["dtstart"].dt == slot.starts_at
    assert timezone.localtime(entry["dtstart"].dt).hour == 16


def test_a_time_that_is_given_up_is_gone(read, conference, amina, slot):
    make.booked(conference, by=amina, at=slot)
    assert len(read(amina)) == 1
    actions.cancel_booking(conference, by=amina)
    assert read(amina) == []


def test_both_homes_read_the_joint_talk_and_each_its_own(read, conference, amina, yusuf, slot, round, teacher, nora):
    make.booked(conference, by=amina, at=slot)
    own = make.conference(round, nora, teacher, home=yusuf.household)
    make.booked(own, by=yusuf, at=make.slot(round, teacher, hour=18))
    assert len(read(amina)) == 1
    assert len(read(yusuf)) == 2


def test_a_restricted_guardian_reads_nothing_of_the_child_at_once(client, read, conference, yusuf, nora, slot, school):
    make.booked(conference, by=yusuf, at=slot)
    elias = make.pupil("Elias", "Warsame", in_class=make.school_class("5A", at=school, grades=(5,)))
    make.confirmed(yusuf, elias)
    beside = make.round(elias.enrolments.first().school_class)
    per = make.holder("contact_teacher", elias.enrolments.first().school_class)
    other = make.booked(make.conference(beside, elias, per), by=yusuf, at=make.slot(beside, per, hour=19))
    old = open_calendar(yusuf, by=yusuf).url()
    assert client.get(old).content.count(b"BEGIN:VEVENT") == 2
    make.restricted(yusuf, nora)
    assert client.get(old).status_code == 410
    assert [entry["uid"] for entry in read(yusuf)] == [f"conference-{other.pk}@testserver"]


def test_a_relation_that_has_ended_shows_nothing_at_the_same_address(client, conference, amina, nora, slot):
    make.booked(conference, by=amina, at=slot)
    address = open_calendar(amina, by=amina).url()
    people.end_relation(GuardianRelation.objects.get(guardian=amina), by=the_portal())
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"VEVENT" not in answer.content


def test_a_stranger_and_the_class_teacher_of_others_read_nothing(read, conference, amina, slot, school, school_class):
    make.booked(conference, by=amina, at=slot)
    stranger = make.family(school_class, pupil_name="Iver", adult_name="Ola")[1]
    principal = make.holder("principal", school)
    colleague = make.holder("contact_teacher", school_class)
    assert [read(person) for person in (stranger, principal, colleague)] == [[], [], []]


def test_the_teacher_reads_the_talks_held_and_those_one_is_asked_along_to(read, conference, amina, slot, teacher):
    make.booked(conference, by=amina, at=slot)
    along = make.holder("subject_teacher", conference.school_class, "Per", language="en")
    assert read(along) == []
    conference.participants.create(kind="teacher", person=along, added_by=teacher)
    assert [entry["summary"] for entry in read(along)] == ["Conference about Nora"]
    assert len(read(teacher)) == 1


def test_a_draft_is_in_nobodys_calendar(read, conference, amina, slot, teacher, round):
    make.booked(conference, by=amina, at=slot)
    ConferenceRound.objects.filter(pk=round.pk).update(state="draft", published_at=None)
    assert read(teacher) == read(amina) == []


def test_a_pupil_reads_the_own_talk_from_twelve(read, conference, amina, nora, slot, school):
    make.booked(conference, by=amina, at=slot)
    type(nora).objects.filter(pk=nora.pk).update(born_on=school.today() - timedelta(days=13 * 366))
    nora.refresh_from_db()
    [entry] = read(nora)
    assert "Nora" not in entry["summary"]
    type(nora).objects.filter(pk=nora.pk).update(born_on=school.today() - timedelta(days=11 * 365))
    assert read(nora) == []


def test_a_protected_family_is_not_placed_and_not_named(read, conference, amina, yusuf, nora, slot, teacher, school):
    slot.room = school.rooms.create(name="Room 204")
    slot.save()
    make.booked(conference, by=amina, at=slot)
    assert read(yusuf)[0]["location"] == "Room 204"
    people.protect_address(amina, by=the_portal(), grade="address")
    for person in (amina, teacher):
        [entry] = read(person)
        assert b"Nora" not in entry.to_ical()
    assert "location" not in read(amina)[0]


def test_a_home_does_not_learn_that_the_other_has_been_protected(read, conference, amina, yusuf, slot):
    make.booked(conference, by=amina, at=slot)
    before = read(yusuf)[0]
    people.protect_address(amina, by=the_portal(), grade="address")
    after = read(yusuf)[0]
    assert (after["summary"], after["sequence"]) == (before["summary"], before["sequence"])
    assert "Nora" in after["summary"]


def test_what_is_long_over_is_gone(read, conference, amina, slot):
    make.booked(conference, by=amina, at=slot)
    ends_at = timezone.now() - timedelta(days=31)
    Booking.objects.update(starts_at=ends_at - timedelta(minutes=20), ends_at=ends_at)
    assert read(amina) == []


def test_thirty_talks_cost_as_many_queries_as_three(client, round, teacher, school_class):
    address, counts = open_calendar(teacher, by=teacher).url(), []
    for number in range(30):
        child, adult = make.family(school_class, pupil_name=f"Child{number}")
        talk = make.conference(round, child, teacher)
        made = make.slot(round, teacher, days=15 + number // 10, hour=8 + number % 10)
        make.booked(Conference.objects.get(pk=talk.pk), by=adult, at=made)
        if number in (2, 29):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).content.count(b"BEGIN:VEVENT") == number + 1
            counts.append(len(queries))
    assert counts[0] == counts[1] <= 6, counts
