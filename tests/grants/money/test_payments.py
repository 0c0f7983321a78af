"""To whom, how much, once: what is paid, in a file or by hand, and who may see a whole account number."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from html import unescape
from io import BytesIO
from pathlib import Path
from threading import Barrier

import openpyxl
import pytest
import xmlschema
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from grants import actions as core
from grants.models import AccountLook, Decision, GrantApplication, PaymentFile, Payout
from grants.models.applications import looks_like_account
from grants.models.payouts import NotPayable
from grants.money import actions, pain
from grants.money.queries import payment_page
from grants.queries.payments import money_in
from grants.schemes import actions as schemes
from networks.models import Gathering
from portal.actions import Refusal
from portal.people.models import Role, School
from tests import make
from tests.grants.money.awards import another, waits_for_a_decision
from tests.pages import address, as_, text
from tests.threads import in_a_thread

page = partial(address, "grants")
SCHEMA = Path(__file__).parents[4] / "shared" / "data" / "schemas" / "pain" / "pain.001.001.09.xsd"
ACCOUNT = "8601 11 17947"
DIGITS = "86011117947"
TODAY = timezone.localdate
WHY = {"reasons": "Only half of it is for food.", "considerations": "The rest is for gifts."}

pytestmark = pytest.mark.django_db


def file_of(town, paying, *applications, pay_on=None):
    return actions.make_payment_file(paying, by=town.officer, applications=list(applications), pay_on=pay_on or TODAY())


# Paid


def test_what_is_awarded_waits_to_be_paid_and_is_paid_once(town, awarded):
    assert money_in(awarded).due == 100_000

    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())

    money = money_in(awarded)
    assert (money.paid, money.due) == (100_000, 0)
    with pytest.raises(NotPayable, match="nothing left"):
        actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())


@pytest.mark.parametrize("language", ["nb", "nn", "da", "en"])
def test_by_hand_that_is_paid_which_the_page_showed(town, in_review, language):
    awarded, why = in_review, {**WHY, "rules": [town.ground]}
    core.decide_application(in_review, by=town.principal, result="approved", amount=90_050, **why)
    officer = as_(town.officer)
    town.officer.language = language
    town.officer.save(update_fields=["language"])
    officer.cookies["django_language"] = language
    [shown] = shown_in(officer.get(page("money_show", awarded.pk)))
    newest = Decision.objects.latest_versions().get(application=awarded)
    core.correct_decision(newest, by=town.principal, correction_note="A slip", amount=80_000)

    answer = officer.post(page("money_paid", awarded.pk), {"day": TODAY().isoformat(), "amount": shown})
    assert not Payout.objects.exists()
    [anew] = shown_in(answer)
    assert anew != shown
    assert form_error_of(answer)
    officer.post(page("money_paid", awarded.pk), {"day": TODAY().isoformat(), "amount": anew})
    assert Payout.objects.get().amount == 80_000


def test_without_the_amount_that_was_shown_nothing_is_paid_by_hand(town, awarded):
    answer = as_(town.officer).post(page("money_paid", awarded.pk), {"day": TODAY().isoformat()})

    assert "1000 kroner is to be paid now, and the page showed another amount." in text(answer)
    assert not Payout.objects.exists()


def test_a_page_from_before_a_payment_marks_no_other_of_the_same_amount(town, in_review):
    why = {**WHY, "rules": [town.ground]}
    core.decide_application(in_review, by=town.principal, result="approved", amount=40_000, **why)
    officer = as_(town.officer)
    old = said_in(officer.get(page("money_show", in_review.pk)))
    officer.post(page("money_paid", in_review.pk), old)
    newest = Decision.objects.latest_versions().get(application=in_review)
    core.correct_decision(newest, by=town.principal, correction_note="A slip", amount=80_000)

    answer = officer.post(page("money_paid", in_review.pk), old)
    assert "The payments have changed since you opened the page." in text(answer)
    assert Payout.objects.count() == 1
    officer.post(page("money_paid", in_review.pk), said_in(answer))
    assert [payout.amount for payout in Payout.objects.all()] == [40_000, 40_000]


def test_what_stands_in_a_file_is_marked_by_hand_as_the_page_shows_it(town, awarded, paying):
    file_of(town, paying, awarded)
    officer = as_(town.officer)
    [shown] = shown_in(officer.get(page("money_show", awarded.pk)))

    officer.post(page("money_paid", awarded.pk), {"day": TODAY().isoformat(), "amount": shown})
    assert Payout.objects.get().paid_on == TODAY()


def said_in(answer):
    """What the form on the page says when it is sent today."""
    [after] = re.findall(r'name="after" value="([^"]*)"', answer.content.decode())
    return {"day": TODAY().isoformat(), "amount": shown_in(answer)[0], "after": after}


def shown_in(answer):
    return re.findall(r'name="amount" value="([^"]*)"', unescape(answer.content.decode()))


def form_error_of(answer):
    return answer.context["form"].non_field_errors()


def test_only_the_municipality_pays(town, awarded):
    for other in (town.principal, town.deputy, town.zofia, town.parent):
        with pytest.raises(PermissionDenied):
            actions.mark_paid(awarded, by=other, paid_on=TODAY())


def test_a_bill_of_the_school_is_marked_by_its_leaders(town):
    bill = another(town, "1B", payee_kind="school", account="")

    actions.mark_paid(bill, by=town.principal, paid_on=TODAY())

    assert money_in(bill).paid == 100_000


def test_nobody_pays_the_class_that_they_are_contact_of(town, awarded):
    make.role(town.zofia, Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality)

    with pytest.raises(PermissionDenied):
        actions.mark_paid(awarded, by=town.zofia, paid_on=TODAY())
    with pytest.raises(PermissionDenied):
        actions.look_at_account(awarded, by=town.zofia)


@pytest.mark.parametrize("days", [1, -400])
def test_a_day_to_come_or_before_the_decision_is_refused(town, awarded, days):
    with pytest.raises(NotPayable, match="between the decision and today"):
        actions.mark_paid(awarded, by=town.officer, paid_on=TODAY() + timedelta(days=days))


def test_a_cancelled_gathering_is_not_paid(town, awarded):
    Gathering.objects.filter(pk=town.gathering.pk).update(
        state="cancelled", published_at=timezone.now(), cancelled_at=timezone.now()
    )

    with pytest.raises(NotPayable, match="cancelled"):
        actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())


def test_what_a_correction_adds_is_paid_too_and_what_it_takes_is_not(town, in_review):
    first = core.decide_application(
        in_review,
        by=town.principal,
        result="approved",
        amount=60_000,
        reasons="Litt.",
        considerations="Mer.",
        rules=[town.ground],
    )
    in_review.refresh_from_db()
    actions.mark_paid(in_review, by=town.officer, paid_on=TODAY())
    core.correct_decision(first, by=town.principal, correction_note="Feil sum.", amount=100_000)

    assert money_in(in_review).due == 40_000
    actions.mark_paid(in_review, by=town.officer, paid_on=TODAY())
    assert money_in(in_review).paid == 100_000


def test_the_database_pays_each_decision_once(town, awarded):
    payout = actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())

    with pytest.raises(IntegrityError), transaction.atomic():
        Payout.objects.create(
            application=awarded, decision=payout.decision, amount=1, paid_on=TODAY(), paid_by=town.officer
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_pay_at_once_pay_once(town, awarded):
    colleague = make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality, "Nils", "Dal")
    gate = Barrier(2)

    def pay(person):
        gate.wait(timeout=10)
        try:
            return actions.mark_paid(awarded.__class__.objects.get(pk=awarded.pk), by=person, paid_on=TODAY())
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(pay, [town.officer, colleague]))

    assert sorted(isinstance(one, Payout) for one in results) == [False, True]
    assert Payout.objects.get().amount == 100_000


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_for_the_last_three_thousand_give_three(town):
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 300_000})
    waiting = [waits_for_a_decision(town, f"1{chr(ord('C') + number)}") for number in range(20)]
    gate = Barrier(len(waiting))

    def approve(application):
        gate.wait(timeout=30)
        try:
            return core.decide_application(application, by=town.principal, result="approved", amount=100_000)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(waiting)) as pool:
        results = list(pool.map(approve, waiting))

    assert sum(isinstance(one, Decision) for one in results) == 3


def test_thirty_payments_cost_no_more_questions_than_one(town, awarded, paying):
    officer = as_(town.officer)
    officer.get(page("payment_list"))
    with CaptureQueriesContext(connection) as one:
        officer.get(page("payment_list"))
    for name in ("1C", "1D", "1E"):
        contact = another(town, name).applicant
        application = GrantApplication.objects.get(applicant=contact)
        actions.ask_payee_change(application, by=contact, payee_kind="school")
    another(town, "1F")
    with CaptureQueriesContext(connection) as four:
        officer.get(page("payment_list"))

    assert len(four) <= len(one) + 1  # the first change brings its own question


def test_a_danish_account_has_no_place_in_a_file_in_nok(town, awarded, paying):
    assert [row.by_file for row in payment_page(town.officer).ready] == [True]
    School.objects.filter(pk=town.school.pk).update(country="DK")

    assert [row.by_file for row in payment_page(town.officer).ready] == [False]


# The file for the bank


def taken(file, by):
    return actions.take_payment_file(file, by=by)


def test_the_file_is_valid_and_holds_what_is_paid(town, awarded, paying):
    if not SCHEMA.exists():
        pytest.skip(f"the standard is not here: {SCHEMA.name} belongs in ../shared/data/schemas/pain")
    file = file_of(town, paying, awarded, another(town, "1Æ & <b>"))

    schema = xmlschema.XMLSchema(str(SCHEMA))
    content = taken(file, town.officer)
    schema.validate(BytesIO(content))

    said = schema.to_dict(BytesIO(content))["CstmrCdtTrfInitn"]
    assert said["GrpHdr"]["MsgId"] == file.number
    assert len(file.number) <= 35
    payments = said["PmtInf"][0]["CdtTrfTxInf"]
    assert [one["Amt"]["InstdAmt"] for one in payments] == [{"@Ccy": "NOK", "$": 1000}] * 2
    assert payments[0]["CdtrAcct"]["Id"]["Othr"] == {"Id": DIGITS, "SchmeNm": {"Cd": "BBAN"}}
    assert len({one["PmtId"]["EndToEndId"] for one in payments}) == 2


def test_the_same_payment_has_the_same_number_and_another_has_another(town, awarded, paying):
    file = file_of(town, paying, awarded)
    number, first = file.number, taken(file, town.officer)
    assert taken(file, town.officer) == first
    actions.drop_payment_file(file, by=town.officer)

    again = file_of(town, paying, awarded)
    assert again.number == number
    actions.drop_payment_file(again, by=town.officer)
    later = file_of(town, paying, awarded, pay_on=TODAY() + timedelta(days=1))
    assert later.number != number


def test_a_file_whose_payer_has_changed_is_not_taken(town, awarded, paying):
    file = file_of(town, paying, awarded)
    actions.set_paying_account(town.school.municipality, by=town.officer, account="1503 20 30030")

    with pytest.raises(NotPayable, match="changed since"):
        taken(file, town.officer)
    assert not AccountLook.objects.exists()


def test_the_number_gives_no_account_away(town):
    payer = pain.Payer("Granvik", DIGITS)
    one = pain.Transfer("26-0001-1", 100, "1A", "Granvik", DIGITS, "")
    assert DIGITS not in f"{payer}{one}"

    number = pain.number_of(payer, TODAY(), [one])

    assert DIGITS not in number
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.conf.settings.SECRET_KEY", "another")
        assert pain.number_of(payer, TODAY(), [one]) != number


def test_what_is_in_a_file_is_in_no_other_and_its_account_stays(town, awarded, paying):
    file = file_of(town, paying, awarded)

    with pytest.raises(NotPayable):
        file_of(town, paying, awarded)
    with pytest.raises(Refusal, match="on its way"):
        actions.ask_payee_change(awarded, by=town.zofia, payee_kind="school")
    assert actions.mark_file_paid(file, by=town.officer, paid_on=TODAY()) == 1
    assert money_in(awarded).paid == 100_000
    with pytest.raises(NotPayable):
        actions.mark_file_paid(file, by=town.officer, paid_on=TODAY())
    with pytest.raises(NotPayable, match="Some of it is paid"):
        actions.drop_payment_file(file, by=town.officer)


def test_a_file_of_which_something_is_paid_by_hand_is_not_taken_to_the_bank(town, awarded, paying):
    file = file_of(town, paying, awarded, another(town, "1B"))
    actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())

    with pytest.raises(NotPayable, match="Some of it is paid"):
        taken(file, town.officer)
    shown = text(as_(town.officer).get(page("payment_file_show", file.pk)))
    assert "Download the file" not in shown
    assert "All of it is paid" in shown


@pytest.mark.django_db(transaction=True)
def test_a_file_is_not_dropped_while_something_in_it_is_marked_as_paid(town, awarded, paying):
    file, told = file_of(town, paying, awarded), []
    with transaction.atomic():
        payout = actions.mark_paid(awarded, by=town.officer, paid_on=TODAY())
        same = PaymentFile.objects.get(pk=file.pk)
        waiting = in_a_thread(told, lambda: actions.drop_payment_file(same, by=town.officer))
        waiting.join(timeout=1)
    waiting.join()

    assert told == [NotPayable]
    assert Payout.objects.get() == payout


def test_another_municipality_makes_no_file_of_it_and_does_not_find_it(town, awarded, paying):
    foreign = make.holder(Role.Kind.MUNICIPALITY_OFFICER, make.school("Borte skole").municipality, "Finn")
    file = file_of(town, paying, awarded)

    with pytest.raises(PermissionDenied):
        actions.take_payment_file(file, by=foreign)
    if foreign.roles.get().municipality_id != town.school.municipality_id:
        assert as_(foreign).get(page("payment_file_show", file.pk)).status_code == 404
        assert as_(foreign).get(page("money_show", awarded.pk)).status_code == 404


def test_a_file_is_made_downloaded_and_marked_on_its_pages(town, awarded, paying):
    officer = as_(town.officer)
    assert "1A, Lia skole" in text(officer.get(page("payment_list")))

    made = officer.post(page("payment_file_make"), {"chosen": [awarded.pk], "pay_on": TODAY().isoformat()})
    file = PaymentFile.objects.get()
    assert made.url == page("payment_file_show", file.pk)
    answer = officer.post(page("payment_file_take", file.pk))
    assert answer["Content-Disposition"].startswith("attachment")
    assert DIGITS not in answer["Content-Disposition"]
    assert DIGITS.encode() in answer.content
    assert officer.post(page("payment_file_paid", file.pk), {"day": TODAY().isoformat()}).status_code == 302
    assert money_in(awarded).paid == 100_000


def test_without_an_account_to_pay_from_one_is_led_to_write_it(town, awarded):
    officer = as_(town.officer)

    assert officer.get(page("payment_file_make")).url == page("paying_edit")
    assert "does not look right" in text(officer.post(page("paying_edit"), {"account": "8601 11 17948"}))
    assert officer.post(page("paying_edit"), {"account": ACCOUNT, "bic": "dnbanokk"}).url == page("payment_list")
    assert "ends with 947" in text(officer.get(page("paying_edit")))


# The list for the accountant


def test_the_lists_hold_whole_numbers_and_each_is_a_look(town, awarded):
    officer = as_(town.officer)

    comma = officer.post(page("payment_csv")).content.decode()
    sheet = openpyxl.load_workbook(BytesIO(officer.post(page("payment_xlsx")).content)).active

    assert f"{awarded.case_number};Lia skole;1A;" in comma
    assert ACCOUNT in comma
    assert [cell.value for cell in sheet[2]][5:7] == [ACCOUNT, 1000]
    assert AccountLook.objects.filter(application=awarded, person=town.officer, way="list").count() == 2
    assert officer.get(page("payment_csv")).status_code == 405


# Who sees the account


def test_a_look_is_written_down_and_shown_to_the_class(town, awarded):
    assert "Nobody has seen" in text(as_(town.zofia).get(page("money_show", awarded.pk)))

    shown = as_(town.officer).post(page("account_look", awarded.pk))

    assert ACCOUNT in text(shown)
    assert "no-store" in shown["Cache-Control"]
    assert "Maja Berg, on the page" in text(as_(town.zofia).get(page("money_show", awarded.pk)))


def test_the_school_and_the_class_see_three_digits(town, awarded):
    for person in (town.principal, town.zofia, town.officer):
        said = text(as_(person).get(page("money_show", awarded.pk)))
        assert "947" in said
        assert ACCOUNT not in said
        assert DIGITS not in said
    assert as_(town.principal).post(page("account_look", awarded.pk)).status_code == 403
    assert as_(town.parent).get(page("money_show", awarded.pk)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "country", "fits"),
    [
        ("8601 11 17947", "NO", True),
        ("8601.11.17947", "NO", True),
        ("8601 11 17948", "NO", False),
        ("٨٦٠١١١١٧٩٤٧", "NO", False),
        ("８６０１１１１７９４７", "NO", False),
        ("0400 0123456789", "DK", True),  # no MOD11: eleven digits that fail it are fine
        ("8601 1117948", "DK", True),
        ("1234", "DK", False),
        ("", "NO", False),
    ],
)
def test_an_account_is_checked_by_its_own_country(typed, country, fits):
    assert looks_like_account(typed, country) is fits
