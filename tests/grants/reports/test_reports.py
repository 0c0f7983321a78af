"""The class tells how it went: prefilled, with receipts; what is left comes back; the case is closed."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from grants import actions as core
from grants.models import Closing, GrantReport, Receipt, Repayment
from grants.models.reports import NotClosable, NotReportable
from grants.money import actions as money
from grants.queries.payments import money_in, report_due
from grants.reports import actions
from grants.reports.queries import report_values, result_page
from networks.models import Gathering, GatheringReport, Rsvp
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering
from tests.grants.money.awards import another
from tests.grants.reports.files import PNG
from tests.grants.reports.telling import TOLD, tell, went
from tests.pages import address, as_, text

page = partial(address, "grants")
TODAY = timezone.localdate
pytestmark = pytest.mark.django_db


def test_the_report_is_filled_in_from_the_gathering(town, held):
    Rsvp.objects.create(
        gathering=held.gathering,
        household=town.amir.household,
        answer="yes",
        adults=2,
        siblings=1,
        answered_by=town.amir,
        answered_at=timezone.now(),
    )

    values = report_values(held, money_in(held))
    assert (values["families"], values["adults"], values["siblings"], values["spent"]) == (1, 2, 1, 100_000)
    assert values["held_on"] == held.gathering.starts_at.astimezone(town.school.zone).date()
    assert values["involved"] == "Barna stemte i klassens time."


def test_what_the_organisers_have_written_down_goes_before_the_answers(town, held):
    GatheringReport.objects.create(
        gathering=held.gathering,
        families=9,
        adults=11,
        children=9,
        siblings=3,
        did="Aket.",
        involved="Alle valgte.",
        written_by=town.amir,
    )

    values = report_values(held, money_in(held))
    assert [values[name] for name in ("families", "adults", "children", "siblings")] == [9, 11, 9, 3]
    assert (values["used_for"], values["involved"]) == ("Aket.", "Alle valgte.")


def test_the_class_contact_tells_and_the_principal_closes(town, held):
    tell(held, town.zofia)
    actions.close_case(held, by=town.principal)

    assert Closing.objects.get().closed_by == town.principal
    with pytest.raises(NotReportable):
        tell(held, town.zofia)
    with pytest.raises(NotClosable):
        actions.close_case(held, by=town.officer)


def test_only_the_class_tells_and_nobody_closes_their_own(town, held):
    for person in (town.principal, town.officer, town.parent):
        with pytest.raises(PermissionDenied):
            tell(held, person)
    tell(held, town.zofia)
    make.role(town.amir, Role.Kind.DEPUTY, town.school, valid_to=TODAY() + timedelta(days=3))
    for person in (town.zofia, town.amir, town.parent):
        with pytest.raises(PermissionDenied):
            actions.close_case(held, by=person)


def test_a_report_before_the_gathering_or_of_a_cancelled_one_is_refused(town, awarded):
    with pytest.raises(NotReportable, match="when it has been held"):
        actions.send_report(awarded, by=town.zofia, **TOLD, held_on=TODAY())
    went(awarded)
    Gathering.objects.filter(pk=awarded.gathering_id).update(
        state="cancelled", published_at=timezone.now(), cancelled_at=timezone.now()
    )
    with pytest.raises(NotReportable, match="cancelled"):
        tell(awarded, town.zofia)


def test_a_report_does_not_undo_that_the_money_is_asked_back(town, held):
    money.ask_back(held, by=town.principal)

    with pytest.raises(NotReportable, match="tell the school first"):
        tell(held, town.zofia)


def test_what_is_left_over_is_asked_back_and_follows_the_report(town, held):
    tell(held, town.zofia, spent=70_000)
    assert Repayment.objects.get().amount == 30_000
    with pytest.raises(NotClosable, match="paid back"):
        actions.close_case(held, by=town.principal)

    tell(held, town.zofia, spent=80_000)
    left = Repayment.objects.get()
    assert left.amount == 20_000
    money.mark_returned(left, by=town.officer, returned_on=TODAY())
    assert money_in(held).over == 0
    actions.close_case(held, by=town.principal)


def test_a_case_is_not_closed_before_it_is_told_and_paid(town, awarded):
    went(awarded)
    with pytest.raises(NotClosable, match="not sent its report"):
        actions.close_case(awarded, by=town.principal)
    tell(awarded, town.zofia)
    with pytest.raises(NotClosable, match="not paid yet"):
        actions.close_case(awarded, by=town.principal)


def test_what_came_back_whole_is_closed_without_a_report(town, awarded):
    money.mark_paid(awarded, by=town.officer, paid_on=TODAY())
    back = money.ask_back(went(awarded), by=town.principal)
    money.mark_returned(back, by=town.officer, returned_on=TODAY())
    actions.close_case(awarded, by=town.principal)

    assert Closing.objects.filter(application=awarded).exists()


def outlay(town):
    other = make.school_class("1B", at=town.school, grades=[1])
    _child, contact = make.family(other)
    make.role(contact, Role.Kind.CLASS_CONTACT, other)
    application = applied(gathering(other, "Bål"), contact, payee_kind="outlay")
    core.take_up_application(application, by=town.principal)
    core.decide_application(application, by=town.principal, result="approved", amount=100_000)
    return went(application), contact


def test_what_was_laid_out_is_paid_by_its_receipts_and_no_more(town):
    application, contact = outlay(town)
    assert money_in(application).due == 0
    with pytest.raises(NotReportable, match="Add the receipts"):
        tell(application, contact, spent=64_050)

    actions.add_receipts(application, by=contact, files=[PNG])
    tell(application, contact, spent=64_050)

    assert money.mark_paid(application, by=town.officer, paid_on=TODAY()).amount == 64_050


def test_from_the_amount_that_the_municipality_says_receipts_are_needed(town, held):
    money.set_paying_account(town.school.municipality, by=town.officer, account="8601 11 17947", receipts_from=50_000)

    tell(held, town.zofia, spent=49_900)
    with pytest.raises(NotReportable, match="needed for an amount"):
        tell(held, town.zofia, spent=50_000)


# On its pages


def typed(application, **said):
    day = application.gathering.starts_at.astimezone(application.school.zone).date()
    numbers = {name: str(TOLD[name]) for name in ("families", "adults", "children", "siblings")}
    words = {"involved": TOLD["involved"], "used_for": TOLD["used_for"], "learned": ""}
    return {"held_on": day.isoformat(), **numbers, **words, "spent": "1000", **said}


def picture(name="kvittering.png"):
    return SimpleUploadedFile(name, PNG.content, content_type="image/png")


def test_a_report_is_sent_with_its_receipts_in_one_press(town, held):
    zofia = as_(town.zofia)
    assert 'value="1000"' in zofia.get(page("report_write", held.pk)).content.decode()

    sent = zofia.post(page("report_write", held.pk), {**typed(held), "files": [picture()]})

    assert sent.url == page("report_show", held.pk)
    assert "Barna valgte lekene." in text(zofia.get(sent.url))
    assert Receipt.objects.get().name == "kvittering.png"


def test_a_receipt_and_the_words_are_kept_when_a_field_is_wrong(town, held):
    answer = as_(town.zofia).post(page("report_write", held.pk), {**typed(held, spent="1e3"), "files": [picture()]})

    said = text(answer)
    assert "Saft og boller." in said
    assert "kvittering.png" in said
    assert Receipt.objects.count() == 1
    assert not GrantReport.objects.exists()


def test_two_presses_make_one_report_and_one_receipt(town, held):
    zofia = as_(town.zofia)
    for _press in range(2):
        zofia.post(page("report_write", held.pk), {**typed(held), "files": [picture()]})

    assert (GrantReport.objects.count(), Receipt.objects.count()) == (1, 1)


def test_who_reads_the_report_and_who_does_not(town, held):
    tell(held, town.zofia)
    actions.add_receipts(held, by=town.zofia, files=[PNG])
    receipt = Receipt.objects.get()
    elsewhere = make.holder(Role.Kind.PRINCIPAL, make.school("Borte skole"))

    for person in (town.zofia, town.principal, town.officer):
        assert as_(person).get(page("report_show", held.pk)).status_code == 200
        assert as_(person).post(page("receipt_open", receipt.pk)).status_code == 200
    for person in (town.parent, elsewhere):
        assert as_(person).get(page("report_show", held.pk)).status_code == 404
        assert as_(person).post(page("receipt_open", receipt.pk)).status_code == 404


def test_a_receipt_leaves_as_a_download_that_nothing_runs(town, held):
    actions.add_receipts(held, by=town.zofia, files=[PNG])

    answer = as_(town.principal).post(page("receipt_open", Receipt.objects.get().pk))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]
    assert as_(town.principal).get(page("receipt_open", Receipt.objects.get().pk)).status_code == 405


def test_a_wrong_receipt_is_taken_away_until_the_case_is_closed(town, held):
    actions.add_receipts(held, by=town.zofia, files=[PNG])
    as_(town.zofia).post(page("receipt_remove", Receipt.objects.get().pk))
    assert not Receipt.objects.exists()

    actions.add_receipts(held, by=town.zofia, files=[PNG])
    tell(held, town.zofia)
    as_(town.principal).post(page("case_close", held.pk))
    as_(town.zofia).post(page("receipt_remove", Receipt.objects.get().pk))
    assert Receipt.objects.count() == 1


# The year


def test_what_classes_told_is_shown_in_totals_of_five_or_more(town, held):
    board = make.holder(Role.Kind.BOARD_MEMBER, town.school)
    tell(held, town.zofia)

    (alone,) = result_page(board, "").schools
    assert (alone.awarded, alone.paid, alone.reported, alone.came, alone.spent) == (1, 100_000, 1, None, None)
    assert "fewer than five" in text(as_(board).get(page("result_show")))
    for number in range(4):
        told_by_another(town, f"1{'CDEF'[number]}")
    (five,) = result_page(board, "").schools
    assert five.came == {"families": 60, "adults": 75, "children": 65, "siblings": 20}
    assert "60" in text(as_(board).get(page("result_show")))
    assert as_(town.parent).get(page("result_show")).status_code == 403


def told_by_another(town, name):
    application = went(another(town, name))
    contact = application.applicant
    tell(application, contact)


def test_the_report_is_due_some_days_after_the_gathering(town, held):
    assert report_due(held) == (held.gathering.ends_at.astimezone(town.school.zone) + timedelta(days=30)).date()
