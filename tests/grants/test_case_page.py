"""The page of a case: its line, its history, and what wings bring to both."""

from functools import partial
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from grants import actions, case_page, queries
from grants.case_page import Step
from grants.models import GrantApplication, ImpartialityAnswer
from portal.class_page import Part
from tests.pages import address, markup

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@pytest.fixture
def registers(monkeypatch):
    """The registers without what the wings have brought."""
    for name in ("_PARTS", "_STEPS", "_COLUMNS", "_SECURED"):
        monkeypatch.setattr(case_page, name, [])
    monkeypatch.setattr(case_page, "_TOLD", dict(case_page._TOLD))
    return case_page


def approved(town, application):
    actions.take_up_application(application, by=town.principal)
    return actions.decide_application(application, by=town.principal, result="approved", amount=100_000)


def words_for(person, application):
    with translation.override("en"):
        return [entry.words for entry in queries.application_page(application, person).history]


def test_what_has_happened_stands_on_the_page_in_words_and_the_office_is_named(town, sent, client):
    approved(town, sent)
    client.force_login(town.zofia)

    shown = markup(client.get(page("application_show", sent.pk)))

    assert "Klassen sendte søknaden." in shown
    assert "Saken ble avgjort, og brevet ble sendt." in shown
    assert "Solveig Haugen" in shown


def test_other_guardians_read_the_steps_but_not_what_was_asked(town, sent):
    actions.take_up_application(sent, by=town.principal)
    actions.ask_for_information(sent, by=town.principal, question="Hvor?", answer_by=timezone.localdate())
    actions.answer_request(sent.information_requests.get(), by=town.amir, answer="I akebakken.")
    actions.take_up_application(sent, by=town.principal)
    actions.decide_application(sent, by=town.principal, result="approved", amount=100_000)

    assert "The class was asked for more information." in words_for(town.zofia, sent)
    assert words_for(town.parent, sent) == [
        "The class sent the application.",
        "The application was opened.",
        "The application was opened.",
        "The case was decided, and the letter was sent.",
    ]


def test_the_class_speaks_as_one(town, sent):
    entries = queries.application_page(sent, town.principal).history

    assert {entry.who for entry in entries} == {""}


def test_the_line_has_the_steps_of_the_wings_in_their_places(town, sent, registers):
    registers.step_of_case(50)(lambda application: Step("Report", None, False))
    registers.step_of_case(40)(lambda application: Step("Paid", timezone.now(), True))
    registers.step_of_case(60)(lambda application: None)

    steps = queries.status_line(sent)

    assert [step.is_done for step in steps] == [True, False, False, True, False]
    assert [step.label for step in steps][3:] == ["Paid", "Report"]
    assert [step.is_now for step in steps] == [False, True, False, False, False]


def test_a_wing_tells_of_rows_of_its_own(town, sent, registers):
    actions.take_up_application(sent, by=town.principal)
    registers.tells(
        "grants.application_taken_up",
        about=lambda application: ImpartialityAnswer.objects.filter(application=application),
    )(lambda happened: f"Opened: {happened.application.case_number}")

    assert f"Opened: {sent.case_number}" in words_for(town.parent, sent) + words_for(town.zofia, sent)


def test_a_part_of_a_wing_stands_on_the_page(town, sent, registers, client):
    def sees(application, reader):
        shown = [{"label": "Payee", "value": application.case_number}]
        return Part("parts/_check.html", SimpleNamespace(rows=shown)) if reader == town.zofia else None

    registers.stands_on_case(1)(sees)

    assert len(queries.application_page(sent, town.zofia).parts) == 1
    assert queries.application_page(sent, town.principal).parts == []
    client.force_login(town.zofia)
    assert client.get(page("application_show", sent.pk)).status_code == 200


def test_the_page_asks_no_more_when_more_has_happened(town, sent, django_assert_num_queries):
    approved(town, sent)
    application = GrantApplication.objects.with_names().get(pk=sent.pk)
    queries.application_page(application, town.zofia)  # what is fetched once for a row is there
    with CaptureQueriesContext(connection) as few:
        queries.application_page(application, town.zofia)
    for number in range(5):
        actions.give_journal_number(sent, by=town.principal, journal_number=f"{number}")
    with django_assert_num_queries(len(few)):
        queries.application_page(application, town.zofia)
