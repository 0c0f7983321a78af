"""Who is told of a talk, and that both homes are told the same. The letters are written as the worker writes them."""

from datetime import timedelta

from django.utils import timezone

from conferences import actions
from conferences.after.notices import outcomes
from conferences.models import Booking, Conference, ConferenceRound, InterpreterRequest, LearningPlanRef
from conferences.notices import rounds, times
from portal.ledger.models import Event
from portal.ledger.publish import publish
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from tests import make


def hear(verb):
    publish(Event.objects.filter(verb=verb).latest("pk").pk)


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))


def letter_to(person, kind):
    found = Notice.objects.get(kind=kind, recipient=person)
    return KINDS[kind](found)


def wants(person, kind):
    return KINDS[kind].wanted(Notice.objects.get(kind=kind, recipient=person))


def test_both_homes_hear_of_the_time(conference, amina, yusuf, slot):
    actions.book(conference, by=amina, slot=slot)
    hear("conferences.time_booked")
    assert told("conferences.time_booked") == {amina.pk, yusuf.pk}
    letter = letter_to(yusuf, "conferences.time_booked")
    assert "Nora" in letter.subject
    assert "Warsame" not in letter.subject + " ".join(letter.lines)
    assert b"conference-" in letter.calendar.to_ical()


def test_two_moves_in_a_row_are_told_in_one_letter(conference, amina, yusuf, slot, round, teacher):
    actions.book(conference, by=amina, slot=slot)
    hear("conferences.time_booked")
    actions.book(conference, by=amina, slot=make.slot(round, teacher, days=16))
    hear("conferences.time_booked")
    found = Notice.objects.filter(kind="conferences.time_booked", recipient=yusuf).order_by("pk")
    assert [KINDS["conferences.time_booked"].wanted(notice) for notice in found] == [False, True]


def test_a_restricted_guardian_hears_nothing(conference, amina, yusuf, nora, slot):
    make.restricted(yusuf, nora)
    actions.book(conference, by=amina, slot=slot)
    hear("conferences.time_booked")
    assert told("conferences.time_booked") == {amina.pk}


def test_restricted_after_the_event_nothing_is_sent(conference, amina, yusuf, nora, slot):
    actions.book(conference, by=amina, slot=slot)
    hear("conferences.time_booked")
    make.restricted(yusuf, nora)
    assert not wants(yusuf, "conferences.time_booked")
    assert wants(amina, "conferences.time_booked")


def test_a_cancelled_time_leaves_the_calendars(conference, amina, yusuf, teacher, slot):
    actions.book(conference, by=amina, slot=slot)
    actions.cancel_booking(conference, by=amina)
    hear("conferences.time_cancelled")
    assert told("conferences.time_cancelled") == {amina.pk, yusuf.pk}
    entry = letter_to(yusuf, "conferences.time_cancelled").calendar.to_ical()
    assert b"METHOD:CANCEL" in entry
    assert b"SEQUENCE:2" in entry
    assert told("conferences.teacher_told_of_time") == {teacher.pk}


def test_the_invitation_goes_on_its_day_once(conference, amina, yusuf, round):
    remind()
    remind()
    assert told("conferences.round_invited") == {amina.pk, yusuf.pk}
    letter = letter_to(amina, "conferences.round_invited")
    assert ("For", "Nora") in letter.facts
    assert "/conferences/b/" in letter.buttons[0].url


def test_no_invitation_before_its_day_nor_to_a_draft(conference, amina, round, school):
    ConferenceRound.objects.filter(pk=round.pk).update(invite_on=school.today() + timedelta(days=1))
    remind()
    ConferenceRound.objects.filter(pk=round.pk).update(
        invite_on=school.today(), state=ConferenceRound.State.DRAFT, published_at=None
    )
    remind()
    assert not Notice.objects.filter(kind="conferences.round_invited").exists()


def test_only_those_without_a_time_are_reminded(conference, amina, yusuf, round, slot, teacher, school_class):
    child, other = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    make.conference(round, child, teacher)
    actions.book(conference, by=amina, slot=slot)
    now = timezone.now()
    ConferenceRound.objects.filter(pk=round.pk).update(
        opens_at=now - timedelta(days=6), closes_at=now + timedelta(days=4)
    )
    remind()
    assert told("conferences.round_reminder") == {other.pk}


def test_teachers_without_times_are_asked_and_others_are_not(school_class, teacher):
    draft = make.round(school_class, state="draft", invite_on=school_class.school.today() + timedelta(days=7))
    remind()
    assert told("conferences.times_missing") == {teacher.pk}
    assert wants(teacher, "conferences.times_missing")
    make.slot(draft, teacher)
    assert not wants(teacher, "conferences.times_missing")


def test_plans_that_are_not_sent_are_asked_for(conference, amina, round, teacher, school):
    ConferenceRound.objects.filter(pk=round.pk).update(plans_on=school.today() + timedelta(days=4))
    remind()
    assert told("conferences.plans_due") == {teacher.pk}
    LearningPlanRef.objects.create(
        conference=conference, title="Plan", url="https://example.org", made_by=teacher, sent_at=timezone.now()
    )
    assert not wants(teacher, "conferences.plans_due")


def test_the_day_before_every_home_is_reminded(conference, amina, yusuf, teacher, round):
    soon = make.slot(round, teacher, days=2)
    actions.book(conference, by=teacher, slot=soon)
    starts = timezone.now() + timedelta(hours=20)
    conference.refresh_from_db()
    type(conference.booking).objects.update(starts_at=starts, booked_at=timezone.now() - timedelta(days=3))
    remind()
    assert told("conferences.tomorrow") == {amina.pk, yusuf.pk}


def test_the_home_that_is_asked_to_swap_does_not_hear_who_asks(
    conference, amina, yusuf, slot, round, teacher, school_class
):
    child, other = make.family(school_class, pupil_name="Iver", adult_name="Ola", family_name="Nordlie")
    make.booked(conference, by=amina, at=slot)
    theirs = make.booked(make.conference(round, child, teacher), by=other, at=make.slot(round, teacher, hour=17))
    actions.ask_swap(Conference.objects.get(pk=conference.pk), by=amina, theirs=theirs.booking)
    hear("conferences.swap_asked")
    assert told("conferences.swap_asked") == {other.pk}
    letter = letter_to(other, "conferences.swap_asked")
    words = " ".join([letter.subject, *letter.lines, *(f"{name} {value}" for name, value in letter.facts)])
    assert "Nora" not in words
    assert "Warsame" not in words
    actions.answer_swap(theirs.booking.swaps_offered.get(), by=other, accept=False)
    hear("conferences.swap_answered")
    assert told("conferences.swap_declined") == {amina.pk, yusuf.pk}
    declined = letter_to(amina, "conferences.swap_declined")
    assert "Iver" not in declined.subject + " ".join(declined.lines)


def test_the_other_home_hears_of_its_own_talk_and_not_why(conference, amina, yusuf):
    actions.ask_separate(conference, by=amina)
    hear("conferences.talks_separated")
    assert told("conferences.talks_separated") == {yusuf.pk}
    letter = letter_to(yusuf, "conferences.talks_separated")
    assert "Amina" not in letter.subject + " ".join(letter.lines)


def test_the_home_without_a_time_hears_that_it_chooses_one(conference, amina, yusuf, slot):
    actions.book(conference, by=amina, slot=slot)
    actions.ask_separate(Conference.objects.get(pk=conference.pk), by=amina)
    hear("conferences.talks_separated")
    assert "Choose a time" in letter_to(yusuf, "conferences.talks_separated").lines[0]


def test_the_home_that_keeps_its_time_finds_it(conference, amina, yusuf, slot):
    actions.book(conference, by=yusuf, slot=slot)
    actions.ask_separate(Conference.objects.get(pk=conference.pk), by=amina)
    hear("conferences.talks_separated")
    assert "you find it here" in letter_to(yusuf, "conferences.talks_separated").lines[0]


def test_a_change_of_place_reaches_the_other_home(conference, amina, yusuf, slot):
    actions.book(conference, by=amina, slot=slot)
    actions.arrange(Conference.objects.get(pk=conference.pk), by=amina, mode="phone")
    hear("conferences.talk_arranged")
    assert told("conferences.talk_arranged") == {yusuf.pk}
    assert ("Where", "By phone") in letter_to(yusuf, "conferences.talk_arranged").facts


def test_every_kind_of_the_room_can_say_whether_it_is_wanted():
    for module in (rounds, times, outcomes):
        assert module.__doc__
    kinds = [kind for name, kind in KINDS.items() if name.startswith("conferences.")]
    assert len(kinds) > 20
    assert all(kind.wanted for kind in kinds)


def test_a_corrected_summary_says_so_to_those_who_heard_of_the_first(conference, amina, yusuf, teacher, slot):
    make.booked(conference, by=amina, at=slot)
    Booking.objects.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now() - timedelta(hours=1))
    text = {"child_words": "Ja", "academic": "", "social": "", "personal": "", "home_support": "Les"}
    draft = actions.write_summary(conference, by=teacher, words=text, goals=[], agreements=[])
    actions.share_summary(draft, by=teacher, token=draft.token)
    hear("conferences.summary_shared")
    Notice.objects.filter(recipient=amina).update(state=Notice.State.TOLD, told_at=timezone.now())
    draft.refresh_from_db()
    again = actions.correct_summary(draft, by=teacher, because="The date")
    actions.share_summary(again, by=teacher, token=again.token)
    hear("conferences.summary_shared")

    kind = KINDS["conferences.summary_shared"]
    found = {who: Notice.objects.filter(kind=kind.name, recipient=who).order_by("pk") for who in (amina, yusuf)}
    assert [kind.wanted(notice) for notice in found[yusuf]] == [False, True]
    assert "Corrected" in kind(found[amina].last()).subject
    assert "Corrected" not in kind(found[yusuf].last()).subject


def test_the_home_that_asked_hears_that_an_interpreter_comes(conference, amina, yusuf, slot, round, teacher, school):
    office, asked = make.holder("office", school), interpreted(conference, amina, slot, round, teacher)
    actions.order_interpreter(asked, by=office, state="ordered")
    hear("conferences.interpreter_ordered")
    assert told("conferences.interpreter_confirmed") == set()

    actions.order_interpreter(asked, by=office, state="confirmed")
    hear("conferences.interpreter_ordered")

    assert told("conferences.interpreter_confirmed") == {amina.pk}
    letter = letter_to(amina, "conferences.interpreter_confirmed")
    assert "Nora" in letter.subject
    assert "Somal" in letter.lines[0]
    assert wants(amina, "conferences.interpreter_confirmed")
    actions.book(conference, by=amina, slot=make.slot(round, teacher, days=16), language="")
    assert not wants(amina, "conferences.interpreter_confirmed")


def test_no_word_of_an_interpreter_to_who_was_restricted_meanwhile(
    conference, amina, nora, slot, round, teacher, school
):
    office, asked = make.holder("office", school), interpreted(conference, amina, slot, round, teacher)
    actions.order_interpreter(asked, by=office, state="confirmed")
    make.restricted(amina, nora)
    hear("conferences.interpreter_ordered")
    assert told("conferences.interpreter_confirmed") == set()


def interpreted(conference, amina, slot, round, teacher):
    make.slot(round, teacher, minute=25)
    actions.book(conference, by=amina, slot=slot, language="so")
    return InterpreterRequest.objects.get(conference=conference)
