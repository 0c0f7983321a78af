"""A hearing says what is saved, whose turn it is and what comes next, and nothing that does not happen."""

import io

import pytest
from django.utils import translation
from pypdf import PdfReader

from portal.people.hats import hats_of
from principles.adoption.actions import adopt_version
from principles.hearings import actions, pack
from principles.hearings.asked import Voices
from tests.pages import text, todos_of
from tests.principles.hearings.conftest import answer, over, prepare, today
from tests.principles.hearings.test_pages import enter, url
from tests.principles.hearings.test_replies import replied


def test_a_tap_says_at_once_that_it_is_saved_and_the_way_on(client, hearing, people):
    enter(client, people.ada)
    page = client.post(url("hearing_answer", hearing.pk, 2), {"verdict": "change", "as": "home"}, follow=True)

    assert "Saved. If you like, write what should be different." in page.text
    assert "Go on without writing more" in page.text
    shown = text(client.get(url("hearing_show", hearing.pk)))
    assert shown.count(" Saved ") == 1
    assert "1 of 4 answered. All of it is saved: there is nothing to send." in shown


def test_nothing_is_said_to_be_saved_before_anything_is_answered(client, hearing, people):
    enter(client, people.ada)
    page = text(client.get(url("hearing_show", hearing.pk)))

    assert " Saved " not in page
    assert "there is nothing to send" not in page


def test_when_it_is_over_nobody_is_said_to_answer(client, hearing, people):
    answer(hearing, people.ada)
    enter(client, people.ada)
    assert "You answer for your home" in client.get(url("hearing_show", hearing.pk)).text

    over(hearing)
    page = client.get(url("hearing_show", hearing.pk)).text
    assert "You answer for your home" not in page
    assert "Your answer:" in page


def test_before_it_opens_the_board_reads_who_answers_and_how(client, draft, mette):
    coming = prepare(draft, mette, opens=3, asked=[Voices.CLASS, Voices.HOME])
    enter(client, mette)
    page = text(client.get(url("hearing_show", coming.pk)))

    assert "Under each point those asked get three answers" in page
    assert "Answered by: Parents, Class contacts" in page


def test_the_council_answers_as_one(client, hearing, people, mette, karen):
    actions.name_council(hearing, by=karen, pupils=[people.pupil])
    enter(client, mette)
    assert "Pupil council: has not answered" in text(client.get(url("hearing_arrange", hearing.pk)))

    answer(hearing, people.pupil, kind="council")
    assert "Pupil council: has answered" in text(client.get(url("hearing_arrange", hearing.pk)))


def test_a_council_that_is_asked_and_not_named_waits_for_the_head(client, hearing, people, mette, karen):
    def waits():
        return [todo.url for hat in hats_of(karen) for todo in todos_of(hat)]

    enter(client, mette)
    assert "Nobody answers for the pupil council yet." in client.get(url("hearing_arrange", hearing.pk)).text
    assert url("council_name", hearing.pk) in waits()

    enter(client, karen)
    assert "Liv Vik, 2A" in text(client.get(url("council_name", hearing.pk)))
    saved = client.post(url("council_name", hearing.pk), {"pupils": [people.pupil.pk]}, follow=True)
    assert "from the first day to the last" in saved.text
    assert "1 pupil answers for the pupil council." in saved.text
    assert url("council_name", hearing.pk) not in waits()


def test_a_council_that_is_not_asked_waits_for_nobody(client, draft, mette, karen):
    hearing = prepare(draft, mette, asked=[Voices.HOME])
    enter(client, mette)
    assert "pupil council" not in client.get(url("hearing_arrange", hearing.pk)).text
    assert not [todo for hat in hats_of(karen) for todo in todos_of(hat) if "council" in todo.url]


def test_a_wording_is_named_as_taken_in_once_it_stands_in_the_text(client, hearing, people, mette):
    theme = actions.add_theme(over(hearing), by=mette, title="Frister")
    enter(client, mette)
    typed = {"title": "Frister", "outcome": "taken", "reply": "Gjort", "wording": "Skolen sender en plan hver dag."}

    told = client.post(url("theme_reply", theme.pk), typed)

    assert "These words stand in no point." in told.text
    assert "Skolen sender en plan hver dag." in told.text


def test_sorted_answers_lead_to_the_replies(client, hearing, people, mette):
    answer(hearing, people.ada, text="For kort")
    enter(client, mette)
    theme = actions.add_theme(over(hearing), by=mette, title="Frister")
    actions.sort_answers(hearing, by=mette, answers=[hearing.answers.get().key], theme=theme)

    page = client.get(url("answer_list", hearing.pk)).text
    assert "Every answer has a theme." in page
    assert url("hearing_arrange", hearing.pk) in page
    assert url("answer_list", hearing.pk, under="all") in client.get(url("hearing_arrange", hearing.pk)).text


@pytest.mark.parametrize("chosen", ["A", "B"])
def test_a_choice_is_called_by_its_wording(client, draft, mette, people, chosen):
    hearing = prepare(draft, mette, opens=3)
    actions.write_alternative(hearing, by=mette, number=2, text="Skolen indkalder to uger før.")
    type(hearing).objects.update(opens_on=today())
    hearing.refresh_from_db()
    answer(hearing, people.ada, choice=chosen, text="Bedst")
    enter(client, mette)

    page = text(client.get(url("answer_list", over(hearing).pk)))
    assert f"Parents: Wording {chosen}" in page
    with translation.override("en"):
        sheets = PdfReader(io.BytesIO(pack.pdf_of(hearing))).pages
    paper = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert f"Parents: Wording {chosen}. Bedst" in paper
    assert "B: Skolen indkalder to uger før." in paper
    assert "Pupil council: has not answered" in paper


def test_the_result_says_what_happens_with_the_text(client, hearing, people, mette):
    answer(hearing, people.ada, text="For kort")
    replied(over(hearing), mette)
    actions.close_hearing(hearing, by=mette)
    enter(client, mette)
    assert "The board decides on the text at a meeting." in client.get(url("hearing_result", hearing.pk)).text

    hearing.version.refresh_from_db()
    said = {"meeting_on": today(), "body": "Skolebestyrelsen", "item": "3", "decision": "Vedtaget."}
    adopt_version(hearing.version, by=mette, **said, effective_from=today())
    page = client.get(url("hearing_result", hearing.pk)).text
    assert "The text is decided." in page
    assert hearing.version.get_absolute_url() in page
