"""Two persons press at once, on real transactions: one decision, one award, no money given twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from grants import actions
from grants.models import Decision
from grants.schemes import actions as schemes
from portal.actions import Refusal
from portal.people.models import Role
from tests import make
from tests.grants.cast import FULL, applied, gathering

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """The answer of each call, or its refusal, with all of them started at the same moment."""
    gate = Barrier(len(calls))

    def run(call):
        gate.wait(timeout=10)
        try:
            return call()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def approving(application, by, amount=100_000):
    return lambda: actions.decide_application(application, by=by, result="approved", amount=amount)


def test_principal_and_deputy_at_once_make_one_decision(town, in_review):
    actions.take_up_application(in_review, by=town.deputy)

    results = at_once(approving(in_review, town.principal), approving(in_review, town.deputy))

    assert sorted(isinstance(result, Decision) for result in results) == [False, True]
    assert Decision.objects.count() == 1


def test_two_applications_of_a_class_at_once_give_one_award(town, in_review):
    second = applied(gathering(town.first, "Bål"), town.amir)
    actions.take_up_application(second, by=town.deputy)

    results = at_once(approving(in_review, town.principal), approving(second, town.deputy))

    assert sorted(isinstance(result, Decision) for result in results) == [False, True]


def test_two_classes_at_once_do_not_spend_the_same_money(town, in_review):
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 150_000})
    other = make.school_class("1B", at=town.school, grades=[1])
    _child, contact = make.family(other)
    make.role(contact, Role.Kind.CLASS_CONTACT, other)
    second = applied(gathering(other, "Bål"), contact)
    actions.take_up_application(second, by=town.deputy)

    results = at_once(approving(in_review, town.principal), approving(second, town.deputy))

    assert sorted(isinstance(result, Decision) for result in results) == [False, True]


def test_two_contacts_sending_at_once_send_once(town):
    application = actions.draft_application(town.gathering, by=town.zofia)
    actions.save_draft(application, by=town.zofia, **FULL)

    results = at_once(
        lambda: actions.submit_application(application, by=town.zofia),
        lambda: actions.submit_application(application, by=town.amir),
    )

    assert sorted(isinstance(result, Refusal) for result in results) == [False, True]
