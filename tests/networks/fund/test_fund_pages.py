"""What the pages and files of a class fund show and save, whom they keep out, and what waits for whom."""

import io
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from networks import actions
from networks.models import ClassFund, FundHandOver, FundRow
from portal.people import actions as people
from portal.people.hats import PARENT, Hat
from portal.people.models import Role
from tests import make
from tests.networks.fund.conftest import counted, write
from tests.pages import address, as_, text, todos_of

pytestmark = pytest.mark.django_db
page = partial(address, "networks")


def todos(person, kind=PARENT):
    role = person.roles.filter(kind=kind).first() if kind != PARENT else None
    with translation.override("en"):
        return [todo.title for todo in todos_of(Hat(person, kind, role))]


def typed(fund, **changes):
    day = fund.class_today.school.today().isoformat()
    return {"kind": "bazaar", "amount": "1 840,50", "on": day, "what": "Waffles", "receipt": "", **changes}


def test_the_contact_begins_it_and_the_class_reads_who_keeps_it_and_that_nobody_has_to_give(town):
    client = as_(town.jurgita)
    assert "Elect two keepers" in text(client.get(page("fund_open", town.first.pk)))
    said = {"one": town.amira.pk, "other": town.jurgita.pk, "elected_on": town.school.today().isoformat()}
    client.post(page("fund_open", town.first.pk), said)
    fund = ClassFund.objects.get()

    shown = text(as_(town.ben).get(fund.get_absolute_url()))

    for words in (
        "Amira Warsame",
        "Jurgita Nordlie",
        "Nobody has to give anything",
        "There is no list of who gave",
        "0 kroner",
    ):
        assert words in shown
    assert as_(town.ben).get(page("fund_open", town.first.pk)).url == fund.get_absolute_url()


def test_a_guardian_reads_how_a_class_gets_a_fund_and_cannot_begin_one(town):
    client = as_(town.amira)

    assert "The class contact begins it" in text(client.get(page("fund_open", town.first.pk)))
    assert client.post(page("fund_open", town.first.pk), {"one": town.amira.pk}).status_code == 403
    assert client.get(page("fund_open", town.second.pk)).status_code == 404


def test_somebody_who_may_be_no_keeper_is_no_choice_either(town):
    hidden, protected = make.family(town.first, pupil_name="Hidden", adult_name="Secret")
    people.protect_address(hidden, by=make.holder("office", town.school), grade="name")
    client = as_(town.jurgita)
    assert "Secret" not in text(client.get(page("fund_open", town.first.pk)))

    for one in (protected.pk, town.carla.pk, 0, "x"):
        said = {"one": one, "other": town.jurgita.pk, "elected_on": town.school.today().isoformat()}
        assert client.post(page("fund_open", town.first.pk), said).status_code == 200
    assert not ClassFund.objects.exists()


def test_from_a_row_to_the_balance_that_the_class_reads(town, fund):
    as_(town.amira).post(page("fund_row_write", fund.pk), typed(fund))
    row = FundRow.objects.get()
    assert row.amount == 184_050
    assert "Waffles" not in text(as_(town.ben).get(fund.get_absolute_url()))
    client = as_(town.jurgita)
    assert "Confirm 1 row of the class fund of 1A" in todos(town.jurgita)
    assert not [one for one in todos(town.amira) if "class fund" in one]

    client.post(page("fund_row_confirm", row.pk))

    shown = text(as_(town.ben).get(fund.get_absolute_url()))
    assert "Waffles" in shown
    assert "1840.50 kroner" in shown.replace("\xa0", " ")
    assert "Confirm" not in shown
    assert "Write a row" not in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": ""},
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "1.5.2"},
        {"amount": "100 000,01"},
        {"amount": "99999999999"},
        {"amount": "1e3"},
        {"kind": "loan"},
        {"kind": "expense"},
        {"what": "   "},
        {"what": "x" * 121},
        {"what": "From Nora"},
        {"on": "2099-01-01"},
        {"on": "1999-01-01"},
        {"on": "tomorrow"},
    ],
)
def test_what_cannot_be_is_said_and_nothing_that_was_typed_is_lost(town, fund, wrong):
    said = typed(fund, what="Coffee and cakes") | wrong

    answer = as_(town.amira).post(page("fund_row_write", fund.pk), said)

    assert answer.status_code == 200
    assert not FundRow.objects.exists()
    for name in ("amount", "what"):
        assert said[name].strip() in answer.content.decode()


def test_a_word_that_may_be_a_name_is_ticked_as_none_and_then_it_is_saved(town, fund):
    client = as_(town.amira)
    asked = text(client.post(page("fund_row_write", fund.pk), typed(fund, what="Bread from Nora Bakery")))
    assert "No, “Nora” is no name here" in asked
    assert "No, “Bakery” is no name here" in asked

    client.post(
        page("fund_row_write", fund.pk), typed(fund, what="Bread from Nora Bakery", not_names=["Nora", "Bakery"])
    )

    assert FundRow.objects.get().what == "Bread from Nora Bakery"


@pytest.mark.parametrize("field", ["payer", "household", "person", "written_by", "state", "balance"])
def test_no_field_says_who_paid_and_a_forged_one_is_not_read(town, fund, field):
    client = as_(town.amira)
    assert f'name="{field}"' not in client.get(page("fund_row_write", fund.pk)).content.decode()

    client.post(page("fund_row_write", fund.pk), typed(fund) | {field: "1"})

    row = FundRow.objects.get()
    assert row.is_waiting
    assert row.written_by.person == town.amira


def test_there_is_nowhere_to_put_a_picture(town, fund):
    assert 'type="file"' not in as_(town.amira).get(page("fund_row_write", fund.pk)).content.decode()


def test_a_keeper_who_is_protected_since_is_named_to_no_other_family(town, fund):
    people.protect_address(town.amira, by=make.holder("office", town.school), grade="name")
    client = as_(town.jurgita)

    for name in ("fund_show", "fund_print", "fund_csv"):
        assert "Amira" not in client.get(page(name, fund.pk)).content.decode()
    assert "A guardian in the class" in text(client.get(fund.get_absolute_url()))
    assert "Amira Warsame" in text(as_(town.amira).get(fund.get_absolute_url()))
    assert "Amira Warsame" in text(as_(town.ben).get(fund.get_absolute_url()))


def test_who_must_know_nothing_of_a_child_reads_no_keeper_of_it(town, fund):
    zed = make.guardian("Zed", of=[make.pupil("Their", in_class=town.first)])
    make.restricted(zed, town.nora)

    shown = text(as_(zed).get(fund.get_absolute_url()))

    assert "Amira" not in shown
    assert "Jurgita" in shown


def test_a_keeper_is_missing_is_said_and_waits_for_the_contact(town, fund):
    town.nora.enrolments.update(valid_to=town.school.today() - timedelta(days=1))

    assert "A keeper is missing" in text(as_(town.jurgita).get(fund.get_absolute_url()))
    assert "The class fund of 1A lacks a keeper" in todos(town.jurgita, Role.Kind.CLASS_CONTACT)
    assert as_(town.amira).get(fund.get_absolute_url()).status_code in (403, 404)


def test_handed_over_on_the_pages_with_both_signatures(town, fund):
    counted(fund, town.amira, town.jurgita)
    said = {"one": town.ben.pk, "other": town.jurgita.pk, "elected_on": town.school.today().isoformat()}
    as_(town.jurgita).post(page("fund_hand_over", fund.pk), said)
    over = FundHandOver.objects.get()
    assert "Sign the hand-over of the class fund of 1A" in todos(town.amira)
    shown = text(as_(town.amira).get(fund.get_absolute_url())).replace("\xa0", " ")
    assert "It holds 500 kroner" in shown
    assert "2 signatures are missing" in shown
    assert as_(town.ben).post(page("hand_over_sign", over.pk)).status_code == 403

    for keeper in (town.amira, town.jurgita):
        as_(keeper).post(page("hand_over_sign", over.pk))

    shown = text(as_(town.amira).get(fund.get_absolute_url())).replace("\xa0", " ")
    assert "Ben Dahl" in shown
    assert "signed by the keepers of that time: 500 kroner" in shown
    assert "Write a row" not in shown


def test_what_a_spreadsheet_would_execute_is_text_in_both_files(town, fund):
    counted(fund, town.amira, town.jurgita, 12_345, what='=HYPERLINK("x")', not_names=["HYPERLINK"])
    client = as_(town.ben)

    rows = client.get(page("fund_csv", fund.pk)).content.decode()
    assert "'=HYPERLINK" in rows
    assert "123.45" in rows
    assert "NOK" in rows
    sheet = load_workbook(io.BytesIO(client.get(page("fund_xlsx", fund.pk)).content)).active
    assert [row[2].value for row in sheet][1] == '\'=HYPERLINK("x")'
    assert [row[3].value for row in sheet][-1] == 123.45
    assert "Amira" not in rows


def test_what_does_not_count_stands_in_no_file_and_on_no_paper(town, fund):
    write(fund, town.amira, what="Secretly")

    for name in ("fund_csv", "fund_print"):
        assert "Secretly" not in as_(town.jurgita).get(page(name, fund.pk)).content.decode()


def test_a_danish_class_counts_in_danish_kroner(town, fund):
    type(town.school).objects.filter(pk=town.school.pk).update(country="DK")

    assert "DKK" in as_(town.ben).get(page("fund_csv", fund.pk)).content.decode()


@pytest.mark.parametrize("name", ["fund_show", "fund_print", "fund_csv", "fund_xlsx"])
def test_the_school_and_other_classes_read_nothing_of_it(town, fund, name):
    teacher = make.holder(Role.Kind.CONTACT_TEACHER, town.first, "Tom")

    assert as_(town.carla).get(page(name, fund.pk)).status_code == 404
    for person in (town.principal, teacher):
        assert as_(person).get(page(name, fund.pk)).status_code == 403


def test_the_page_of_the_class_shows_it_to_the_families_alone(town, fund):
    teacher = make.holder(Role.Kind.CONTACT_TEACHER, town.first, "Tom")
    at = address("people", "class_show", town.first.pk)

    assert "Class fund" in text(as_(town.ben).get(at))
    for person in (teacher, town.principal):
        assert "Class fund" not in text(as_(person).get(at))


@pytest.mark.parametrize("name", ["fund_show", "fund_print"])
def test_a_hundred_rows_are_as_many_queries_as_one(town, fund, name):
    client = as_(town.jurgita)
    counted(fund, town.amira, town.jurgita)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(page(name, fund.pk)).status_code == 200
        return len(seen)

    asked()
    few = asked()
    keeper, other = fund.keepers.order_by("seat")
    FundRow.objects.bulk_create(
        FundRow(fund=fund, kind="gifts", amount=100, on=town.school.today(), what="Box", written_by=keeper)
        for _row in range(100)
    )
    fund.rows.waiting().update(state="counts", settled_by=other, settled_at="2026-01-01T00:00Z")
    assert asked() == few <= 30


def test_a_page_that_has_grown_stale_is_answered_in_words(town, fund):
    row = write(fund, town.amira)
    actions.confirm_fund_row(row, by=town.jurgita)

    shown = as_(town.jurgita).post(page("fund_row_confirm", row.pk), follow=True)

    assert "meanwhile" in text(shown)
