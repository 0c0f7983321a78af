"""The pages: what they show, what they save, and that thirty rows cost no more questions than three."""

import io
from datetime import timedelta
from functools import partial

import pypdf
import pytest
from django.utils import timezone

from grants import actions
from grants.models import GrantApplication
from grants.models.applications import looks_like_account
from portal.people.models import Role
from tests import make
from tests.grants.cast import TYPED, applied, gathering
from tests.pages import address, markup

page = partial(address, "grants")


def soon():
    return str(timezone.localdate() + timedelta(days=7))


pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client):
    def enter(person):
        client.force_login(person)
        return client

    return enter


def test_application_start_shows_why_a_third_grade_cannot(town, as_):
    third = make.school_class("3A", at=town.school, grades=[3])
    _child, contact = make.family(third)
    make.role(contact, Role.Kind.CLASS_CONTACT, third)

    response = as_(contact).get(page("application_start", gathering(third).pk))

    assert response.status_code == 200
    assert response.templates[0].name == "grants/application_not_now.html"
    assert "3A" in response.context["found"].why_not


THOUSAND = ["1.000", "1 000", "1\u00a0000", "1.000,00", "kr 1 000,-"]


@pytest.mark.parametrize("typed", THOUSAND)
def test_a_class_that_asks_for_a_thousand_asks_for_a_thousand(town, as_, typed):
    as_(town.amir).post(page("application_start", town.gathering.pk), {**TYPED, "amount_requested": typed})

    assert GrantApplication.objects.get().amount_requested == 100_000


@pytest.mark.parametrize("typed", THOUSAND)
def test_a_principal_who_gives_a_thousand_gives_a_thousand(town, in_review, as_, typed):
    decided = {"result": "approved", "amount": typed, "reasons": "Bål.", "send": "1"}
    as_(town.principal).post(page("application_decide", in_review.pk), decided)

    assert in_review.decisions.get().amount == 100_000


@pytest.mark.parametrize("typed", ["0", "-1", "1e3", "1_000", "１０００", "2.0000", "1."])
def test_what_is_no_amount_is_refused_and_stays_in_the_form(town, as_, typed):
    response = as_(town.amir).post(
        page("application_start", town.gathering.pk), {**TYPED, "amount_requested": typed, "check": "1"}
    )

    assert list(response.context["form"].errors) == ["amount_requested"]
    assert response.context["form"]["amount_requested"].value() == typed


@pytest.mark.parametrize(
    ("account", "country", "fits"),
    [
        ("00000000000", "NO", False),
        ("0000 00 00000", "NO", False),
        ("8601 11 17947", "NO", True),
        ("0000 0000000000", "DK", False),
        ("1234 0001234567", "DK", True),
    ],
)
def test_an_account_of_zeros_is_nobodys(account, country, fits):
    assert looks_like_account(account, country) is fits


def test_application_list_shows_no_scheme_to_a_school_that_has_none(town, as_):
    danish = make.school("Engskolen", within=town.school.municipality, country="DK", language_form="da")
    leader = make.holder(Role.Kind.PRINCIPAL, danish, "Oddny", "Skov")

    response = as_(leader).get(page("application_list"))

    assert response.context["page"].schemes == []
    assert page("application_list") not in {place.url for place in response.context["menu"]}
    assert page("application_list") in {place.url for place in as_(town.principal).get("/").context["menu"]}


def test_register_says_granted_and_not_what_the_class_is_told(town, in_review, as_):
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)

    shown = markup(as_(town.principal).get(page("register_show")))

    assert "Innvilget" in shown
    assert "Dere får støtte" not in shown


def test_application_start_shows_what_we_know(town, as_):
    response = as_(town.zofia).get(page("application_start", town.gathering.pk))

    assert "Zofia Wiśniewska" in markup(response)
    assert 'value="1000"' in markup(response)
    assert not GrantApplication.objects.exists()


def test_application_start_saves_and_goes_to_the_check(town, as_):
    response = as_(town.zofia).post(page("application_start", town.gathering.pk), {**TYPED, "check": "1"})

    application = GrantApplication.objects.get()
    assert response.url == page("application_check", application.pk)
    assert (application.status, application.amount_requested, application.cost_per_family) == ("draft", 100_000, 0)


def test_application_start_keeps_what_was_typed_with_a_wrong_account(town, as_):
    typed = {**TYPED, "account": "1234.56.7891", "check": "1"}

    response = as_(town.zofia).post(page("application_start", town.gathering.pk), typed)

    assert list(response.context["form"].errors) == ["account"]
    assert TYPED["purpose"] in markup(response)
    assert 'value="1234.56.7891"' in markup(response)
    assert 'href="#id_account"' in markup(response)


def test_application_start_refuses_1001_kroner(town, as_):
    response = as_(town.zofia).post(
        page("application_start", town.gathering.pk), {**TYPED, "amount_requested": "1001", "check": "1"}
    )

    assert list(response.context["form"].errors) == ["amount_requested"]


def test_application_edit_saves_a_draft_with_gaps(town, as_):
    application = actions.draft_application(town.gathering, by=town.zofia)

    response = as_(town.zofia).post(
        page("application_edit", application.pk),
        {"purpose": "Bål", "account": "1234.56.7891", "payee_kind": "class_account", "draft": "1"},
        follow=True,
    )

    assert response.status_code == 200
    assert "Bål" in markup(response)
    assert 'value="1234.56.7891"' in markup(response)


def test_application_check_shows_and_sends(town, as_):
    client = as_(town.zofia)
    client.post(page("application_start", town.gathering.pk), {**TYPED, "check": "1"})
    application = GrantApplication.objects.get()

    shown = client.get(page("application_check", application.pk))
    sent = client.post(page("application_check", application.pk), follow=True)

    assert "8601 11 17947" in markup(shown)
    assert "Solveig Haugen" in markup(shown)
    assert sent.redirect_chain[-1][0] == page("application_show", application.pk)
    assert "8601 11" not in markup(sent)


def test_application_check_refuses_a_draft_with_gaps(town, as_):
    application = actions.draft_application(town.gathering, by=town.zofia)

    response = as_(town.zofia).post(page("application_check", application.pk))

    assert response.context["form"].non_field_errors()


def test_another_schools_principal_finds_nothing(town, sent, as_):
    other = make.holder(Role.Kind.PRINCIPAL, make.school("Annen skole", within=town.school.municipality))

    for name in ("application_show", "application_open", "application_decide", "application_ask"):
        assert as_(other).get(page(name, sent.pk)).status_code == 404


def test_application_open_asks_about_impartiality_first(town, sent, as_):
    client = as_(town.principal)
    assert client.get(page("application_decide", sent.pk)).url == page("application_open", sent.pk)

    shown = client.get(page("application_open", sent.pk))
    answered = client.post(page("application_open", sent.pk), {"stands_aside": "no"})

    assert "17947" not in markup(shown)
    assert "•••• •• ••947" in markup(shown)
    assert answered.url == page("application_decide", sent.pk)


def test_application_open_passes_it_on(town, sent, as_):
    as_(town.principal).post(page("application_open", sent.pk), {"stands_aside": "yes", "note": "Søsken"}, follow=True)

    assert as_(town.deputy).get(page("application_open", sent.pk)).status_code == 403
    assert as_(town.principal).get(page("application_open", sent.pk)).status_code == 403
    assert as_(town.officer).get(page("application_open", sent.pk)).status_code == 200


def test_application_decide_shows_the_letter_and_then_sends_it(town, in_review, as_):
    client = as_(town.principal)
    said = {"result": "approved", "amount": "1000"}

    preview = client.post(page("application_decide", in_review.pk), {**said, "preview": "1"})
    assert preview.templates[0].name == "grants/decision_preview.html"
    assert not in_review.decisions.exists()
    changed = client.post(page("application_decide", in_review.pk), {**said, "reasons": "Fint", "change": "1"})
    assert "Fint" in markup(changed)
    sent = client.post(page("application_decide", in_review.pk), {**said, "send": "1"})

    assert sent.url == page("decision_show", in_review.decisions.get().pk)


def test_application_decide_keeps_a_rejection_without_reasons_back(town, in_review, as_):
    response = as_(town.principal).post(
        page("application_decide", in_review.pk), {"result": "rejected", "preview": "1"}
    )

    assert set(response.context["form"].errors) == {"reasons", "considerations", "rules"}


def test_application_ask_and_answer(town, in_review, as_):
    as_(town.principal).post(page("application_ask", in_review.pk), {"question": "Hvor mange?", "answer_by": soon()})
    client = as_(town.amir)
    assert "Hvor mange?" in markup(client.get(page("application_show", in_review.pk)))
    client.post(page("application_answer", in_review.pk), {"answer": "Tjue"})

    in_review.refresh_from_db()
    assert in_review.status == "submitted"
    assert "Tjue" in markup(as_(town.principal).get(page("application_open", in_review.pk)))


def test_application_show_tells_a_guardian_only_the_result(town, in_review, as_):
    client = as_(town.parent)
    assert client.get(page("application_show", in_review.pk)).status_code == 404
    decision = actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)

    shown = client.get(page("application_show", in_review.pk))

    assert "1000\u00a0kroner" in shown.content.decode()
    assert "akebakken med saft" not in markup(shown)
    assert client.get(page("decision_show", decision.pk)).status_code == 404
    assert client.get(page("decision_file", decision.pk)).status_code == 404


def test_application_number_saves(town, sent, as_):
    client = as_(town.principal)
    assert 'name="journal_number"' in markup(client.get(page("application_show", sent.pk)))

    shown = client.post(page("application_number", sent.pk), {"journal_number": "26/01234"}, follow=True)

    assert 'value="26/01234"' in markup(shown)
    assert 'name="journal_number"' not in markup(as_(town.zofia).get(page("application_show", sent.pk)))


def test_decision_file_is_a_pdf(town, in_review, as_):
    decision = actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)

    response = as_(town.amir).get(page("decision_file", decision.pk))

    assert response["Content-Type"] == "application/pdf"
    assert "Granvik klagenemnd" in pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text() + (
        pypdf.PdfReader(io.BytesIO(response.content)).pages[-1].extract_text()
    )


def test_decision_correct_sends_a_new_version(town, in_review, as_):
    first = actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    client = as_(town.principal)

    client.post(page("decision_correct", first.pk), {"correction_note": "Feil dato", "amount": "1000"})

    assert in_review.decisions.count() == 2
    assert in_review.decisions.latest_versions().get().get_absolute_url() in markup(
        client.get(page("decision_show", first.pk))
    )


def test_former_contact_loses_the_application(town, sent, as_):
    role = Role.objects.get(person=town.zofia)
    from_now = as_(town.zofia)
    make.actions.end_role(role, by=town.zofia)

    assert from_now.get(page("application_show", sent.pk)).status_code == 404
    assert as_(town.amir).get(page("application_show", sent.pk)).status_code == 200


def test_register_file_has_no_account_and_no_person(town, in_review, as_):
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    actions.give_journal_number(in_review, by=town.principal, journal_number="=26/1")

    rows = as_(town.principal).get(page("register_file")).content.decode("utf-8-sig").splitlines()

    assert len(rows) == 2
    assert rows[1].split(";")[1:4] == ["'=26/1", "1A", "Vinterlek i akebakken"]
    for secret in ("17947", "Zofia", "Wiśniewska"):
        assert secret not in rows[1]


def test_award_file_names_nobody(town, in_review, as_):
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    board = make.holder(Role.Kind.BOARD_MEMBER, town.school)

    content = as_(board).get(page("award_file")).content.decode("utf-8-sig")

    assert content.splitlines()[1].split(";")[:2] == ["Lia skole", "1A"]
    assert "Zofia" not in content
    assert "1A" in markup(as_(board).get(page("award_list")))


def test_form_list_is_public_and_prints_an_empty_form(town, client):
    assert town.scheme.title in markup(client.get(page("form_list")))

    pdf = client.get(page("form_file", town.scheme.pk)).content

    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata.title == town.scheme.title


def more_classes(town, grade, number):
    for each in range(number):
        room = make.school_class(f"{grade}{each + 10}", at=town.school, grades=[grade])
        _child, contact = make.family(room)
        make.role(contact, Role.Kind.CLASS_CONTACT, room)
        application = applied(gathering(room), contact)
        if each % 2:
            actions.take_up_application(application, by=town.principal)
            actions.decide_application(application, by=town.principal, result="approved", amount=100_000)


def test_lists_ask_as_much_for_thirty_rows_as_for_three(town, as_, django_assert_max_num_queries):
    client = as_(town.principal)
    names = ["application_list", "register_show", "register_file", "award_list", "award_file"]
    more_classes(town, 1, 3)
    asked = {}
    for name in names:
        client.get(page(name))
        with django_assert_max_num_queries(60) as few:
            client.get(page(name))
        asked[name] = len(few)
    more_classes(town, 8, 27)

    for name in names:
        with django_assert_max_num_queries(asked[name]):
            client.get(page(name))
