"""A hearing by point: who prepares it, who answers for whom, what is refused, and what nobody sees while it is open."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.ledger.models import Event
from portal.people.models import AccessRestriction, Enrolment, the_portal
from principles import actions as texts
from principles import moves
from principles.hearings import actions
from principles.hearings.asked import Voices
from principles.hearings.models import (
    Answer,
    Hearing,
    HearingChanged,
    HearingOver,
    NotYours,
    PointReworded,
    PointStruck,
    SameWords,
    TooLong,
    TooMany,
    TooShort,
)
from principles.hearings.notices import those_asked
from principles.hearings.queries import counts_of
from principles.hearings.voices import Voice, council_pupils, voices_of
from principles.life.actions import move_version
from principles.models import NotADraft
from principles.moves import State
from principles.tasks import forget_hearing_answers
from tests import make
from tests.principles.hearings.conftest import answer, over, prepare, today
from tests.threads import in_a_thread


def test_a_hearing_takes_the_text_out_of_the_reading(draft, hearing, mette):
    draft.refresh_from_db()

    assert (draft.state, hearing.takes_answers, hearing.parts.count()) == (State.HEARING, True, 3)


def test_a_draft_that_the_board_has_not_read_is_not_sent_out(draft, mette):
    with pytest.raises(moves.NotThatWay):
        actions.prepare_hearing(
            draft,
            by=mette,
            opens_on=today(),
            closes_on=today() + timedelta(days=9),
            reply_on=today() + timedelta(days=20),
            asked={},
        )


def test_the_head_does_not_send_it_out_in_denmark_and_does_in_norway(draft, mette, karen):
    move_version(draft, by=mette, to=State.READING)
    with pytest.raises(PermissionDenied):
        prepare(draft, karen)


@pytest.mark.parametrize(("opens", "days"), [(0, 5), (-1, 10)])
def test_days_too_few_or_begun_already_are_refused(draft, mette, opens, days):
    with pytest.raises(TooShort):
        prepare(draft, mette, opens=opens, days=days)
    assert not Hearing.objects.exists()


def test_the_days_are_only_ever_more(hearing, mette):
    with pytest.raises(TooShort):
        actions.change_hearing(
            hearing, by=mette, closes_on=hearing.closes_on - timedelta(days=1), reply_on=hearing.reply_on
        )
    actions.change_hearing(
        hearing, by=mette, closes_on=hearing.closes_on + timedelta(days=1), reply_on=hearing.reply_on
    )


def test_the_last_day_stays_when_the_answers_can_be_read(hearing, mette):
    over(hearing)
    with pytest.raises(HearingChanged, match="siste dagen"):
        actions.change_hearing(
            hearing, by=mette, closes_on=today() + timedelta(days=9), reply_on=today() + timedelta(days=20)
        )
    actions.change_hearing(
        hearing, by=mette, closes_on=hearing.closes_on, reply_on=hearing.reply_on + timedelta(days=9)
    )
    assert Hearing.objects.get().is_answered


@pytest.mark.parametrize(("opens", "days"), [(185, 10), (0, 93), (0, 3660)])
def test_a_mistyped_year_is_refused(draft, mette, opens, days):
    with pytest.raises(TooLong):
        prepare(draft, mette, opens=opens, days=days)


def test_a_reply_after_half_a_year_is_too_late(hearing, mette):
    with pytest.raises(TooLong):
        actions.change_hearing(
            hearing, by=mette, closes_on=hearing.closes_on, reply_on=hearing.closes_on + timedelta(days=185)
        )


def test_the_days_of_one_that_has_not_opened_may_be_fewer(draft, mette):
    hearing = prepare(draft, mette, opens=3, days=30)

    actions.change_hearing(hearing, by=mette, closes_on=hearing.opens_on + timedelta(days=8), reply_on=hearing.reply_on)

    assert Hearing.objects.get().closes_on == hearing.opens_on + timedelta(days=8)


def test_it_is_called_off_before_it_opens_and_not_after(draft, mette):
    hearing = prepare(draft, mette, opens=3)
    actions.call_off_hearing(hearing, by=mette)
    draft.refresh_from_db()
    assert draft.state == State.READING

    again = prepare(draft, mette)
    with pytest.raises(HearingChanged):
        actions.call_off_hearing(again, by=mette)


def test_there_is_one_at_a_time(draft, hearing):
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.create(
            version=draft,
            school=hearing.school,
            opens_on=hearing.opens_on,
            closes_on=hearing.closes_on,
            reply_on=hearing.reply_on,
        )


def test_who_speaks_for_whom(hearing, people, karen):
    hearing.council.add(people.pupil)
    kinds = {
        name: [voice.kind for voice in voices_of(getattr(people, name), hearing)]
        for name in ("ada", "tom", "contact", "pupil")
    }

    assert kinds == {"ada": ["home"], "tom": ["staff"], "contact": ["home", "class"], "pupil": ["council"]}
    assert [voice.kind for voice in voices_of(karen, hearing)] == ["staff"]


def test_strangers_and_those_not_asked_answer_nothing(draft, mette, people):
    hearing = prepare(draft, mette, asked=[Voices.STAFF])
    _child, neighbour = make.family(make.school_class(at=make.school("Lia")))

    for person in (people.ada, neighbour):
        with pytest.raises(PermissionDenied):
            actions.give_answer(
                hearing, by=person, voice=Voice("home", person, household=person.household), number=2, verdict="fine"
            )


def test_a_restricted_and_a_proposed_guardian_are_not_asked(hearing, people):
    nora = people.bo.pupil_relations.get().pupil
    make.restricted(people.bo, nora)
    kim = make.person("Kim", household=people.ada.household)
    make.proposed(kim, nora)

    assert AccessRestriction.objects.exists()
    assert voices_of(people.bo, hearing) == voices_of(kim, hearing) == []
    assert not Hearing.objects.visible_to(people.bo).exists()


def test_nobody_answers_in_the_name_of_another(hearing, people):
    other = Voice("home", people.ada, household=people.siri.household)
    for voice in (other, Voice("staff", people.ada), Voice("council", people.ada)):
        with pytest.raises(NotYours):
            actions.give_answer(hearing, by=people.ada, voice=voice, number=2, verdict="fine")


def test_a_section_is_answered_by_those_whom_it_asks(hearing, people):
    section = hearing.version.clauses.get(number=2).section
    hearing.parts.filter(section=section).update(voices=[Voices.STAFF])

    with pytest.raises(NotYours):
        answer(hearing, people.ada)
    answer(hearing, people.tom, kind="staff")


def test_a_home_answers_once_and_changes_it(hearing, people):
    answer(hearing, people.ada, verdict="change", text="For kort")
    kim = make.guardian("Kim", of=people.ada.pupil_relations.get().pupil, household=people.ada.household)
    answer(hearing, kim, verdict="fine")

    own = Answer.objects.get()
    assert (own.verdict, own.by, own.text) == ("fine", kim, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(
            hearing=hearing,
            lineage=own.lineage,
            words="x",
            stood="x",
            voice="home",
            household=own.household,
            by=kim,
            verdict="fine",
        )


def test_two_homes_of_a_child_answer_each_for_itself(hearing, people):
    answer(hearing, people.ada)
    answer(hearing, people.bo, verdict="change")

    assert Answer.objects.count() == 2


def test_the_council_answers_as_one_and_a_class_once(hearing, people, karen):
    other = make.pupil("Ida", in_class=people.school_class)
    actions.name_council(hearing, by=karen, pupils=[people.pupil])
    stranger = make.pupil("Per", in_class=make.school_class("7A", at=make.school("Lia")))
    for wrong in (other, stranger):
        with pytest.raises(PermissionDenied):
            actions.name_council(hearing, by=karen, pupils=[people.pupil, wrong])
    hearing.council.add(other)
    answer(hearing, people.pupil, kind="council")
    answer(hearing, other, verdict="change", kind="council")
    answer(hearing, people.contact, kind="class", families=3)
    answer(hearing, people.contact, kind="class", families=2)

    assert list(Answer.objects.order_by("voice").values_list("voice", "verdict", "families")) == [
        ("class", "fine", 2),
        ("council", "change", None),
    ]


def test_a_pupil_who_has_left_speaks_for_no_council(hearing, people):
    hearing.council.add(people.pupil)
    assert [voice.kind for voice in voices_of(people.pupil, hearing)] == ["council"]
    Enrolment.objects.filter(pupil=people.pupil).update(
        valid_from=today() - timedelta(days=30), valid_to=today() - timedelta(days=1)
    )

    assert voices_of(people.pupil, hearing) == []
    assert not Hearing.objects.visible_to(people.pupil).exists()
    assert people.pupil not in those_asked(hearing)


def test_the_office_names_the_council_and_the_board_reads_no_pupil(client, hearing, people, mette, karen):
    address = reverse("principles:council_name", args=[hearing.pk])
    client.force_login(mette)
    assert client.get(address).status_code == 403
    assert address not in client.get(reverse("principles:hearing_arrange", args=[hearing.pk])).text
    with pytest.raises(PermissionDenied):
        actions.name_council(hearing, by=mette, pupils=[people.pupil])
    client.force_login(karen)
    assert people.pupil.full_name in client.get(address).text


def test_whoever_is_kept_from_a_pupil_of_the_council_reads_no_name_and_takes_nobody_out(hearing, people, olav):
    ida = make.pupil("Ida", in_class=people.school_class, born_on=people.pupil.born_on)
    hearing.council.add(people.pupil)
    make.restricted(olav, people.pupil)
    assert set(council_pupils(hearing, olav)) == {ida}

    actions.name_council(hearing, by=olav, pupils=[ida])

    assert set(hearing.council.all()) == {ida, people.pupil}


def test_a_class_contact_says_how_many_and_not_more_than_there_are(hearing, people):
    with pytest.raises(TooMany):
        answer(hearing, people.contact, kind="class", families=90)
    answer(hearing, people.contact, kind="class", families=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(families=None)


def test_an_answer_keeps_the_words_that_it_was_about(hearing, people, mette):
    clause = hearing.version.clauses.get(number=2)
    given = answer(hearing, people.ada, verdict="change", suggestion="Skolen indkalder mindst to uger før.")

    texts.edit_clause(clause, by=mette, text="Skolen indkalder i god tid.", party="school", section=clause.section)
    given.refresh_from_db()
    assert given.words == "Skolen indkalder mindst en uge før."

    texts.remove_clause(clause, by=mette)
    given.refresh_from_db()
    assert (given.words, given.stood, given.lineage.number) == (
        "Skolen indkalder mindst en uge før.",
        "Skolens ansvar",
        2,
    )


def test_a_point_struck_or_reworded_meanwhile_is_said(hearing, people, mette):
    clause = hearing.version.clauses.get(number=2)
    seen = clause.text
    texts.edit_clause(clause, by=mette, text="Skolen indkalder i god tid.", party="school", section=clause.section)
    with pytest.raises(PointReworded):
        answer(hearing, people.ada, words=seen)

    texts.remove_clause(clause, by=mette)
    with pytest.raises(PointStruck):
        answer(hearing, people.ada, words=seen)


def test_a_suggestion_that_is_the_point_itself_is_refused(hearing, people):
    with pytest.raises(SameWords):
        answer(hearing, people.ada, verdict="change", suggestion=" skolen  indkalder mindst en uge før. ")


def test_a_hearing_that_is_not_open_takes_no_answer(hearing, people, draft, mette):
    over(hearing)
    with pytest.raises(HearingOver):
        answer(hearing, people.ada)


def test_one_that_has_not_opened_is_known_to_the_board_alone(draft, mette, people):
    hearing = prepare(draft, mette, opens=2)

    with pytest.raises(PermissionDenied):
        answer(hearing, people.ada)
    assert not Hearing.objects.visible_to(people.ada).exists()
    assert Hearing.objects.visible_to(mette).get() == hearing


def test_a_second_wording_is_written_before_it_opens(draft, mette, people):
    hearing = prepare(draft, mette, opens=2)
    with pytest.raises(SameWords):
        actions.write_alternative(hearing, by=mette, number=2, text="Skolen indkalder mindst en uge før.")
    with pytest.raises(PointStruck):
        actions.write_alternative(hearing, by=mette, number=99, text="x")
    actions.write_alternative(hearing, by=mette, number=2, text="Skolen indkalder to uger før.")
    Hearing.objects.update(opens_on=today())
    hearing.refresh_from_db()

    with pytest.raises(HearingChanged):
        actions.write_alternative(hearing, by=mette, number=2, text="")
    given = answer(hearing, people.ada, choice="B")
    assert (given.choice, given.other_words) == ("B", "Skolen indkalder to uger før.")
    assert answer(hearing, people.ada, number=3, choice="B").choice == ""


def test_a_text_that_people_are_heard_on_is_not_thrown_away(draft, hearing, mette):
    with pytest.raises(NotADraft):
        texts.discard_draft(draft, by=mette)


def test_a_year_after_the_reply_only_counts_are_left(hearing, people, mette):
    hearing.council.add(people.pupil)
    for one, kind in (
        (people.ada, "home"),
        (people.tom, "staff"),
        (people.contact, "class"),
        (people.pupil, "council"),
    ):
        answer(hearing, one, text="Mine ord", kind=kind)
    theme = actions.add_theme(over(hearing), by=mette, title="Frister")
    actions.sort_answers(hearing, by=mette, answers=list(Answer.objects.values_list("key", flat=True)), theme=theme)
    actions.reply_to_theme(theme, by=mette, title="Frister", outcome="not", reply="Derfor.")
    actions.close_hearing(hearing, by=mette)
    with pytest.raises(HearingChanged):
        actions.forget_answers(hearing, by=the_portal())

    Hearing.objects.update(closed_at=timezone.now() - timedelta(days=366))
    actions.forget_answers(hearing, by=the_portal())

    assert set(Answer.objects.values_list("by", "household", "text", "verdict")) == {(None, None, None, "fine")}
    assert not hearing.council.exists()
    logged = Event.objects.filter(verb="principles.hearing_answered")
    assert {(one.by, tuple(one.details)) for one in logged} == {(the_portal().pk, ())}
    assert [heard.label for heard in counts_of(Hearing.objects.get())] == [
        voice.label for voice in Voices if voice != Voices.STAFF
    ]
    assert next(heard for heard in counts_of(Hearing.objects.get())).answered == 1
    assert not Hearing.objects.to_forget().exists()


def test_forget_hearing_answers_a_year_after_the_reply_and_twice(hearing, people, mette):
    answer(hearing, people.ada)
    actions.close_hearing(over(hearing), by=mette)
    forget_hearing_answers()
    assert Answer.objects.get().by == people.ada

    Hearing.objects.update(closed_at=timezone.now() - timedelta(days=366))
    for _time in "12":
        forget_hearing_answers()

    assert (Answer.objects.get().by, Answer.objects.get().forgotten) == (None, True)
    assert Event.objects.filter(verb="principles.hearing_forgotten").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_of_a_home_at_once_leave_one_answer(draft, mette, people):
    hearing = prepare(draft, mette)
    kim = make.guardian("Kim", of=people.ada.pupil_relations.get().pupil, household=people.ada.household)
    told = []

    with transaction.atomic():
        answer(hearing, people.ada)
        thread = in_a_thread(told, lambda: answer(Hearing.objects.get(), kim, verdict="change"))
        thread.join(0.3)
    thread.join()

    assert told == ["yes"]
    assert Answer.objects.get().verdict == "change"
