"""How often a version is read, month by month: counted without a person or a cookie, told in fives."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from principles import actions
from principles.readership.counting import count_reading
from principles.readership.models import ReadingTotal
from principles.tasks import add_up_readings
from tests.pages import as_, text
from tests.principles.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def read(version, times, **agent):
    for _time in range(times):
        answer = Client(headers=agent or None).get(version.get_absolute_url())
        assert answer.status_code == 200
        assert not answer.cookies


def totals():
    return {(one.version_id, one.month): one.times for one in ReadingTotal.objects.all()}


def month():
    return timezone.localdate().replace(day=1)


def test_add_up_readings_run_twice_adds_each_once(published):
    read(published, 3)
    add_up_readings()
    add_up_readings()
    assert totals() == {(published.pk, month()): 3}

    read(published, 4)
    add_up_readings()
    assert totals() == {(published.pk, month()): 7}


def test_each_version_has_its_own_total_and_a_draft_none(published, karen):
    later = publish(actions.draft_revision(published.principle, by=karen), karen, date(2025, 8, 1))
    actions.draft_revision(published.principle, by=karen)
    read(published, 1)
    Client().get(published.principle.get_absolute_url())
    add_up_readings()

    assert totals() == {(published.pk, month()): 1, (later.pk, month()): 1}


def test_machines_and_those_who_write_it_are_not_counted_and_families_are(published, karen, amira):
    read(published, 2, user_agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    as_(karen).get(published.get_absolute_url())
    as_(amira).get(published.get_absolute_url())
    add_up_readings()

    assert totals() == {(published.pk, month()): 1}


def test_what_is_asked_for_again_and_has_not_changed_is_read(published):
    etag = Client().get(published.get_absolute_url()).headers["ETag"]
    assert Client().get(published.get_absolute_url(), headers={"If-None-Match": etag}).status_code == 304
    add_up_readings()

    assert totals() == {(published.pk, month()): 2}


@pytest.mark.parametrize(
    ("times", "said"), [(4, "fewer than five times"), (5, "about 5 times"), (13, "about 15 times")]
)
def test_the_school_reads_it_in_fives_and_nobody_else(published, karen, amira, times, said):
    ReadingTotal.objects.create(version=published, month=month(), times=times)

    assert said in text(as_(karen).get(published.get_absolute_url()))
    for reader in (as_(amira), Client()):
        assert "How often it was read" not in text(reader.get(published.get_absolute_url()))


def test_counting_asks_the_database_for_nothing(published, django_assert_num_queries, rf):
    with django_assert_num_queries(0):
        count_reading(rf.get("/"), published)
