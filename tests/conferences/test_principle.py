"""What the association's principle asks of the talks, row by row, where it takes more than one part of the room."""

import re
from datetime import timedelta
from functools import partial

import time_machine
from django.utils import timezone

from conferences import actions
from conferences.after.letters import summary_letter
from conferences.after.queries.summaries import last_time
from conferences.models import (
    Conference,
    ConferenceRound,
    ConferenceSetting,
    ExtraPrompt,
    ExtraRequest,
    Subject,
)
from portal.people.hats import hats_of
from portal.people.models import Role
from tests import make
from tests.ground import once
from tests.pages import address, as_, todos_of

page = partial(address, "conferences")


def text(answer):
    main = answer.content.decode().split("<main", 1)[-1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def tasks(person):
    return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


# Something is wrong


@once
def noticed(nora, teacher, school_class):
    today = school_class.school.today()
    return actions.ask_extra(nora, by=teacher, school_class=school_class, reason="wellbeing", noticed_on=today)


def test_a_concern_that_nobody_acts_on_becomes_a_task(noticed, teacher, principal, school_class, amina):
    """B3b: problems are found in time: a concern without action after a week is a task for the teacher and the head."""
    late = "1 child has waited too long for a talk"
    with time_machine.travel(noticed.at + timedelta(days=6, hours=23), tick=False):
        assert late not in tasks(teacher) + tasks(principal)
    with time_machine.travel(noticed.at + timedelta(days=7, hours=1), tick=False):
        assert late in tasks(teacher)
        assert late in tasks(principal)
        assert late not in tasks(amina)
        actions.schedule_extra(
            noticed, by=teacher, teacher=teacher, times=[timezone.now() + timedelta(days=2)], minutes=20
        )
        assert late not in tasks(teacher) + tasks(principal)


def test_an_urgent_concern_becomes_a_task_after_two_days(noticed, teacher, principal):
    """B3b: what cannot wait is a task sooner."""
    ExtraRequest.objects.update(urgent=True)
    with time_machine.travel(noticed.at + timedelta(days=2, hours=1), tick=False):
        assert "1 child has waited too long for a talk" in tasks(principal)


def test_a_concern_without_a_date_is_red_for_those_who_teach_the_class(
    noticed, teacher, principal, school_class, amina
):
    """C14b: the school acts on unhappiness: an open concern without a date is red, for the class's teachers only."""
    red = re.compile(r'<span class="sb-status" data-color="danger">.*?No date yet')
    subject_teacher = make.holder(Role.Kind.SUBJECT_TEACHER, school_class)
    for person in (teacher, subject_teacher):
        assert red.search(" ".join(as_(person).get(page("extra_list")).content.decode().split())), person
    contact = make.holder(Role.Kind.CLASS_CONTACT, school_class)
    for person in (principal, amina, contact):
        with time_machine.travel(noticed.at + timedelta(days=20), tick=False):
            shown = as_(person).get(page("extra_list")).content.decode()
            assert 'data-color="danger"' not in shown, person
            assert ("Has waited too long" in shown) is (person == principal)
    actions.schedule_extra(noticed, by=teacher, teacher=teacher, times=[timezone.now() + timedelta(days=2)], minutes=20)
    assert "No date yet" not in text(as_(teacher).get(page("extra_list")))


# What the head and the board count


@once
def six(school_class, teacher, round):
    """Six children of 3B who are called to a talk: [(conference, guardian)]."""
    made = []
    for number in range(6):
        child, adult = make.family(school_class, pupil_name=f"Barn{number}", family_name=f"Hjem{number}")
        made.append((make.conference(round, child, teacher), adult))
    return made


def over(talks, teacher, *, came=lambda number: True, days=16):
    """The talks have taken place, and it is recorded which guardian came."""
    for number, (talk, adult) in enumerate(talks):
        booked = make.booked(talk, by=adult, at=make.slot(talk.round, teacher, days=days, hour=8 + number))
        with time_machine.travel(booked.booking.ends_at, tick=False):
            actions.note_attendance(booked, by=teacher, came=[adult.pk] if came(number) else [])
        talk.refresh_from_db()


def counted(person, label):
    """What the report says beside a label, or None: "4 of 6 families"."""
    row = re.search(rf"{label}.*?(\d+ of \d+ [a-z]+|Not shown)", text(as_(person).get(page("coverage_show"))))
    return row and row[1]


def test_the_share_of_homes_that_are_offered_a_time_inside_their_wishes(six, teacher, round, principal, school):
    """B8b: all parents have a real chance: the share of homes with an offered time inside what they have wished for."""
    ConferenceRound.objects.update(opens_at=timezone.now() + timedelta(days=1))
    evening = make.slot(round, teacher, days=16, hour=18).starts_at.astimezone(school.zone).date()
    make.slot(round, teacher, days=17, hour=9, blocked=True)
    make.slot(round, teacher, days=18, hour=9, reserved_for=six[5][0])
    wishes = [f"{evening} evening"] * 3 + [f"{evening} morning", f"{evening + timedelta(days=1)} morning"]
    for (_talk, adult), wish in zip(six, [*wishes, f"{evening + timedelta(days=2)} morning"], strict=True):
        actions.say_wish(ConferenceRound.objects.get(), by=adult, times=[wish])
    ConferenceRound.objects.update(opens_at=timezone.now())
    assert counted(principal, "Offered a time that suits them") == "4 of 6 families"


def test_the_monthly_question_is_counted_when_it_is_answered_and_when_it_is_not(school, teacher, school_class, nora):
    """B11: whether an extra talk is needed is asked all the time: answered and unanswered months are an indicator."""
    board = make.holder(Role.Kind.BOARD_MEMBER, school)
    asked = "Asked each month whether a child needs a talk"
    with time_machine.travel("2026-10-05 12:00 +0200"):
        actions.answer_prompt(school_class, by=teacher, asks={})
    with time_machine.travel("2026-12-05 12:00 +0100"):
        assert counted(board, asked) == "1 of 5 months"
        actions.answer_prompt(school_class, by=teacher, asks={nora.pk: "wellbeing"})
        assert counted(board, asked) == "2 of 5 months"
    assert ExtraPrompt.objects.count() == 2


def test_the_children_below_the_target_are_listed_with_the_reason(six, teacher, principal, school, round):
    """B10: the school calls often enough: the report lists the children below the target, with the reason."""
    over(six[:2], teacher, came=lambda number: number == 0)
    newcomer = make.pupil("Ida", "Ny", in_class=six[0][0].school_class)
    shown = text(as_(principal).get(page("coverage_show")))
    assert f"{six[0][0].pupil.full_name} 0" not in shown
    assert re.search(rf"{six[1][0].pupil.full_name} 0 Nobody came, and no new time yet", shown)
    assert re.search(rf"{six[2][0].pupil.full_name} 0 Called, and has no time yet", shown)
    assert re.search(rf"{newcomer.full_name} 0 Not called yet", shown)


def test_how_many_children_of_each_class_had_a_guardian_there(six, teacher, principal, school, school_class):
    """B15: at least one parent takes part: the share of the children, class by class, and no class below five."""
    small = make.school_class("5A", at=school, grades=(5,))
    other = make.holder(Role.Kind.CONTACT_TEACHER, small)
    child, adult = make.family(small, pupil_name="Liv", family_name="Alene")
    over(six, teacher, came=lambda number: number != 2)
    over([(make.conference(make.round(small), child, other), adult)], other)
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        shown = text(as_(principal).get(page("coverage_show"))).split("Class by class", 1)[1]
        assert re.search(r"3B 83\s?% 5 of 6 children", shown)
        assert re.search(r"5A – Not shown", shown)
        assert counted(principal, "At least one guardian took part") == "6 of 7 children"
        board = make.holder(Role.Kind.BOARD_MEMBER, school)
        assert "Class by class" not in text(as_(board).get(page("coverage_show")))


def words(**details):
    return {"home_support": "Let her choose the book.", **details}


def share(talk, teacher, *, goals=(), **details):
    draft = actions.write_summary(talk, by=teacher, words=words(**details), goals=list(goals))
    actions.share_summary(draft, by=teacher, token=draft.token)
    draft.refresh_from_db()
    return draft


def test_a_talk_without_a_goal_is_allowed_marked_and_counted(six, teacher, principal):
    """B4: goals are set for all: a talk without one is allowed, says so, and is counted."""
    over(six, teacher)
    goal = {"text": "Read aloud to two friends", "kind": "academic", "seen_by": ""}
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        for number, (talk, _adult) in enumerate(six):
            share(talk, teacher, goals=[goal] if number else [])
        address = page("summary_show", six[0][0].pk)
        for person in (six[0][1], teacher):
            assert "We agreed on no goals this time" in text(as_(person).get(address))
        assert "no goals" not in text(as_(teacher).get(page("summary_show", six[1][0].pk)))
        assert counted(principal, "Ended without a goal") == "1 of 6 talks"


def test_whether_they_prepared_together_is_a_total_and_nothing_about_a_family(six, teacher, principal, school, round):
    """B14: they go through it together: the tick is the family's own; the school sees a total, of five or more."""
    office = make.holder(Role.Kind.OFFICE, school)
    addresses = [page(name, six[0][0].pk) for name in ("talk_show", "talk_shared", "pupil_talk", "summary_write")]
    addresses += [page(name, round.pk) for name in ("round_show", "plan_list", "round_unbooked")]
    addresses += [page("teacher_day"), "/"]

    def read_at_school():
        return {
            (person, address): text(as_(person).get(address))
            for person in (teacher, principal, office)
            for address in addresses
        }

    told = "Went through it with the child"
    for talk, adult in six[:4]:
        actions.save_preparation(talk, by=adult, proud="Reading", together=False)
        actions.share_preparation(talk, by=adult, shares=["proud"])
    assert counted(principal, told) == "Not shown"
    talk, adult = six[4]
    actions.save_preparation(talk, by=adult, proud="Reading", together=True)
    assert counted(principal, told) == "1 of 5 homes"
    before = read_at_school()
    assert any("Reading" in shown for shown in before.values())
    talk, adult = six[0]
    talk.preparations.update(together=True)
    assert read_at_school() == before
    assert counted(principal, told) == "2 of 5 homes"


# What a talk is prepared with


def test_the_picture_is_whole_by_the_schools_own_subjects_of_the_grade(client, conference, teacher, school, nora):
    """B3a: parents get a full picture: the bar goes by the school's subject list for the grade, and the pupil talk."""
    maths, german = (
        Subject.objects.create(school=school, name=name, grades=grades)
        for name, grades in (("Matematikk", [3, 4]), ("Tysk", [8]))
    )
    Subject.objects.create(school=school, name="Norsk", grades=[3])
    Subject.objects.create(school=make.school("Elsewhere"), name="Dansk", grades=[3])
    actions.write_subject(conference.school_class, by=teacher, subject=maths, texts=[(nora, "Counts to a hundred")])
    address = page("talk_shared", conference.pk)
    shown = as_(teacher).get(address).content.decode()
    assert "1 of 2 subjects this year" in shown
    assert '<rect class="sb-meter__fill" width="50%"' in shown
    assert "You have talked with the pupil" not in shown
    actions.change_subject(german, by=make.holder(Role.Kind.OFFICE, school), name="Tysk", grades=[3, 8])
    actions.note_pupil_talk(conference, by=teacher, held_on=school.today(), wellbeing="good")
    whole = text(as_(teacher).get(address))
    assert "1 of 3 subjects this year" in whole
    assert "You have talked with the pupil" in whole
    matrix = text(as_(teacher).get(page("subject_inputs", conference.school_class_id)))
    assert re.search(rf"{nora.full_name} 1 of 3 subjects talk with the pupil done", matrix)


def test_the_rounds_page_says_how_many_plans_are_out_on_time(six, teacher, principal, round):
    """B9: the plans are sent in good time: the round's own page says how many of the children have theirs on time."""
    for talk, _adult in six[:4]:
        actions.add_plan(talk, by=teacher, url="https://example.org/plan")
    address = page("round_show", round.pk)
    assert "0 of 6 Assessment and goals: out on time" in text(as_(principal).get(address))
    actions.send_plans(round, by=teacher)
    make.booked(six[0][0], by=six[0][1], at=make.slot(round, teacher, days=6))
    make.booked(six[1][0], by=six[1][1], at=make.slot(round, teacher, days=9))
    for person in (principal, teacher):
        assert "3 of 6 Assessment and goals: out on time" in text(as_(person).get(address))


# What a talk ends in


@once
def held(conference):
    Conference.objects.filter(pk=conference.pk).update(state="held", ended_at=timezone.now())
    conference.refresh_from_db()
    return conference


def test_the_goals_of_all_talks_are_seen_by_both_sides(nora, amina, yusuf, teacher, school_class):
    """B5: goals are set and reached together: how it went with each is seen across all talks, at home and at school."""
    said = ["Reads aloud to two friends", "Asks for help", "Knows the table of five"]
    progress = [("reached", "Three friends!"), ("on_the_way", "")]
    for number, words_of_goal in enumerate(said):
        talk = make.conference(make.round(school_class, title=f"Round {number}"), nora, teacher)
        Conference.objects.filter(pk=talk.pk).update(state="held", ended_at=timezone.now())
        talk.refresh_from_db()
        last = last_time(talk)
        how = {last.goals[0].pk: progress[number - 1]} if last else {}
        goal = {"text": words_of_goal, "kind": "academic", "seen_by": ""}
        draft = actions.write_summary(talk, by=teacher, words=words(), goals=[goal], progress=how)
        actions.share_summary(draft, by=teacher, token=draft.token)
    for person in (amina, yusuf, teacher):
        earlier = text(as_(person).get(page("summary_show", talk.pk))).split("Goals of earlier talks")[1]
        assert re.search(
            r"Asks for help Learning On the way.*Reads aloud to two friends.*Three friends! Reached", earlier
        )


def test_the_childs_own_words_stand_first_also_when_there_are_none(held, teacher, amina):
    """C9: the pupil comes first: nobody can change that order, and words that are left out are seen to be missing."""
    writing = as_(teacher).get(page("summary_write", held.pk)).content.decode()
    places = [writing.index(f'name="{name}"') for name in ("child_words", "academic", "social", "personal")]
    assert places == sorted(places)
    assert not {field.name for field in ConferenceSetting._meta.get_fields()} & {"order", "template", "headings"}
    draft = actions.write_summary(held, by=teacher, words=words(academic="Adds up"))
    missing = "In Nora's own words Nora's own words are not written down this time. Learning Adds up"
    assert missing in text(as_(teacher).get(page("summary_share", held.pk)))
    actions.share_summary(draft, by=teacher, token=draft.token)
    assert missing in text(as_(amina).get(page("summary_show", held.pk)))
    draft.refresh_from_db()
    assert summary_letter(draft, draft.agreed_actions.all())["parts"][0] == {
        "heading": "In Nora's own words",
        "lines": ["Nora's own words are not written down this time."],
        "items": [],
    }


def test_the_pupil_and_a_guardian_comment_once_and_there_is_no_chat(held, nora, amina, yusuf, teacher, school):
    """C10: pupil and parents may comment on what comes next: one comment each and one answer, which is no chat."""
    nora.born_on = school.today() - timedelta(days=13 * 366)
    nora.save()
    summary = share(held, teacher)
    comment, show = page("summary_answer", summary.pk), page("summary_show", held.pk)
    for person, said in ((nora, "I want to choose the book"), (amina, "It was Tuesday")):
        as_(person).post(comment, {"comment": said})
    assert "I want to choose the book" in text(as_(teacher).get(show))
    assert "It was Tuesday" in text(as_(teacher).get(show))
    for person in (nora, yusuf):
        assert "It was Tuesday" not in text(as_(person).get(show))
    reply = page("summary_reply", summary.answers.get(person=nora).pk)
    as_(teacher).post(reply, {"reply": "You may"})
    assert "You may" in text(as_(nora).get(show))
    assert "answered or changed" in text(as_(teacher).post(reply, {"reply": "And more"}))
    as_(nora).post(comment, {"comment": "Thank you"})
    mine = summary.answers.get(person=nora)
    assert (mine.comment, mine.reply, summary.answers.count()) == ("Thank you", "", 2)
    for person in (amina, nora):
        assert as_(person).post(reply, {"reply": "No"}).status_code in (403, 404)
