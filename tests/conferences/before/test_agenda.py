"""The agenda of a talk: what the pupil, the home and the school want to talk about, and whose each point is."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import AgendaPoint, Conference, NotNow
from conferences.queries.keeping import prepared_before
from portal.ledger.models import Event
from portal.people.models import Role, the_portal
from tests import make
from tests.conferences.test_principle import as_, page, text
from tests.ground import once

MANY = 30


@once
def agenda(conference, nora, amina, yusuf, teacher, school):
    nora.born_on = school.today() - timedelta(days=13 * 366)
    nora.save()
    actions.save_own_part(conference, by=nora, goal="Swim further", hard="Fractions")
    actions.share_own_part(conference, by=nora, shares=["goal"])
    for person, wish in ((amina, "Homework on Thursdays"), (yusuf, "Sleep")):
        actions.save_preparation(conference, by=person, ask=wish, proud="Kept at home")
        actions.share_preparation(conference, by=person, shares=["ask"])
    actions.put_point(conference, by=teacher, text="Reading aloud")
    return conference


def points(person, conference):
    shown = as_(person).get(page("agenda_show", conference.pk)).content.decode().split("<main", 1)[1]
    return re.findall(r"<strong>([^<]+)</strong>.*?<p class=\"sb-break\">(.*?)</p>", shown, re.DOTALL)


def test_every_point_says_whether_it_is_the_schools_the_homes_or_the_pupils(agenda, nora, amina, yusuf, teacher):
    """B2: school and parents take responsibility together: the agenda shows of each point whose it is."""
    school, pupil = ("School", "Reading aloud"), ("Pupil", "Swim further")
    first, second = ("Home", "Homework on Thursdays"), ("Home", "Sleep")
    of_homes = [(f"Home: {person.full_name}", wish) for person, (_side, wish) in ((amina, first), (yusuf, second))]
    assert points(teacher, agenda) == [pupil, *of_homes, school]
    assert points(amina, agenda) == [first, school]
    assert points(yusuf, agenda) == [second, school]
    assert points(nora, agenda) == [pupil, school]
    actions.share_own_part(agenda, by=nora, shares=["goal"], home_may_read=True)
    assert points(amina, agenda) == [pupil, first, school]


def test_the_teacher_puts_a_point_there_and_takes_it_away(conference, teacher, amina):
    browser = as_(teacher)
    assert browser.post(page("agenda_show", conference.pk), {"text": ""}).status_code == 200
    assert not AgendaPoint.objects.exists()
    browser.post(page("agenda_show", conference.pk), {"text": "Reading aloud"})
    assert "Reading aloud" in text(as_(amina).get(page("agenda_show", conference.pk)))
    browser.post(page("point_take", AgendaPoint.objects.get().pk))
    assert "Nothing is on the agenda yet" in text(as_(amina).get(page("agenda_show", conference.pk)))


def test_put_point_and_take_point_record_without_the_words(conference, teacher):
    point = actions.put_point(conference, by=teacher, text="Reading aloud")
    actions.take_point(point, by=teacher)
    events = Event.objects.filter(verb__in=["conferences.point_put", "conferences.point_taken"])
    assert [set(event.details) for event in events] == [{"point"}, {"point"}]


def test_a_point_that_is_pressed_twice_stands_once(conference, teacher):
    once = actions.put_point(conference, by=teacher, text="Reading aloud")
    assert actions.put_point(conference, by=teacher, text="Reading aloud") == once
    assert Event.objects.filter(verb="conferences.point_put").count() == 1


def test_put_point_refuses_too_many_and_a_talk_that_is_over(conference, teacher):
    for number in range(AgendaPoint.MOST):
        actions.put_point(conference, by=teacher, text=f"Point {number}")
    with pytest.raises(NotNow, match="no time for more"):
        actions.put_point(conference, by=teacher, text="One more")
    AgendaPoint.objects.all().delete()
    Conference.objects.update(state="held", ended_at=timezone.now())
    with pytest.raises(NotNow, match="over"):
        actions.put_point(conference, by=teacher, text="Too late")


def test_put_point_and_take_point_deny_all_but_who_holds_the_talk(conference, teacher, amina, nora, principal, school):
    point = actions.put_point(conference, by=teacher, text="Reading aloud")
    other = make.holder(Role.Kind.SUBJECT_TEACHER, conference.school_class)
    for person in (amina, nora, principal, other, make.holder(Role.Kind.OFFICE, school)):
        with pytest.raises(PermissionDenied):
            actions.put_point(conference, by=person, text="Mine")
        with pytest.raises(PermissionDenied):
            actions.take_point(point, by=person)


def test_the_agenda_is_not_for_the_office_the_restricted_and_strangers(agenda, nora, yusuf, school, school_class):
    make.restricted(yusuf, nora)
    strangers = [make.holder(Role.Kind.CLASS_CONTACT, school_class), make.family(school_class, pupil_name="Iver")[1]]
    others = [make.holder(Role.Kind.OFFICE, school), yusuf, *strangers]
    for person in others:
        assert as_(person).get(page("agenda_show", agenda.pk)).status_code in (403, 404), person
        assert not AgendaPoint.objects.visible_to(person).exists()


def test_that_staff_has_read_it_is_written_down(agenda, principal, amina):
    as_(amina).get(page("agenda_show", agenda.pk))
    assert not Event.objects.filter(verb="conferences.preparations_read").exists()
    as_(principal).get(page("agenda_show", agenda.pk))
    assert Event.objects.get(verb="conferences.preparations_read").by == principal.pk


def test_a_parent_who_holds_the_talk_reads_the_other_home_as_its_teacher_and_that_is_written_down(
    agenda, amina, school_class
):
    make.role(amina, Role.Kind.CONTACT_TEACHER, school_class)
    Conference.objects.update(teacher=amina)
    assert {wish for _side, wish in points(amina, agenda)} >= {"Sleep", "Homework on Thursdays"}
    assert Event.objects.get(verb="conferences.preparations_read").by == amina.pk
    assert "another home" not in as_(amina).get(page("agenda_show", agenda.pk)).content.decode()


def test_a_talk_for_each_home_takes_the_schools_points_along(agenda, amina, yusuf):
    actions.ask_separate(agenda, by=yusuf)
    for person, own in ((amina, "Homework on Thursdays"), (yusuf, "Sleep")):
        talk = Conference.objects.of_guardian(person).get()
        assert [text for _side, text in points(person, talk)] == [own, "Reading aloud"]


def test_the_agenda_is_forgotten_with_the_preparation(conference, teacher):
    actions.put_point(conference, by=teacher, text="Reading aloud")
    long_ago = timezone.now() - timedelta(days=100)
    Conference.objects.update(state="held", ended_at=long_ago)
    assert prepared_before(timezone.now() - timedelta(days=92)).get() == conference
    actions.forget_preparation(conference, by=the_portal())
    assert not AgendaPoint.objects.exists()


def test_the_database_refuses_an_empty_point(conference, teacher):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaPoint.objects.create(conference=conference, text="", by=teacher)


def test_the_way_to_it_is_on_both_pages(conference, slot, amina, teacher):
    make.booked(conference, by=amina, at=slot)
    address = reverse("conferences:agenda_show", args=[conference.pk])
    assert address in as_(amina).get(page("conference_show", conference.pk)).content.decode()
    assert address in as_(teacher).get(page("talk_show", conference.pk)).content.decode()


def test_as_many_queries_for_one_point_as_for_many(agenda, amina, teacher):
    for person in (amina, teacher):
        browser, counts = as_(person), []
        for number in (1, AgendaPoint.MOST):
            AgendaPoint.objects.all().delete()
            rows = [AgendaPoint(conference=agenda, text=f"Point {place}", by=teacher) for place in range(number)]
            AgendaPoint.objects.bulk_create(rows)
            with CaptureQueriesContext(connection) as asked:
                browser.get(page("agenda_show", agenda.pk))
            counts.append(len(asked))
        assert counts[0] == counts[1] <= MANY
