"""Who gets which page of this room: one row for each page, one column for each kind of person."""

import pytest
from django.urls import get_resolver, reverse

from grants import actions
from grants.appeal.actions import send_appeal
from portal.people.models import Role
from tests import make
from tests.grants.cast import gathering
from tests.ground import once

pytestmark = pytest.mark.django_db

KINDS = ("nobody", "parent", "contact", "teacher", "principal", "deputy", "elsewhere", "board", "officer")
OFFICERS = (302, 403, 403, 403, 403, 403, 403, 403, 200)
CALM = {
    #                       nobody parent contact teacher principal deputy elsewhere board officer
    "application_list": (302, 200, 200, 200, 200, 200, 200, 200, 200),
    "application_start": (302, 403, 200, 403, 403, 403, 403, 403, 403),
    "application_show": (302, 404, 200, 200, 200, 200, 404, 404, 404),
    "application_edit": (302, 403, 302, 403, 403, 403, 403, 403, 403),
    "application_check": (302, 403, 302, 403, 403, 403, 403, 403, 403),
    "application_withdraw": (302, 403, 200, 403, 403, 403, 403, 403, 403),
    "application_answer": (302, 403, 302, 403, 403, 403, 403, 403, 403),
    "application_open": (302, 403, 403, 403, 302, 200, 404, 403, 404),
    "application_decide": (302, 403, 403, 403, 200, 302, 404, 403, 404),
    "application_ask": (302, 403, 403, 403, 200, 200, 404, 403, 404),
    "application_number": (302, 403, 403, 403, 405, 405, 405, 403, 405),
    "register_show": (302, 403, 403, 403, 200, 200, 200, 403, 200),
    "register_file": (302, 403, 403, 403, 200, 200, 200, 403, 200),
    "register_sheet": (302, 403, 403, 403, 200, 200, 200, 403, 200),
    "award_list": (302, 403, 403, 403, 200, 200, 200, 200, 200),
    "award_file": (302, 403, 403, 403, 200, 200, 200, 200, 200),
    "archive_list": (302, 403, 403, 403, 200, 200, 200, 403, 200),
    "form_list": (200,) * 9,
    "form_file": (200,) * 9,
}
OF_WINGS = {
    "scheme_list": OFFICERS,
    "scheme_add": OFFICERS,
    "scheme_show": OFFICERS,
    "scheme_copy": OFFICERS,
    "scheme_edit": OFFICERS,
    "scheme_close": OFFICERS,
    "scheme_shares": OFFICERS,
    "scheme_try": OFFICERS,
    "paper_list": (302, 403, 403, 403, 200, 200, 200, 403, 403),
    "paper_enter": (302, 403, 403, 403, 200, 200, 404, 403, 403),
}
DECIDED = {
    #                       nobody parent contact teacher principal deputy elsewhere board officer
    "application_show": (302, 200, 200, 200, 200, 200, 404, 404, 404),
    "decision_show": (302, 404, 200, 200, 200, 200, 404, 404, 404),
    "decision_file": (302, 404, 200, 200, 200, 200, 404, 404, 404),
    "decision_correct": (302, 403, 403, 403, 200, 200, 404, 403, 404),
    "decision_told": (302, 403, 403, 403, 302, 302, 404, 403, 404),
    "reasons_ask": (302, 403, 405, 403, 403, 403, 403, 403, 403),
    "reasons_give": (302, 403, 403, 403, 404, 404, 404, 403, 404),
    "reasons_file": (302, 404, 404, 404, 404, 404, 404, 404, 404),
    "appeal_write": (302, 403, 200, 403, 403, 403, 403, 403, 403),
    "archive_file": (302, 403, 403, 403, 405, 405, 405, 403, 405),
}
APPEALED = {
    #                       nobody parent contact teacher principal deputy elsewhere board officer
    "appeal_show": (302, 404, 200, 404, 200, 200, 404, 404, 200),
    "appeal_file": (302, 404, 200, 404, 200, 200, 404, 404, 200),
    "appeal_withdraw": (302, 403, 405, 403, 403, 403, 403, 403, 403),
    "appeal_review": (302, 403, 403, 403, 403, 403, 404, 403, 200),
    "appeal_settle": (302, 403, 403, 403, 403, 403, 403, 403, 302),
    "application_show": (302, 200, 200, 200, 200, 200, 404, 404, 200),
}
PASSED_ON = {
    #                       nobody parent contact teacher principal deputy elsewhere board officer
    "application_show": (302, 404, 200, 200, 200, 200, 404, 404, 200),
    "application_open": (302, 403, 403, 403, 403, 403, 404, 403, 200),
    "application_decide": (302, 403, 403, 403, 403, 403, 404, 403, 302),
    "application_ask": (302, 403, 403, 403, 403, 403, 404, 403, 200),
}
ONE_OF_MANY = {
    "form_list": (),
    "register_show": (),
    "register_file": (),
    "register_sheet": (),
    "award_list": (),
    "award_file": (),
    "archive_list": (),
}


@once
def people(town):
    elsewhere = make.school("Annen skole", within=town.school.municipality)
    return {
        "nobody": None,
        "parent": town.parent,
        "contact": town.zofia,
        "teacher": make.holder(Role.Kind.CONTACT_TEACHER, town.first),
        "principal": town.principal,
        "deputy": town.deputy,
        "elsewhere": make.holder(Role.Kind.PRINCIPAL, elsewhere),
        "board": make.holder(Role.Kind.BOARD_MEMBER, town.school),
        "officer": town.officer,
    }


def statuses(client, people, url):
    found = []
    for kind in KINDS:
        client.logout()
        if people[kind]:
            client.force_login(people[kind])
        found.append(client.get(url).status_code)
    return tuple(found)


def address(name, application, at):
    keys = {"application_start": at.pk, "form_file": application.scheme_id, "application_list": None, **ONE_OF_MANY}
    keys |= {"scheme_list": None, "paper_list": None, "paper_enter": application.school_class_id}
    keys |= {"scheme_add": application.school.municipality_id}
    of_scheme = application.scheme_id if name.startswith("scheme_") else application.pk
    key = keys.get(name, of_scheme)
    return reverse(f"grants:{name}", args=[key] if key else [])


def test_every_page_of_the_core_has_a_row():
    names = {one.name for one in get_resolver("grants.urls").url_patterns if one.callback.__module__ == "grants.views"}

    assert names <= {*CALM, *DECIDED, *APPEALED, *PASSED_ON}


@pytest.mark.parametrize("name", [*CALM, *OF_WINGS])
def test_page_while_it_is_considered(client, town, people, in_review, name):
    url = address(name, in_review, gathering(town.first, "Bål"))

    assert statuses(client, people, url) == {**CALM, **OF_WINGS}[name]


@pytest.mark.parametrize("name", DECIDED)
def test_page_when_it_is_decided(client, town, people, in_review, name):
    decision = actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    key = decision.pk if name.startswith(("decision", "reasons", "appeal")) else in_review.pk

    assert statuses(client, people, reverse(f"grants:{name}", args=[key])) == DECIDED[name]


@pytest.mark.parametrize("name", APPEALED)
def test_page_when_it_is_appealed(client, town, people, in_review, name):
    said = {"reasons": "No.", "considerations": "None.", "rules": [town.ground]}
    decision = actions.decide_application(in_review, by=town.principal, result="rejected", **said)
    appeal = send_appeal(decision, by=town.zofia, what="It", change="More")
    args = {"appeal_file": [appeal.pk, "appeal"], "application_show": [in_review.pk]}.get(name, [appeal.pk])

    assert statuses(client, people, reverse(f"grants:{name}", args=args)) == APPEALED[name]


@pytest.mark.parametrize("name", PASSED_ON)
def test_page_when_it_is_passed_on(client, town, people, sent, name):
    actions.stand_aside(sent, by=town.principal)

    assert statuses(client, people, address(name, sent, town.gathering)) == PASSED_ON[name]
