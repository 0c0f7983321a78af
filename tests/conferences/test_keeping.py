"""Domain 5: what is forgotten, and when; summaries stay."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.after.queries.summaries import may_give_feedback
from conferences.before.queries.plans import plan_page
from conferences.figures import guardian_came, plan_in_time, plan_opened
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSummary,
    Feedback,
    Hold,
    InterpreterRequest,
    LearningPlanRef,
    NotNow,
    Participant,
    PlanOpening,
    Preparation,
    PupilTalk,
    Subject,
    SubjectInput,
    TimeRequest,
    TimeWish,
)
from conferences.queries.keeping import months_before
from conferences.tasks import forget_talks
from portal.ledger.models import Event
from portal.people.models import SchoolYear, the_portal
from tests import make
from tests.ground import once


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def verbs():
    return sorted(Event.objects.filter(verb__contains="_forgotten").values_list("verb", flat=True))


@once
def full(conference, amina, teacher, round, slot, nora):
    make.booked(conference, by=amina, at=slot, language="")
    Preparation.objects.create(conference=conference, part="guardian", household=amina.household, proud="x", by=amina)
    PupilTalk.objects.create(conference=conference, pupil=nora, teacher=teacher, held_on=date(2026, 1, 1), notes="x")
    InterpreterRequest.objects.create(conference=conference, language="so", asked_by=amina, household=amina.household)
    TimeRequest.objects.create(conference=conference, household=amina.household, text="Fridays", by=amina)
    TimeWish.objects.create(round=round, household=amina.household, note="x", by=amina)
    for person, came in ((amina, True), (teacher, None)):
        Participant.objects.create(conference=conference, kind="guardian", person=person, came=came, added_by=teacher)
    draft = actions.write_summary(conference, by=teacher, words={"home_support": "x"})
    Booking.objects.update(starts_at=days_ago(1), ends_at=days_ago(1) + timedelta(minutes=20))
    actions.share_summary(draft, by=teacher, token=draft.token)
    Conference.objects.update(wanted_note="x", state="held", ended_at=timezone.now())
    Feedback.objects.create(conference=conference, side="home", household=amina.household, heard=5, useful=4)
    return conference


def test_forget_talks_leaves_what_is_still_needed(full):
    forget_talks()
    assert verbs() == []


@pytest.mark.parametrize(("days", "kept"), [(89, True), (93, False)])
def test_preparation_is_deleted_three_months_after_the_talk(full, days, kept):
    Booking.objects.update(starts_at=days_ago(days + 1), ends_at=days_ago(days))
    forget_talks()
    assert Preparation.objects.exists() is kept
    assert PupilTalk.objects.exists() is kept
    assert verbs() == ([] if kept else ["conferences.preparation_forgotten"])
    assert Booking.objects.exists()


def test_words_about_subjects_go_with_the_year_and_stay_in_what_went_home(full, nora, teacher, school_class):
    subject = Subject.objects.create(school=school_class.school, name="Norsk", grades=[3])
    about = {"year": school_class.year, "pupil": nora, "subject": subject, "by": teacher}
    SubjectInput.objects.create(text="Leser godt", **about)
    forget_talks()
    assert SubjectInput.objects.exists()
    ended = timezone.localdate() - timedelta(days=190)
    SchoolYear.objects.update(starts_on=ended - timedelta(days=300), ends_on=ended)
    forget_talks()
    assert not SubjectInput.objects.exists()
    assert ConferenceSummary.objects.shared().exists()


def test_preparation_of_a_talk_without_a_time_is_deleted_after_its_round(full, round):
    Booking.objects.all().delete()
    Conference.objects.update(state="called", ended_at=None)
    ConferenceRound.objects.update(
        state="closed", ended_at=days_ago(100), opens_at=days_ago(120), closes_at=days_ago(110)
    )
    forget_talks()
    assert not Preparation.objects.exists()


@once
def with_plans(full, teacher, amina):
    now = {"conference": full, "made_by": teacher}
    pdf = LearningPlanRef.objects.create(
        title="Nora.pdf",
        file=b"%PDF-1.7",
        file_name="Nora.pdf",
        file_type="application/pdf",
        sent_at=days_ago(200),
        **now,
    )
    PlanOpening.objects.create(plan=pdf, person=amina)
    LearningPlanRef.objects.create(title="Plan", url="https://example.org/nora", **now)
    return full


@pytest.mark.parametrize(("days", "kept"), [(89, True), (93, False)])
def test_a_plan_and_its_file_go_three_months_after_the_talk(with_plans, days, kept, amina, teacher, school):
    today = school.today()
    span = today - timedelta(days=400), today + timedelta(days=400)
    Booking.objects.update(starts_at=days_ago(days + 1), ends_at=days_ago(days))
    before = plan_opened(school, *span), plan_in_time(school, *span)
    forget_talks()
    assert LearningPlanRef.objects.filter(file__isnull=False).exists() is kept
    assert LearningPlanRef.objects.exclude(title="", url="", file_name="", file_type="").exists() is kept
    assert LearningPlanRef.objects.visible_to(amina).exists() is kept
    assert LearningPlanRef.objects.visible_to(teacher).exists() is kept
    assert (plan_opened(school, *span), plan_in_time(school, *span)) == before
    forget_talks()
    assert verbs() == ([] if kept else ["conferences.preparation_forgotten"])


def test_the_teachers_list_of_plans_stands_without_what_is_forgotten(client, with_plans, teacher, round):
    actions.forget_preparation(with_plans, by=the_portal())
    (row,) = plan_page(round, teacher).rows
    assert (row.kept, row.waits, row.sent_at is not None) == ([], [], True)
    client.force_login(teacher)
    page = client.get(reverse("conferences:plan_list", args=[round.pk])).content.decode()
    assert reverse("conferences:plan_remove", args=[row.plans[0].pk]) not in page


def test_who_opened_a_plan_goes_with_the_times(with_plans, school):
    today = school.today()
    SchoolYear.objects.update(starts_on=today - timedelta(days=500), ends_on=months_before(today, 6))
    forget_talks()
    assert not LearningPlanRef.objects.exists()
    assert not PlanOpening.objects.exists()


def test_times_are_deleted_six_months_after_the_year_and_the_totals_stay(full, school):
    today = school.today()
    before = guardian_came(school, today - timedelta(days=9), today + timedelta(days=9))
    SchoolYear.objects.update(
        starts_on=today - timedelta(days=500), ends_on=months_before(today, 6) + timedelta(days=1)
    )
    forget_talks()
    assert Booking.objects.exists()
    SchoolYear.objects.update(ends_on=months_before(today, 6))
    forget_talks()
    assert not Booking.objects.exists()
    assert not Hold.objects.exists()
    assert list(Participant.objects.values_list("person", "name", "came")) == [(None, "-", True)]
    assert Conference.objects.get().wanted_note == ""
    assert ConferenceSummary.objects.shared().exists()
    assert verbs() == ["conferences.times_forgotten"]
    assert guardian_came(school, today - timedelta(days=9), today + timedelta(days=9)) == before


def test_a_talk_that_nobody_came_to_is_deleted_with_its_year(round, nora, teacher, school, school_class):
    conference = make.conference(round, nora, teacher)
    Conference.objects.update(state="missed", ended_at=timezone.now())
    actions.forget_times(school_class, by=the_portal())
    assert not Conference.objects.filter(pk=conference.pk).exists()


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        (59, set()),
        (61, {TimeRequest, TimeWish}),
        (89, {TimeRequest, TimeWish}),
        (91, {TimeRequest, TimeWish, InterpreterRequest}),
    ],
)
def test_wishes_go_after_60_days_and_interpreters_after_90(full, days, gone):
    ConferenceRound.objects.update(state="closed", ended_at=days_ago(days))
    forget_talks()
    assert {model for model in (TimeRequest, TimeWish, InterpreterRequest) if not model.objects.exists()} == gone


def test_a_round_that_nobody_closed_is_over_with_its_last_time(full, round):
    ConferenceRound.objects.update(opens_at=days_ago(200), closes_at=days_ago(190))
    forget_talks()
    assert TimeWish.objects.exists()
    round.slots.update(starts_at=days_ago(92), ends_at=days_ago(91))
    forget_talks()
    assert not TimeWish.objects.exists()
    assert not InterpreterRequest.objects.exists()


def test_requests_of_an_extra_talk_go_after_90_days(nora, teacher, school_class, amina):
    extra = Conference.objects.create(kind="extra", pupil=nora, teacher=teacher, school_class=school_class)
    TimeRequest.objects.create(conference=extra, household=amina.household, text="Fridays", by=amina)
    forget_talks()
    assert TimeRequest.objects.exists()
    Conference.objects.update(state="held", ended_at=days_ago(91))
    forget_talks()
    assert verbs() == ["conferences.extra_requests_forgotten"]


@pytest.mark.parametrize(("days", "kept"), [(360, True), (367, False)])
def test_how_a_talk_felt_is_deleted_when_the_next_school_year_is_over(full, amina, school, days, kept):
    today = school.today()
    SchoolYear.objects.update(starts_on=today - timedelta(days=800), ends_on=today - timedelta(days=days))

    forget_talks()

    assert Feedback.objects.exists() is kept
    assert ("conferences.feedback_forgotten" in verbs()) is not kept
    assert ConferenceSummary.objects.exists()


def test_how_a_talk_felt_is_not_asked_again_once_it_is_deleted(full, amina, school_class):
    Booking.objects.all().delete()
    Conference.objects.update(state="held", ended_at=days_ago(366))
    actions.forget_feedback(school_class, by=the_portal())

    assert not may_give_feedback(amina, Conference.objects.get())
    with pytest.raises(NotNow):
        actions.give_feedback(Conference.objects.get(), by=amina, heard=1, useful=1)


def test_forget_talks_twice_changes_nothing_more(full, school):
    Booking.objects.update(starts_at=days_ago(400), ends_at=days_ago(399))
    ConferenceRound.objects.update(state="closed", ended_at=days_ago(399))
    today = school.today()
    SchoolYear.objects.update(starts_on=today - timedelta(days=800), ends_on=today - timedelta(days=390))
    forget_talks()
    events = Event.objects.count()
    assert len(verbs()) == 5
    forget_talks()
    assert Event.objects.count() == events


@pytest.mark.parametrize("name", ["preparation", "extra_requests", "times", "feedback", "requests", "interpreters"])
def test_only_the_clock_forgets_and_not_twice(full, principal, round, school_class, name):
    action = getattr(actions, f"forget_{name}")
    subject = {"times": school_class, "feedback": school_class, "requests": round, "interpreters": round}.get(
        name, full
    )
    with pytest.raises(PermissionDenied):
        action(subject, by=principal)
    action(subject, by=the_portal())
    with pytest.raises(NotNow):
        action(subject, by=the_portal())


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 5, 31), 3, date(2026, 2, 28)),
        (date(2028, 5, 31), 3, date(2028, 2, 29)),
        (date(2026, 1, 15), 6, date(2025, 7, 15)),
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
    ],
)
def test_months_before(day, months, expected):
    assert months_before(day, months) == expected
    assert months_before(datetime(day.year, day.month, day.day, tzinfo=UTC), months).date() == expected
