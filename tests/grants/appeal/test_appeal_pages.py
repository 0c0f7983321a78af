"""The pages of an appeal, as people press their way through them."""

import pytest

from grants.appeal import actions
from grants.models import Appeal
from tests.grants.appeal.conftest import after, newest
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db


def page(name, *args):
    return address("grants", name, *args)


def test_the_button_on_the_letter_starts_a_prefilled_appeal(town, rejected):
    browser = as_(town.zofia)
    assert page("appeal_write", rejected.pk) in browser.get(rejected.get_absolute_url()).content.decode()
    form = browser.get(page("appeal_write", rejected.pk)).context["form"]
    assert form.initial["what"] == f"You will not get support ({rejected.application.case_number})"

    answer = browser.post(page("appeal_write", rejected.pk), {"what": form.initial["what"], "change": "1000 kroner"})

    appeal = Appeal.objects.get()
    assert answer.url == appeal.get_absolute_url()
    assert "1000 kroner" in text(browser.get(answer.url))


def test_what_is_typed_stays_when_something_is_missing(town, rejected):
    answer = as_(town.zofia).post(page("appeal_write", rejected.pk), {"what": "It", "change": "", "why": "Because."})

    assert "Because." in text(answer)
    assert "Write what you want changed." in text(answer)


def test_after_the_last_day_the_page_says_so_and_asks_why(town, rejected):
    with after(40):
        browser = as_(town.zofia)
        shown = text(browser.get(page("appeal_write", rejected.pk)))
        assert "The last day to appeal was" in shown
        browser.post(page("appeal_write", rejected.pk), {"what": "It", "change": "More", "why_late": "We were away."})

    assert Appeal.objects.get().is_late


def test_pressed_twice_it_is_one_appeal(town, rejected):
    browser, said = as_(town.zofia), {"what": "It", "change": "More"}
    browser.post(page("appeal_write", rejected.pk), said)
    browser.post(page("appeal_write", rejected.pk), said)

    assert Appeal.objects.count() == 1


def test_the_case_shows_the_appeal_to_those_between_whom_it_is(town, appeal):
    case = appeal.application.get_absolute_url()

    assert appeal.get_absolute_url() in as_(town.amir).get(case).content.decode()
    assert appeal.get_absolute_url() in as_(town.officer).get(case).content.decode()
    assert appeal.get_absolute_url() not in as_(town.parent).get(case).content.decode()
    assert "The class appealed." not in text(as_(town.parent).get(case))


def test_sent_on_with_a_statement_and_settled_by_the_municipality(town, appeal):
    browser = as_(town.officer)
    browser.post(page("appeal_review", appeal.pk), {"result": "forwarded", "statement": "We stand by it."})
    assert "We stand by it." in text(as_(town.zofia).get(appeal.get_absolute_url()))
    said = {"state": "changed", "amount": "1000", "outcome": "All were asked.", "decided_on": town.school.today()}

    answer = browser.post(page("appeal_settle", appeal.pk), said)

    assert answer.status_code == 302
    assert newest(appeal).amount == 100_000
    assert "Read the new letter" in text(as_(town.zofia).get(appeal.get_absolute_url()))


def test_less_than_before_is_refused_beside_the_field(town, partly):
    appeal = actions.send_appeal(partly, by=town.zofia, what="It", change="More")
    said = {"result": "changed_in_favour", "amount": "300", "statement": "Hm."}

    answer = as_(town.officer).post(page("appeal_review", appeal.pk), said)

    assert "Write more than the first decision gave." in text(answer)


def test_an_appeal_in_time_cannot_be_put_aside_as_late(town, appeal):
    assert "came too late" not in text(as_(town.officer).get(page("appeal_review", appeal.pk)))


def test_the_class_takes_it_back(town, appeal):
    as_(town.amir).post(page("appeal_withdraw", appeal.pk))

    assert Appeal.objects.get().state == "withdrawn"


def test_reasons_are_asked_for_with_a_press_and_given_as_a_pdf(town, approved):
    contact = as_(town.zofia)
    contact.post(page("reasons_ask", approved.pk))
    as_(town.principal).post(page("reasons_give", approved.pk), {"reasons": "All were invited."})

    answer = contact.get(page("reasons_file", approved.pk))
    assert answer.content[:4] == b"%PDF"


def test_each_paper_is_a_pdf_and_another_is_not_found(town, appeal):
    browser = as_(town.zofia)

    assert browser.get(page("appeal_file", appeal.pk, "appeal")).content[:4] == b"%PDF"
    assert browser.get(page("appeal_file", appeal.pk, "outcome")).status_code == 404
