from datetime import timedelta

import pytest
from django.utils import timezone

from conferences.models import (
    AgreedAction,
    Conference,
    ConferenceSummary,
    ExtraPrompt,
    ExtraRequest,
    Feedback,
    LearningPlanRef,
    Participant,
    Subject,
    SubjectInput,
)
from portal.figures import FIGURES
from tests import make
from tests.ground import once

ROOM = [name for name in FIGURES if name.startswith("conferences.")]


@once
def six(school_class, teacher):
    first = school_class.school.today()
    of_round = make.round(school_class, invite_on=first - timedelta(days=7))
    made = []
    for number in range(6):
        child, adult = make.family(school_class, pupil_name=f"Barn{number}", family_name=f"Hjem{number}")
        talk = make.conference(of_round, child, teacher)
        made.append((make.booked(talk, by=adult, at=make.slot(of_round, teacher, days=21, hour=9 + number)), adult))
    return made


def held(talks):
    Conference.objects.filter(pk__in=[talk.pk for talk, _adult in talks]).update(state="held", ended_at=timezone.now())


def measured(name, school):
    today = school.today()
    return FIGURES[f"conferences.{name}"].over(school, today - timedelta(days=60), today + timedelta(days=60))


def share(name, school):
    total = measured(name, school)
    return (total.part, total.whole) if total else None


@pytest.mark.parametrize("name", ROOM)
def test_nothing_is_shown_where_nothing_happened(name, school):
    assert FIGURES[name].over(school, school.today() - timedelta(days=60), school.today()) is None


def test_called_in_time(six, school):
    assert share("called_in_time", school) == (6, 6)
    round = six[0][0].round
    type(round).objects.filter(pk=round.pk).update(invite_on=school.today() + timedelta(days=10))
    assert share("called_in_time", school) == (0, 6)


def test_real_chance(six, school):
    for number, (talk, adult) in enumerate(six):
        day = (school.today() + timedelta(days=21)).isoformat()
        part = "morning" if number < 4 else "evening"
        talk.round.wishes.create(household=adult.household, times=[f"{day} {part}"], by=adult)
    assert share("real_chance", school) == (4, 6)


def test_plans(six, school, teacher):
    for talk, adult in six[:5]:
        plan = LearningPlanRef.objects.create(
            conference=talk, title="Plan", url="https://example.org", made_by=teacher, sent_at=timezone.now()
        )
        plan.openings.create(person=adult)
    assert share("plan_in_time", school) == (5, 6)
    LearningPlanRef.objects.update(sent_at=timezone.now() + timedelta(days=16))
    assert share("plan_in_time", school) == (0, 6)
    assert share("plan_opened", school) == (5, 5)


def test_who_came(six, school, teacher):
    held(six)
    for talk, adult in six[:4]:
        Participant.objects.create(conference=talk, kind="guardian", person=adult, came=True, added_by=teacher)
    Participant.objects.create(conference=six[4][0], kind="guardian", person=six[4][1], came=False, added_by=teacher)
    assert share("guardian_came", school) == (4, 6)
    assert share("pupil_came", school) == (0, 6)


def test_talks_held(six, school, nora):
    held(six)
    part, whole = share("talks_held", school)
    assert whole == 7
    assert part in (0, 6)  # in the spring a second talk is due


def summary_of(talk, teacher, **details):
    return ConferenceSummary.objects.create(conference=talk, version=1, written_by=teacher, **details)


def test_agreements_and_home_support(six, school, teacher):
    held(six)
    for number, (talk, _adult) in enumerate(six):
        told = {"home_support": "Les sammen"} if number < 5 else {"no_home_support": True}
        summary = summary_of(talk, teacher, **told)
        if number < 4:
            due_on = school.today() - timedelta(days=20)
            summary.agreed_actions.create(place=1, what="Lese", owner="home", who=f"Hjem {number}", due_on=due_on)
        summary.agreed_actions.create(
            place=2, what="Øve", owner="school", who="Anne", due_on=school.today() - timedelta(days=30)
        )
    ConferenceSummary.objects.update(shared_at=timezone.now())
    three = AgreedAction.objects.filter(who__in=["Hjem 0", "Hjem 1", "Hjem 2"])
    three.update(status="kept", status_at=timezone.now() - timedelta(days=10))
    assert share("agreed", school) == (6, 6)
    assert share("home_support", school) == (5, 6)
    assert share("followed_up", school) == (3, 10)


def test_subjects(school, school_class, six, teacher):
    norsk = Subject.objects.create(school=school, name="Norsk", grades=[3])
    Subject.objects.create(school=school, name="Tysk", grades=[8])
    SubjectInput.objects.create(
        year=school_class.year, pupil=six[0][0].pupil, subject=norsk, text="Leser godt", by=teacher
    )
    assert share("subjects_covered", school) == (0, 6)  # written, and no home can read it yet
    summary_of(six[0][0], teacher, no_home_support=True)
    ConferenceSummary.objects.update(
        subjects=[{"subject": norsk.pk, "name": "Norsk", "text": "Leser godt"}], shared_at=timezone.now()
    )
    assert share("subjects_covered", school) == (1, 6)


def test_extra_talks(school, school_class, teacher, nora):
    ExtraPrompt.objects.create(school_class=school_class, month=school.today().replace(day=1), answered_by=teacher)
    for number in range(5):
        ExtraRequest.objects.create(
            pupil=nora,
            school_class=school_class,
            side="school",
            reason="learning",
            by=teacher,
            noticed_on=school.today() - timedelta(days=number * 3),
        )
    assert share("told_in_time", school) == (3, 5)
    figure = FIGURES["conferences.extra_considered"]
    total = figure.query(school, school.today() - timedelta(days=60), school.today())
    assert total.part == 1


def test_how_it_felt_is_shown_from_five_answers_on(six, school):
    for number, (talk, adult) in enumerate(six[:4]):
        Feedback.objects.create(conference=talk, side="home", household=adult.household, heard=5, useful=5 - number)
    assert measured("homes_content", school) is None
    Feedback.objects.create(conference=six[4][0], side="home", household=six[4][1].household, heard=5, useful=5)
    assert share("homes_content", school) == (3, 5)
    assert measured("staff_content", school) is None
