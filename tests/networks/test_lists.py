"""The organisers' board narrowed to those they look for, and as a file that holds no more than the page."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from networks import actions
from networks.models import Rsvp
from portal.ledger.models import Event
from portal.people.models import AddressProtection
from tests import make
from tests.ground import once
from tests.pages import address, as_, text

FOOD = "=1+1\nno nuts 🥜"


@once
def answered(town):
    """Ben cannot come, Amira needs a lift and eats no nuts, Jurgita's child comes, the Dyb home is silent, Eva waits."""
    gathering = make.published(town.first, by=town.jurgita, capacity=4)
    make.family(town.first, pupil_name="Ask", adult_name="Dina", family_name="Dyb")
    eva = make.family(town.first, pupil_name="Alma", adult_name="Eva", family_name="L" * 95)[1]
    for person, said in ((town.amira, "yes"), (town.ben, "no"), (town.jurgita, "yes"), (eva, "yes")):
        actions.answer(gathering, by=person, household=person.household, answer=said)
    home = {"by": town.amira, "household": town.amira.household}
    actions.detail_answer(gathering, **home, adults=1, pupils=[town.nora], lift="need", food=FOOD)
    return gathering


def board(gathering, reader, **chosen):
    return text(as_(reader).get(address("networks", "gathering_organise", gathering.pk), chosen))


def lines(gathering, reader, **chosen):
    answer = as_(reader).get(address("networks", "answers_csv", gathering.pk), chosen)
    return list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff")), delimiter=";"))


def sheet(gathering, reader, **chosen):
    answer = as_(reader).get(address("networks", "answers_xlsx", gathering.pk), chosen)
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, {"Nordlie", "Warsame", "Dyb", "L" * 95}),
        ({"answer": "yes"}, {"Nordlie", "Warsame"}),
        ({"answer": "maybe"}, set()),
        ({"answer": "no"}, {"Warsame"}),
        ({"answer": "silent"}, {"Dyb"}),
        ({"answer": "wait"}, {"L" * 95}),
        ({"need": "lift"}, {"Warsame"}),
        ({"need": "food", "answer": "yes"}, {"Warsame"}),
        ({"need": "food", "answer": "no"}, set()),
        ({"need": "minding"}, set()),
        ({"answer": "everybody", "need": "'"}, {"Nordlie", "Warsame", "Dyb", "L" * 95}),
    ],
)
def test_page_and_files_show_those_who_fit_the_filter(town, answered, chosen, names):
    shown = board(answered, town.jurgita, **chosen).partition("As CSV")[0]

    assert {name for name in ("Nordlie", "Warsame", "Dyb", "L" * 95) if f"{name} " in shown} == names
    assert {line[0] for line in lines(answered, town.jurgita, **chosen)[1:]} == names
    assert {line[0] for line in sheet(answered, town.jurgita, **chosen)[1:]} == names


def test_a_filter_says_how_many_fit_and_takes_itself_away(town, answered):
    shown = as_(town.jurgita).get(address("networks", "gathering_organise", answered.pk), {"answer": "yes"})

    assert '<a href="?#families" aria-current="true">' in " ".join(shown.content.decode().split())
    assert "?answer=yes&amp;need=lift#families" in shown.content.decode()
    assert "Coming 2" in text(shown)
    assert "Maybe 0" not in text(shown)


def test_what_people_wrote_is_no_formula_and_one_cell(town, answered):
    row = next(line for line in lines(answered, town.jurgita) if line[0] == "Warsame" and line[7])
    same = next(line for line in sheet(answered, town.jurgita) if line[0] == "Warsame" and line[7])

    assert row[9] == same[9] == "'=1+1 no nuts 🥜"
    assert (row[3], row[5], row[6], same[5]) == ("We are coming", "1", "1", 1)
    waits = next(line for line in lines(answered, town.jurgita) if line[0] == "L" * 95)
    assert waits[4] == "1"


def test_a_file_opens_right_in_a_spreadsheet(town, answered):
    answer = as_(town.jurgita).get(address("networks", "answers_csv", answered.pk))

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="answers.csv"'
    assert all(len(line) == len(lines(answered, town.jurgita)[0]) for line in lines(answered, town.jurgita))


def test_a_protected_family_has_no_name_in_a_file(town, answered):
    child, adult = make.family(town.first, pupil_name="Secretchild", adult_name="Secretadult", family_name="Hidden")
    AddressProtection.objects.create(person=child, grade="strict", valid_from=make.LONG_AGO)
    actions.answer(answered, by=adult, household=adult.household, answer="maybe")

    found = str(lines(answered, town.jurgita)) + str(sheet(answered, town.jurgita))

    assert not any(name in found for name in ("Secretchild", "Secretadult", "Hidden"))
    assert len(lines(answered, town.jurgita)) == 7


def test_a_file_holds_the_names_that_the_page_shows_and_no_others(town, answered):
    make.proposed(make.person("Proposedadult", "Warsame"), town.nora)
    make.restricted(town.ben, town.nora)

    shown, found = board(answered, town.jurgita), str(lines(answered, town.jurgita))

    for name in ("Proposedadult", "Ben"):
        assert name not in shown
        assert name not in found
    assert "Amira" in shown
    assert "Amira" in found


def test_a_helper_who_is_shut_out_from_a_child_of_the_class_gets_no_file(town, answered):
    actions.add_helper(answered, by=town.jurgita, person_asked=town.ben)
    assert len(lines(answered, town.ben)) == 6
    make.restricted(town.ben, town.iver)

    for name in ("answers_csv", "answers_xlsx"):
        assert as_(town.ben).get(address("networks", name, answered.pk)).status_code in (403, 404)


def test_every_file_is_written_down_and_looking_alone_is_not(town, answered):
    board(answered, town.jurgita)
    as_(town.jurgita).head(address("networks", "answers_csv", answered.pk))
    assert not Event.objects.filter(verb="networks.answers_exported").exists()

    lines(answered, town.jurgita, answer="yes")
    event = Event.objects.get(verb="networks.answers_exported")

    assert (event.by, event.details) == (town.jurgita.pk, {"homes": 2})


def test_the_board_asks_as_much_of_three_hundred_homes_as_of_three_and_at_most_twelve(town, answered):
    def asked():
        client = as_(town.jurgita)
        client.get(address("networks", "gathering_organise", answered.pk))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("networks", "gathering_organise", answered.pk))
        return len(queries)

    of_few, rsvps, now = asked(), [], timezone.now()
    for number in range(297):
        adult = make.family(town.first, pupil_name=f"C{number}", adult_name="A", family_name=f"F{number}")[1]
        said = {"answer": "wait", "waiting_since": now} if number % 2 else {"answer": "yes"}
        rsvps.append(Rsvp(gathering=answered, household=adult.household, answered_by=adult, answered_at=now, **said))
    Rsvp.objects.bulk_create(rsvps)

    assert Rsvp.objects.filter(answer="wait").count() > 100
    assert asked() == of_few <= 12
