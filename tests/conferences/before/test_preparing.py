"""Private until it is shared, never the other home's, and what a pupil keeps stays with the pupil."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.before.queries.preparing import last_goals, own_words_of, told_of, told_of_many
from conferences.models import Booking, Conference, ConferenceRound, NotNow, Preparation, PupilTalk
from portal.ledger.models import Event
from portal.people.actions import protect_address
from portal.people.hats import PARENT, PUPIL, Hat
from portal.people.models import Role
from tests import make
from tests.ground import once
from tests.pages import markup, todos_of

SECRET = "det jeg aldri sier til noen"
PROUD = "stolt av å lese høyt"
HARD = "brøk er vanskelig"


@pytest.fixture(autouse=True)
def _reads_english(client):
    client.cookies["django_language"] = "en"


def address(name, conference, step=None):
    return reverse(f"conferences:{name}", args=[conference.pk]) + (f"?step={step}" if step else "")


def words(told):
    return [answer.text for one in told for answer in one.answers]


@pytest.fixture
def aged(nora, school):
    def make_aged(age):
        nora.born_on = school.today().replace(year=school.today().year - age, day=1)
        nora.save()
        return nora

    return make_aged


@once
def prepared(conference, amina):
    actions.save_preparation(conference, by=amina, proud=PROUD, hard=HARD, together=True)
    return Preparation.objects.get()


# The home's four steps


def test_save_preparation_records(prepared, conference, amina):
    assert (prepared.household, prepared.part, prepared.shared_at) == (amina.household, "guardian", None)
    event = Event.objects.get(verb="conferences.preparation_saved")
    assert PROUD not in str(event.details)


def test_four_steps_on_one_phone_each_saved(client, conference, amina):
    client.force_login(amina)
    answers = [{"read_plan": "on"}, {"proud": PROUD}, {"hard": HARD}, {"goal": "Mål", "ask": "", "together": "on"}]
    for step, answer in enumerate(answers, 1):
        assert f"Step {step} of 4" in markup(client.get(address("prepare", conference, step)))
        onwards = client.post(address("prepare", conference, step), answer)
        assert onwards.status_code == 302
    assert onwards.url == address("prepare_share", conference)
    own = Preparation.objects.get()
    assert (own.read_plan, own.proud, own.hard, own.goal, own.together) == (True, PROUD, HARD, "Mål", True)
    assert PROUD in markup(client.get(address("prepare", conference, 2)))


def test_nothing_is_shared_before_it_is_shared_and_then_only_what_is_chosen(
    client, prepared, conference, amina, teacher
):
    assert told_of(conference, teacher) == []
    client.force_login(amina)
    client.post(address("prepare_share", conference), {"shares": ["proud"]})
    assert words(told_of(conference, teacher)) == [PROUD]
    client.post(address("prepare_share", conference), {"shares": []})
    assert told_of(conference, teacher) == []


def test_to_share_nothing_asks_for_a_tick_and_shares_nothing(client, prepared, conference, amina, teacher):
    client.force_login(amina)
    assert "Tick what the teacher may read" in markup(client.post(address("prepare_share", conference), {}))
    assert told_of(conference, teacher) == []


def test_what_is_written_anew_is_private_again(prepared, conference, amina, teacher):
    actions.share_preparation(conference, by=amina, shares=["proud", "hard"])
    actions.save_preparation(conference, by=amina, hard="noe annet")
    assert told_of(conference, teacher) == []


def test_whether_they_went_through_it_together_is_not_told(prepared, conference, amina, teacher):
    actions.share_preparation(conference, by=amina, shares=["proud"])
    assert not hasattr(told_of(conference, teacher)[0], "together")


def test_share_preparation_refuses_what_is_not_written(prepared, conference, amina, yusuf):
    with pytest.raises(NotNow, match="Write something first"):
        actions.share_preparation(conference, by=amina, shares=["ask"])
    with pytest.raises(NotNow):
        actions.share_preparation(conference, by=yusuf, shares=["proud"])


def test_save_preparation_refuses_when_the_talk_is_over(conference, amina):
    Conference.objects.update(state="held", ended_at=conference.made_at)
    with pytest.raises(NotNow, match="over"):
        actions.save_preparation(conference, by=amina, proud=PROUD)


def test_the_other_home_never_sees_it(client, prepared, conference, amina, yusuf):
    actions.share_preparation(conference, by=amina, shares=["proud", "hard"])
    client.force_login(yusuf)
    for page in ("prepare", "prepare_share", "prepare_pupil", "conference_show"):
        for step in (None, 2, 3):
            shown = markup(client.get(address(page, conference, step), follow=True))
            assert PROUD not in shown, page
            assert HARD not in shown, page
    assert told_of(conference, yusuf) == []
    actions.save_preparation(conference, by=yusuf, proud="noe helt annet")
    assert Preparation.objects.count() == 2


def test_two_in_one_home_write_on_one_paper(prepared, conference, amina, nora):
    other = make.guardian("Liban", of=nora, household=amina.household)
    actions.save_preparation(conference, by=other, ask="Kan vi få lekser på papir?")
    assert Preparation.objects.get().proud == PROUD


def test_prepare_denies_the_restricted_strangers_staff_and_separate_homes(
    client, conference, nora, amina, yusuf, round, teacher, principal, school_class
):
    make.restricted(yusuf, nora)
    stranger = make.family(school_class, pupil_name="Iver")[1]
    own = make.conference(round, nora, make.holder("subject_teacher", school_class), home=amina.household)
    for person, status in ((yusuf, 404), (stranger, 404), (teacher, 403), (principal, 403)):
        client.force_login(person)
        for page in ("prepare", "prepare_share", "prepare_pupil"):
            assert client.get(address(page, conference)).status_code in (403, status), (person, page)
        with pytest.raises(PermissionDenied):
            actions.save_preparation(conference, by=person, proud=PROUD)
    with pytest.raises(PermissionDenied):
        actions.save_preparation(own, by=stranger, proud=PROUD)
    assert actions.save_preparation(own, by=amina, proud=PROUD)


def test_a_protected_family_prepares_as_everybody(client, conference, nora, amina, school):
    for person in (nora, amina):
        protect_address(person, by=make.holder("office", school), grade="strict")
    client.force_login(amina)
    assert client.post(address("prepare", conference, 2), {"proud": PROUD}).status_code == 302


def test_a_teacher_who_is_guardian_reads_only_the_own_home(prepared, conference, amina, yusuf, school_class):
    make.role(yusuf, Role.Kind.CONTACT_TEACHER, school_class)
    actions.share_preparation(conference, by=amina, shares=["proud"])
    assert told_of(conference, yusuf) == []


def test_long_words_are_told_and_kept_in_the_box(client, conference, amina):
    client.force_login(amina)
    answer = client.post(address("prepare", conference, 2), {"proud": "x" * 50_000})
    assert answer.status_code == 200
    assert "x" * 50_000 in markup(answer)


# The pupil's own part


@pytest.mark.parametrize(("age", "status"), [(11, 403), (12, 200), (15, 200), (18, 200)])
def test_the_pupil_has_an_own_page_from_twelve(client, conference, aged, age, status):
    client.force_login(aged(age))
    assert client.get(address("prepare_pupil", conference)).status_code == status
    assert client.get("/").status_code == 200


def test_at_eighteen_the_guardians_are_out_and_the_pupil_is_in(client, conference, aged, amina):
    nora = aged(18)
    actions.save_own_part(conference, by=nora, proud=PROUD)
    client.force_login(amina)
    assert client.get(address("prepare_pupil", conference)).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.tell_for_child(conference, by=amina, proud=PROUD)


def test_what_the_pupil_shares_is_what_the_pupil_ticks(client, conference, aged, amina, teacher):
    nora = aged(13)
    client.force_login(nora)
    client.post(address("prepare_pupil", conference), {"proud": PROUD, "hard": HARD, "kept": SECRET})
    assert told_of(conference, teacher) == []
    client.post(address("prepare_share", conference), {"shares": ["proud"]})
    assert words(told_of(conference, teacher)) == [PROUD]
    assert told_of(conference, amina) == []
    client.post(address("prepare_share", conference), {"shares": ["proud"], "home_may_read": "on"})
    assert words(told_of(conference, amina)) == [PROUD]
    assert SECRET in markup(client.get(address("prepare_pupil", conference)))


def test_both_homes_may_read_when_the_pupil_says_so(conference, aged, amina, yusuf):
    nora = aged(13)
    actions.save_own_part(conference, by=nora, proud=PROUD)
    actions.share_own_part(conference, by=nora, shares=["proud"], home_may_read=True)
    assert words(told_of(conference, amina)) == words(told_of(conference, yusuf)) == [PROUD]
    make.restricted(yusuf, nora)
    assert told_of(conference, yusuf) == []


def test_what_a_pupil_keeps_is_nobodys_to_read(client, conference, aged, amina, yusuf, teacher, principal):
    """C14a: the child decides what is shared: what it keeps never reaches a guardian, nor anybody else."""
    nora = aged(13)
    actions.save_own_part(conference, by=nora, proud=PROUD, kept=SECRET)
    actions.share_own_part(conference, by=nora, shares=["proud", "kept"], home_may_read=True)
    assert Preparation.objects.get().shares == ["proud"]
    for person in (amina, yusuf, teacher, principal):
        assert SECRET not in str(told_of(conference, person))
        client.force_login(person)
        for page in ("prepare", "prepare_share", "prepare_pupil", "pupil_talk", "conference_show", "talk_show"):
            assert SECRET not in markup(client.get(address(page, conference), follow=True)), (person, page)


def test_the_database_refuses_to_share_what_is_kept(conference, aged):
    actions.save_own_part(conference, by=aged(13), kept=SECRET)
    with pytest.raises(IntegrityError), transaction.atomic():
        Preparation.objects.update(shares=["kept"])


# The child on an adult's phone


def test_the_child_tells_on_an_adults_phone_and_the_page_is_empty_again(client, conference, aged, amina, teacher):
    aged(9)
    client.force_login(amina)
    first = client.get(address("prepare_pupil", conference))
    assert "no-store" in first["Cache-Control"]
    assert 'name="kept"' not in markup(first)
    client.post(address("prepare_pupil", conference), {"proud": PROUD, "hard": ""})
    assert words(told_of(conference, teacher)) == [PROUD]
    assert PROUD not in markup(client.get(address("prepare_pupil", conference)))


def test_what_a_pupil_of_thirteen_keeps_on_an_adults_phone_is_not_shown_there_again(client, conference, aged, amina):
    nora = aged(13)
    client.force_login(amina)
    client.post(
        address("prepare_pupil", conference), {"proud": PROUD, "kept": SECRET, "home_may_read": "on"}, follow=True
    )
    again = markup(client.get(address("prepare_pupil", conference)))
    assert PROUD in again
    assert SECRET not in again
    client.post(address("prepare_pupil", conference), {"proud": "noe nytt"})
    client.force_login(nora)
    assert SECRET in markup(client.get(address("prepare_pupil", conference)))


def test_tell_for_child_refuses_to_write_over_the_pupils_own(client, conference, aged, amina):
    nora = aged(13)
    actions.save_own_part(conference, by=nora, proud=PROUD)
    with pytest.raises(NotNow, match="own part"):
        actions.tell_for_child(conference, by=amina, proud="noe annet")
    client.force_login(amina)
    shown = markup(client.get(address("prepare_pupil", conference)))
    assert PROUD not in shown
    assert "<textarea" not in shown
    assert Preparation.objects.get().proud == PROUD


def test_tell_for_child_refuses_an_empty_paper(client, conference, aged, amina):
    aged(9)
    client.force_login(amina)
    assert "Write a few words" in markup(client.post(address("prepare_pupil", conference), {}))
    with pytest.raises(NotNow):
        actions.tell_for_child(conference, by=amina)
    assert not Preparation.objects.exists()


# The pupil talk


@once
def talk(conference, teacher):
    return actions.note_pupil_talk(
        conference,
        by=teacher,
        held_on=conference.school_class.school.today(),
        wellbeing="mixed",
        notes=SECRET,
        own_words="Jeg vil ha mer matte",
    )


def test_note_pupil_talk_records(talk, conference, teacher):
    assert own_words_of(conference, teacher) == "Jeg vil ha mer matte"
    assert SECRET not in str(Event.objects.get(verb="conferences.pupil_talk_noted").details)


def test_note_pupil_talk_refuses_a_day_to_come_and_another_teachers_notes(talk, conference, teacher, school_class):
    today = conference.school_class.school.today()
    for wrong in (today + timedelta(days=1), today - timedelta(days=500)):
        with pytest.raises(NotNow, match="Write the day"):
            actions.note_pupil_talk(conference, by=teacher, held_on=wrong)
    new = make.holder(Role.Kind.CONTACT_TEACHER, school_class, "Ny", "Lærer")
    Conference.objects.update(teacher=new)
    conference.refresh_from_db()
    with pytest.raises(NotNow, match="Another teacher"):
        actions.note_pupil_talk(conference, by=new, held_on=today)
    assert own_words_of(conference, new) == ""


def test_note_pupil_talk_denies_everybody_but_the_teacher_of_the_talk(
    conference, amina, yusuf, principal, school_class, teacher
):
    make.role(yusuf, Role.Kind.CONTACT_TEACHER, school_class)
    others = [amina, yusuf, principal, make.holder(Role.Kind.SUBJECT_TEACHER, school_class)]
    for person in others:
        with pytest.raises(PermissionDenied):
            actions.note_pupil_talk(conference, by=person, held_on=conference.school_class.school.today())


def test_a_teacher_never_talks_alone_with_the_own_child_as_its_teacher(conference, yusuf, school_class):
    make.role(yusuf, Role.Kind.CONTACT_TEACHER, school_class)
    Conference.objects.update(teacher=yusuf)
    conference.refresh_from_db()
    with pytest.raises(PermissionDenied):
        actions.note_pupil_talk(conference, by=yusuf, held_on=conference.school_class.school.today())


def test_the_pupil_reads_the_notes_and_the_principal_does_not(client, talk, conference, aged, principal):
    client.force_login(aged(13))
    assert SECRET in markup(client.get(address("prepare_pupil", conference)))
    assert not PupilTalk.objects.visible_to(principal).exists()


def test_pupil_talk_page(client, talk, conference, teacher):
    client.force_login(teacher)
    assert SECRET in markup(client.get(address("pupil_talk", conference)))
    day = conference.school_class.school.today().isoformat()
    client.post(address("pupil_talk", conference), {"held_on": day, "notes": "nytt", "own_words": "", "wellbeing": ""})
    talk.refresh_from_db()
    assert talk.notes == "nytt"


# The last goals, and the number of queries


def test_the_goals_of_the_last_shared_talk_open_the_preparation(conference, nora, teacher, amina, school_class):
    before = make.conference(make.round(school_class, title="Spring"), nora, teacher)
    summary = before.summaries.create(version=1, no_home_support=True, written_by=teacher, academic="x")
    summary.focus_points.create(place=1, kind="academic", text="Lese hver dag")
    assert last_goals(conference) == []
    before.summaries.update(shared_at=before.made_at)
    assert [goal.text for goal in last_goals(conference)] == ["Lese hver dag"]
    assert last_goals(before) == []


def test_told_of_many_talks_is_one_query(round, teacher, school_class, django_assert_num_queries):
    talks = []
    for number in range(30):
        child, adult = make.family(school_class, pupil_name=f"Barn{number}")
        talks.append(make.conference(round, child, teacher))
        actions.save_preparation(talks[-1], by=adult, proud=PROUD)
        actions.share_preparation(talks[-1], by=adult, shares=["proud"])
    with django_assert_num_queries(1):
        assert all(words(told) == [PROUD] for told in told_of_many(talks, teacher).values())


@pytest.mark.parametrize("page", ["prepare", "prepare_share", "prepare_pupil"])
def test_pages_ask_the_same_however_much_is_written(client, conference, amina, round, teacher, page):
    client.force_login(amina)
    counts = []
    for plans in (3, 30):
        for _number in range(plans):
            actions.add_plan(conference, by=teacher, url="https://example.org")
        actions.send_plans(round, by=teacher)
        with CaptureQueriesContext(connection) as asked:
            client.get(address(page, conference))
        counts.append(len(asked))
    assert counts[0] == counts[1]


# Afterwards


@once
def over(prepared, conference, amina, teacher, slot, round):
    actions.add_plan(conference, by=teacher, url="https://example.org/plan", title="Nora's plan")
    actions.send_plans(round, by=teacher)
    actions.share_preparation(conference, by=amina, shares=["proud"])
    make.booked(conference, by=amina, at=slot)
    Booking.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1))
    return Conference.objects.get(pk=conference.pk)


@pytest.mark.parametrize("is_noted", [False, True])
def test_a_talk_that_was_held_is_looked_back_on(client, over, amina, teacher, is_noted):
    if is_noted:
        actions.note_attendance(over, by=teacher, came=[amina.pk])
    client.force_login(amina)
    page = markup(client.get(address("conference_show", over)))
    assert address("prepare_share", over) in page
    for gone in ("prepare", "prepare_pupil"):
        assert f'href="{address(gone, over)}"' not in page
    assert client.get(address("prepare", over)).url == address("prepare_share", over)
    assert '<form class="sb-form"' not in markup(client.get(address("prepare_pupil", over)))
    back = markup(client.get(address("prepare_share", over)))
    assert (PROUD in back, "Nora&#x27;s plan" in back, "Share what is ticked" in back) == (True, True, False)


def test_what_was_shared_is_taken_back_after_the_talk_too(client, over, amina, teacher):
    actions.note_attendance(over, by=teacher, came=[amina.pk])
    client.force_login(amina)
    client.post(address("prepare_share", over))
    assert Preparation.objects.get().shared_at is None
    assert "Do not let" not in markup(client.get(address("prepare_share", over)))


def test_a_pupil_looks_back_too(client, over, aged, teacher, amina):
    client.force_login(aged(13))
    assert client.get(address("prepare_pupil", over)).url == address("prepare_share", over)
    page = markup(client.get(address("conference_show", over)))
    assert "Before the talk" in page
    assert "write my own part" not in page


def test_a_pupil_keeps_what_was_kept_and_noted_when_the_talk_is_over(client, over, aged, teacher, amina):
    pupil = aged(13)
    Preparation.objects.create(conference=over, part=Preparation.Part.PUPIL, by=pupil, kept="bare mitt")
    PupilTalk.objects.create(
        conference=over, pupil=pupil, teacher=teacher, held_on=timezone.localdate(), wellbeing="mixed", notes=SECRET
    )
    client.force_login(pupil)
    page = markup(client.get(address("prepare_share", over)))
    assert [word in page for word in ("bare mitt", SECRET, "Both good and not so good")] == [True, True, True]
    client.force_login(amina)
    page = markup(client.get(address("prepare_share", over)))
    assert not [word for word in ("bare mitt", SECRET) if word in page]


def test_a_pupil_looks_back_at_the_talk_alone(client, conference, aged, teacher, amina, slot):
    pupil = aged(13)
    make.booked(conference, by=amina, at=slot)
    Booking.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1))
    PupilTalk.objects.create(conference=conference, pupil=pupil, teacher=teacher, held_on=timezone.localdate())
    client.force_login(pupil)
    assert address("prepare_share", conference) in markup(client.get(address("conference_show", conference)))


def test_a_held_talk_without_a_plan_or_a_word_says_nothing_of_them(client, conference, amina, teacher, slot):
    make.booked(conference, by=amina, at=slot)
    Booking.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1))
    client.force_login(amina)
    actions.note_attendance(conference, by=teacher, came=[amina.pk])
    page = markup(client.get(address("conference_show", conference)))
    assert "Before the talk" not in page
    assert address("prepare", conference) not in page


def test_nothing_is_to_be_prepared_when_the_hour_has_passed(over, yusuf, aged):
    for hat in (Hat(yusuf, PARENT), Hat(aged(13), PUPIL)):
        assert not [todo.title for todo in todos_of(hat) if "Prepare" in todo.title]


def test_a_pupil_is_not_asked_to_prepare_before_the_round_opens(conference, aged):
    hat = Hat(aged(13), PUPIL)
    assert [todo.title for todo in todos_of(hat) if "Prepare" in todo.title]
    ConferenceRound.objects.update(
        opens_at=timezone.now() + timedelta(days=1), closes_at=timezone.now() + timedelta(days=9)
    )
    assert not [todo.title for todo in todos_of(hat) if "Prepare" in todo.title]


def test_what_is_typed_when_the_talk_is_over_meanwhile_stays_on_the_page(client, conference, amina, slot):
    make.booked(conference, by=amina, at=slot)
    with time_machine.travel(slot.ends_at + timedelta(minutes=1), tick=False):
        client.force_login(amina)
        late = client.post(address("prepare", conference, 2), {"proud": PROUD})
        looked = client.get(address("prepare", conference, 2))

    assert late.status_code == 200
    assert PROUD in late.text
    assert "This talk is over or called off." in late.text
    assert looked.status_code == 302
    assert not Preparation.objects.exists()
