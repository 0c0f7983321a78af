"""What is said beside a time: public holidays, days on which the school is closed, what the school plans, and days that many
celebrate. Neutral words, and nothing is forbidden."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import translation

from networks import actions
from networks.models import Between, FaithDay, NotNow
from networks.models.traditions import KNOWN
from networks.polls.queries import hints_of
from portal.people.models import the_portal
from portal.schoolyear import actions as schoolyear
from tests import make
from tests.networks.polls.conftest import town as town
from tests.pages import address, as_, text

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def winter(db):
    make.faith_days()
    with time_machine.travel("2027-01-10 12:00:00+01:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def hints(town):
    """What is said beside one evening, by its day and how long it lasts."""

    def said(day, hours=2, school_class=None):
        school_class = school_class or town.first
        contact = make.holder("class_contact", school_class, "Olga")
        zone = school_class.school.zone
        starts = datetime.combine(date.fromisoformat(day), datetime.min.time(), zone).replace(
            hour=22 if hours > 2 else 17
        )
        later = datetime(2027, 12, 1, 17, tzinfo=zone)
        times = [Between(starts, starts + timedelta(hours=hours)), Between(later, later + timedelta(hours=1))]
        walk = actions.draft_poll(
            school_class,
            by=contact,
            times=times,
            closes_at=starts - timedelta(days=1),
            shown_to="all",
            title="Walk",
            kind="families",
            place="The lake",
        )
        first = walk.poll.times.first()
        return hints_of(school_class, [first])[first.pk]

    return said


def test_a_public_holiday_is_said_by_the_schools_country_in_the_readers_language(hints):
    assert "Constitution Day" in hints("2027-05-17")[0]
    with translation.override("nb"):
        assert "Grunnlovsdag" in hints("2027-05-17")[0]


def test_a_danish_school_has_danish_holidays(hints):
    school = make.school("Engen", country="DK", language_form="da")
    school_class = make.school_class("1A", at=school)
    assert not [one for one in hints("2027-05-01", school_class=school_class) if "public" in one]
    with translation.override("da"):
        assert "Pinsedag" in hints("2027-05-16", school_class=school_class)[0]


def test_the_school_is_closed_or_plans_something_that_day(town, hints):
    schoolyear.add_holidays(town.school, by=the_portal(), days=[(date(2027, 2, 22), date(2027, 2, 26), "Winter break")])
    make.event(town.school, days=20, hour=18)
    make.event(town.school, days=20, hour=19, classes=[town.second], title="Not ours")

    assert hints("2027-02-24") == ["Winter break: the school is closed"]
    assert hints("2027-01-30") == ["The same day at school: Parents' meeting"]
    assert hints("2027-02-15") == []


def test_a_day_that_many_celebrate_is_said_in_neutral_words_and_forbids_nothing(hints):
    assert hints("2027-03-09") == ["Many celebrate Eid al-Fitr on this day"]
    assert hints("2027-02-06") == ["Many celebrate Lunar New Year on this day"]


def test_a_time_beyond_midnight_is_on_both_days(hints):
    assert "Many celebrate Eid al-Fitr on this day" in hints("2027-03-08", hours=4)


def test_every_day_that_comes_with_the_portal_has_a_source_and_words_in_each_language():
    shared = FaithDay.objects.filter(school=None)
    assert shared.count() > 60
    assert all(one.source for one in shared)
    assert {one.name for one in shared} | {one.tradition for one in shared} == set(KNOWN)


def test_the_office_takes_a_day_away_at_its_own_school_alone(town, hints):
    office, other = make.holder("office", town.school, "Olav"), make.school("Sol skole")
    eid = FaithDay.objects.get(day="2027-03-09")
    client, at = as_(office), address("networks", "faith_day_list")
    assert "Eid al-Fitr" in text(client.get(at))
    client.post(address("networks", "faith_day_remove", town.school.pk, eid.pk))

    assert hints("2027-03-09") == []
    assert FaithDay.objects.at(other).filter(pk=eid.pk).exists()
    assert client.post(address("networks", "faith_day_remove", town.school.pk, eid.pk)).status_code == 404
    assert client.post(address("networks", "faith_day_remove", other.pk, eid.pk)).status_code == 404
    with pytest.raises(NotNow):
        actions.remove_faith_day(town.school, by=office, faith_day=eid)


def test_the_office_adds_a_day_of_its_own_once(town, hints):
    office, other = make.holder("office", town.school, "Olav"), make.school("Sol skole")
    client, at = as_(office), address("networks", "faith_day_list")
    sent = {
        "day": "2027-02-15",
        "name": "Maslenitsa",
        "tradition": "Orthodox churches",
        "source": "Parish calendar 2027",
    }
    client.post(at, sent)
    assert "stands there already" in text(client.post(at, sent))
    assert hints("2027-02-15") == ["Many celebrate Maslenitsa on this day"]
    own = FaithDay.objects.get(name="Maslenitsa")
    assert not FaithDay.objects.at(other).filter(pk=own.pk).exists()
    client.post(address("networks", "faith_day_remove", town.school.pk, own.pk))
    assert not FaithDay.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize("wrong", [{"day": "2020-01-01"}, {"name": ""}, {"source": ""}, {"day": "x"}])
def test_a_day_without_a_name_a_source_or_a_date_to_come_is_refused_and_nothing_is_lost(town, wrong):
    office = make.holder("office", town.school, "Olav")
    sent = {"day": "2027-02-15", "name": "Maslenitsa", "tradition": "Orthodox", "source": "A calendar"} | wrong
    answered = as_(office).post(address("networks", "faith_day_list"), sent)
    assert b"Orthodox" in answered.content
    assert not FaithDay.objects.filter(tradition="Orthodox").exists()


def test_parents_and_teachers_keep_no_days(town):
    for person in (town.amira, town.jurgita, make.holder("contact_teacher", town.first, "Tom")):
        assert as_(person).get(address("networks", "faith_day_list")).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.add_faith_day(town.school, by=person, name="A", tradition="B", day=date(2027, 2, 2), source="C")
