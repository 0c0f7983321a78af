"""What the same children did in earlier years: who reads it, and how it is planned again."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from networks import actions
from networks.models import Gathering
from networks.queries import again, earlier_years
from portal.people.models import SchoolClass, SchoolYear
from tests import make
from tests.ground import once
from tests.pages import address, as_, text


@once
def moved(town):
    """1A was 0A last year, with a gathering that was held, one that was called off, and a draft."""
    today = town.school.today()
    SchoolYear.objects.filter(pk=town.first.year_id).update(starts_on=today - timedelta(days=30))
    town.first.year.refresh_from_db()
    year = make.year(town.school, starts=(today - timedelta(days=400)).replace(day=1))
    then = SchoolClass.objects.create(year=year, school=town.school, name="0A", grades=[0], cohort=town.first.cohort)
    make.family(then, pupil_name="Odd", adult_name="Leif", family_name="Gone")
    was = timezone.now() - timedelta(days=200)
    rows = {
        title: Gathering.objects.create(
            school_class=then,
            made_by=town.jurgita,
            title=title,
            bring="Skis",
            place="The shelter by the lake",
            state=state,
            published_at=None if state == "draft" else was - timedelta(days=20),
            cancelled_at=was if state == "cancelled" else None,
            starts_at=was,
            ends_at=was + timedelta(hours=3),
            answer_by=was - timedelta(days=4),
        )
        for title, state in (("Skiing", "held"), ("Called off", "cancelled"), ("Only a draft", "draft"))
    }
    return SimpleNamespace(then=then, skiing=rows["Skiing"], rows=rows)


def page(town, reader):
    return as_(reader).get(address("people", "class_show", town.first.pk))


def plan(town, reader, gathering):
    return as_(reader).post(address("networks", "gathering_again", town.first.pk, gathering.pk))


def test_the_page_of_the_class_tells_what_it_held_under_its_earlier_name(town, moved):
    said = text(page(town, town.amira))

    assert "When we were 0A" in said
    assert "Skiing" in said


def test_what_was_called_off_or_never_sent_is_no_history(town, moved):
    assert [one.title for year in earlier_years(town.first) for one in year.held] == ["Skiing"]


def test_who_came_and_where_it_was_stays_in_that_year(town, moved):
    said = text(page(town, town.amira))

    assert not [word for word in ("Leif", "Gone", "The shelter") if word in said]


def test_whoever_has_left_the_class_reads_nothing(town, moved):
    town.nora.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))

    assert page(town, town.amira).status_code == 404


def test_a_class_beside_it_and_one_without_a_cohort_have_another_past(town, moved):
    SchoolClass.objects.filter(pk__in=[town.second.pk, moved.then.pk]).update(cohort=None)
    town.second.refresh_from_db()

    assert not earlier_years(town.second)
    assert not earlier_years(town.first)


def test_last_years_gathering_is_a_draft_again_in_one_tap(town, moved):
    answer = plan(town, town.jurgita, moved.skiing)

    draft = town.first.gatherings.get()
    assert answer.url == address("networks", "gathering_edit", draft.pk)
    assert (draft.title, draft.bring, draft.state) == ("Skiing", "Skis", "draft")
    assert draft.starts_at - timezone.now() > timedelta(days=20)
    assert draft.answer_by > timezone.now()


def test_pressed_twice_it_is_one_draft(town, moved):
    for _press in range(2):
        plan(town, town.jurgita, moved.skiing)

    assert town.first.gatherings.count() == 1


def test_it_is_the_same_hour_on_the_same_day_of_the_week_when_the_clock_has_changed(town, moved):
    zone = town.school.zone
    was = timezone.localtime(moved.skiing.starts_at, zone)
    fields = again(moved.skiing, town.school)
    now = timezone.localtime(fields["starts_at"], zone)

    assert (now.weekday(), now.time()) == (was.weekday(), was.time())
    assert fields["ends_at"] - fields["starts_at"] == timedelta(hours=3)


@pytest.mark.parametrize("title", ["Called off", "Only a draft"])
def test_only_what_was_held_is_planned_again(town, moved, title):
    assert plan(town, town.jurgita, moved.rows[title]).status_code == 404


def test_nobody_but_the_contact_plans_it_again(town, moved):
    assert plan(town, town.amira, moved.skiing).status_code == 403
    assert not town.first.gatherings.exists()


def test_what_another_class_held_is_not_found(town, moved):
    make.role(town.carla, "class_contact", town.second)

    answer = as_(town.carla).post(address("networks", "gathering_again", town.second.pk, moved.skiing.pk))

    assert answer.status_code == 404


def test_many_gatherings_cost_no_more_questions_than_one(town, moved, django_assert_num_queries):
    for _one in range(20):
        Gathering.objects.create(
            school_class=moved.then,
            made_by=town.jurgita,
            title="Once more",
            state="held",
            published_at=moved.skiing.published_at,
            starts_at=moved.skiing.starts_at,
            ends_at=moved.skiing.ends_at,
            answer_by=moved.skiing.answer_by,
            place="There",
        )
    current = SchoolClass.objects.select_related("year").get(pk=town.first.pk)

    with django_assert_num_queries(1):
        assert len(earlier_years(current)[0].held) == 21


def test_the_draft_can_be_sent_as_any_other(town, moved):
    plan(town, town.jurgita, moved.skiing)
    draft = town.first.gatherings.get()
    actions.check_inclusion(draft, by=town.jurgita, fine=[])
    actions.publish_gathering(draft, by=town.jurgita)

    assert Gathering.objects.get(pk=draft.pk).is_published
