"""What people read leads on: whose turn it is, of which school, by which conditions; and no way back is closed."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone, translation

from grants import actions, exports
from grants.letters import office_of
from grants.models import GrantApplication, InformationRequest
from grants.partners import actions as partners
from portal.people.hats import hats_of
from tests import make
from tests.grants.cast import FULL, TYPED
from tests.pages import address, as_, markup, text, todos_of

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(town):
    for person in (town.zofia, town.amir, town.parent, town.principal, town.officer):
        type(person).objects.filter(pk=person.pk).update(language="en")
        person.refresh_from_db()
    with translation.override("en"):
        yield


def waiting(person, kind):
    [hat] = [hat for hat in hats_of(person) if hat.kind == kind]
    return [todo for todo in todos_of(hat) if "/grants/" in todo.url]


@pytest.fixture
def draft(town):
    return actions.draft_application(town.gathering, by=town.zofia, **FULL)


@pytest.fixture
def along(town, draft):
    asked = partners.invite_co_applicant(draft, by=town.zofia, partner=town.parent)
    partners.accept_invitation(asked, by=town.parent)
    return asked


@pytest.fixture
def asked(town, in_review):
    day = timezone.localdate() + timedelta(days=5)
    return actions.ask_for_information(in_review, by=town.principal, question="Hvem kjører?", answer_by=day)


# The form


def test_every_condition_stands_where_it_is_confirmed(town):
    type(town.scheme).objects.update(more_conditions="Dere rydder & vasker.")
    town.scheme.refresh_from_db()

    shown = as_(town.zofia).get(page("application_start", town.gathering.pk))

    said = [str(words) for words in town.scheme.conditions_in_words()]
    assert [words for words in said if words.replace("&", "&amp;") not in markup(shown)] == []
    assert said[-1] == "Dere rydder & vasker."


def test_on_paper_the_conditions_stand_once(town):
    form = exports.empty_form(town.scheme, "en")

    assert {asked["label"]: asked["help"] for asked in form["questions"]}["We keep the conditions of the support"] == ""
    assert set(map(str, town.scheme.conditions_in_words())) <= set(map(str, form["lines"]))


def test_an_account_that_is_needed_is_asked_for_and_is_not_called_optional(town, awarded):
    typed = {"payee_kind": "class_account", "account": "", "account_holder": "Zofia"}
    started = as_(town.zofia).post(page("payee_change", awarded.pk), typed)

    assert started.context["form"].errors == {"account": ["Write the account number."]}
    assert "(optional)" not in markup(started)


def test_an_application_without_the_account_it_needs_says_so(town):
    shown = as_(town.zofia).post(page("application_start", town.gathering.pk), {**TYPED, "account": "", "check": "1"})

    assert shown.context["form"].errors == {"account": ["Write the account number."]}


def test_who_writes_along_is_not_called_class_contact(town, along, draft):
    """It is who sends it that applies, so a draft names its reader."""
    shown = text(as_(town.parent).get(page("application_edit", draft.pk)))

    assert town.parent.full_name in shown
    assert "Per Nilsen, class contact" not in shown


def test_the_form_says_that_teachers_read_it_too(town):
    assert "the teachers of the class" in text(as_(town.zofia).get(page("application_start", town.gathering.pk)))


# Whoever applies along


def test_what_is_begun_and_what_is_asked_wait_for_who_applies_along(town, along, draft):
    assert [todo.url for todo in waiting(town.parent, "parent")] == [page("application_edit", draft.pk)]

    actions.submit_application(draft, by=town.zofia)
    actions.take_up_application(draft, by=town.principal)
    assert waiting(town.parent, "parent") == []
    day = timezone.localdate() + timedelta(days=5)
    actions.ask_for_information(draft, by=town.principal, question="Hvem kjører?", answer_by=day)

    assert [todo.url for todo in waiting(town.parent, "parent")] == [page("application_answer", draft.pk)]


def test_a_class_contact_who_is_a_guardian_reads_of_it_once(town, draft):
    assert waiting(town.zofia, "parent") == []


def test_the_page_of_the_class_leads_whoever_may_see_it_to_the_application(town, along, draft):
    at_class = f"/classes/{town.first.pk}/"
    link = f'href="{page("application_show", draft.pk)}"'
    _child, other = make.family(town.first)

    assert link in markup(as_(town.parent).get(at_class))
    assert link not in markup(as_(other).get(at_class))
    assert link not in markup(as_(town.principal).get(at_class))


def test_a_class_with_an_application_and_no_other_plan_is_shown_no_empty_part(town, draft):
    shown = as_(town.zofia).get(page("application_list"))

    assert "Apply for class 1A" not in text(shown)
    assert page("application_show", draft.pk) in markup(shown)


# Those who decide


def test_where_many_schools_meet_each_is_named(town, sent):
    actions.stand_aside(sent, by=town.principal)

    [todo] = waiting(town.officer, "municipality_officer")
    assert todo.title.startswith("Lia skole: ")
    assert "Lia skole: Application" in text(as_(town.officer).get(page("application_list")))
    assert "Lia skole" in text(as_(town.officer).get(page("application_open", sent.pk)))


def test_the_municipality_is_not_told_that_the_case_goes_to_the_municipality(town, sent):
    assert "the case goes to the municipality" in text(as_(town.principal).get(page("application_open", sent.pk)))
    actions.stand_aside(sent, by=town.principal)

    shown = text(as_(town.officer).get(page("application_open", sent.pk)))

    assert "the case goes to the municipality" not in shown
    assert "waits for somebody else in the municipality" in shown


def test_the_letter_comes_from_whoever_decided(town, sent):
    actions.stand_aside(sent, by=town.principal)
    actions.take_up_application(sent, by=town.officer)
    letter = actions.decide_application(sent, by=town.officer, result="approved", amount=100_000).letter

    office = town.school.municipality.name
    assert letter["facts"][1][1] == office_of(sent) == office
    assert letter["parts"][-1]["lines"][-1] == f"Kontakt {office}."


def test_what_was_asked_stands_on_the_case_until_it_is_answered_and_then_in_the_list(town, in_review, asked):
    shown = text(as_(town.principal).get(page("application_show", in_review.pk)))
    assert "Hvem kjører?" in shown
    assert "The class can answer until" in shown
    assert "You usually get an answer" not in shown

    actions.answer_request(asked, by=town.zofia, answer="Vi går.")

    assert "The class has answered" in text(as_(town.principal).get(page("application_list")))


def test_nobody_reads_that_the_class_has_answered_when_it_has_not(town, in_review, asked):
    InformationRequest.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    actions.stand_aside(in_review, by=town.principal)

    assert "The class has answered" not in text(as_(town.officer).get(page("application_list")))


@pytest.mark.parametrize("days", [0, 93, 30_000])
def test_an_answer_is_asked_for_within_three_months(town, in_review, days):
    typed = {"question": "Hvem kjører?", "answer_by": (timezone.localdate() + timedelta(days=days)).isoformat()}

    shown = as_(town.principal).post(page("application_ask", in_review.pk), typed)

    assert list(shown.context["form"].errors) == ["answer_by"]


def test_what_is_needed_for_a_part_stands_at_its_field(town, in_review):
    typed = {"result": "approved", "amount": "600", "preview": "1"}

    shown = as_(town.principal).post(page("application_decide", in_review.pk), typed)

    assert set(shown.context["form"].errors) == {"reasons", "considerations", "rules"}
    assert "Needed when you do not give support." not in text(shown)


def test_the_school_reads_what_became_of_it_and_not_what_the_class_is_told(town, awarded):
    assert "You will get support" in text(as_(town.zofia).get(page("application_show", awarded.pk)))

    shown = text(as_(town.principal).get(page("application_show", awarded.pk)))

    assert "You will get support" not in shown
    assert "Granted" in shown


# Ways back, and what to press


def test_the_way_on_with_a_case_stands_before_everything_else(town, draft):
    shown = text(as_(town.zofia).get(page("application_show", draft.pk)))
    assert shown.index("Go on with the draft") < shown.index("Where it stands")

    actions.submit_application(draft, by=town.zofia)

    shown = text(as_(town.principal).get(page("application_show", draft.pk)))
    assert shown.index("Go on with the case") < shown.index("Where it stands")


def test_from_the_money_the_class_comes_back_to_its_application(town, awarded):
    for person, back in ((town.zofia, page("application_show", awarded.pk)), (town.officer, page("payment_list"))):
        shown = markup(as_(person).get(page("money_show", awarded.pk)))
        assert f'class="sb-back" href="{back}"' in shown


def test_the_form_on_paper_asks_nobody_to_sign_in_who_has(town, client):
    assert "Sign in and apply" in text(client.get(page("form_list"), HTTP_ACCEPT_LANGUAGE="en"))
    assert "Sign in" not in text(as_(town.zofia).get(page("form_list")))


def test_who_comes_back_to_where_a_form_was_sent_reads_a_page(town, awarded):
    shown = as_(town.officer).get(page("money_paid", awarded.pk))

    assert (shown.status_code, shown.headers["Allow"]) == (405, "POST")
    assert "There is nothing to read here" in text(shown)
    assert "Content-Security-Policy" in shown.headers
    assert as_(town.officer).put(page("money_paid", awarded.pk)).content == b""


def test_applications_that_are_gone_do_not_stand_on_the_page_of_the_class(town, sent):
    actions.withdraw_application(sent, by=town.zofia)

    assert not GrantApplication.objects.alive().exists()
    assert page("application_show", sent.pk) not in markup(as_(town.zofia).get(f"/classes/{town.first.pk}/"))


def test_each_plain_case_can_be_read_before_it_is_approved(town, sent):
    shown = markup(as_(town.principal).get(page("batch_approve")))

    assert f'href="{page("application_open", sent.pk)}"' in shown
