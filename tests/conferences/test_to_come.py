"""A talk of today is ahead until its time is over, for the family, the pupil and on the first page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from conferences.models import Booking, Conference, ExtraRequest
from conferences.queries.calendars import ahead_of
from conferences.queries.extra import extra_page
from conferences.queries.own_talks import talk_list
from portal.people.hats import hats_of
from portal.people.models import Person
from tests import make
from tests.ground import once
from tests.pages import as_


@once
def talk(conference, amina, nora, slot):
    Person.objects.filter(pk=nora.pk).update(born_on=date(timezone.localdate().year - 14, 1, 1))
    make.booked(conference, by=amina, at=slot)
    return conference


def runs(talk, *, state, minutes):
    """The talk began ten minutes ago and ends in so many minutes; the teacher has recorded how it went."""
    now = timezone.now()
    Booking.objects.update(starts_at=now - timedelta(minutes=10), ends_at=now + timedelta(minutes=minutes))
    ended = None if state == "called" else now
    Conference.objects.filter(pk=talk.pk).update(state=state, ended_at=ended)


@pytest.mark.parametrize("who", ["amina", "nora"])
@pytest.mark.parametrize(
    ("state", "minutes", "is_ahead"),
    [
        ("called", 10, True),
        ("held", 10, True),
        ("missed", 10, False),
        ("cancelled", 10, False),
        ("called", -1, False),
        ("held", -1, False),
    ],
)
def test_it_stands_ahead_until_it_is_over(talk, request, who, state, minutes, is_ahead):
    person = Person.objects.get(pk=request.getfixturevalue(who).pk)
    runs(talk, state=state, minutes=minutes)

    found = talk_list(person)

    assert [one.pk for one in found.coming] == ([talk.pk] if is_ahead else [])
    assert [one.pk for one in found.past] == ([] if is_ahead or state == "cancelled" else [talk.pk])
    assert [one.pk for one in ahead_of(person)] == [one.pk for one in found.coming]


def test_todays_talk_stands_first(talk, amina, round, teacher, school_class):
    twin = make.pupil("Ali", "Warsame", in_class=school_class)
    make.confirmed(amina, twin)
    later = make.conference(round, twin, teacher)
    make.booked(later, by=amina, at=make.slot(round, teacher, days=16))
    now = timezone.now()
    Booking.objects.filter(conference=talk).update(starts_at=now, ends_at=now + timedelta(minutes=20))
    Conference.objects.filter(pk=talk.pk).update(state="held", ended_at=now)

    assert [one.pk for one in talk_list(amina).coming] == [talk.pk, later.pk]
    page = as_(amina).get("/conferences/").content.decode()
    assert page.index("Nora") < page.index("Ali") < page.index("</main>")
    assert 'id="past"' not in page


def test_an_extra_talk_of_today_is_not_among_the_old(talk, amina, school_class):
    Conference.objects.filter(pk=talk.pk).update(kind="extra", round=None)
    ExtraRequest.objects.create(
        pupil=talk.pupil,
        school_class=school_class,
        household=amina.household,
        side="home",
        by=amina,
        conference=talk,
    )
    runs(talk, state="held", minutes=10)

    assert len(extra_page(amina, hats_of(amina)).scheduled) == 1
    runs(talk, state="held", minutes=-1)
    assert len(extra_page(amina, hats_of(amina)).closed) == 1
