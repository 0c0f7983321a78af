"""Who has stood aside has no more to do with the case: not its money, its report nor its closing; and no list or letter
leads them to it."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from grants import actions as core
from grants.models import Closing
from grants.models.payouts import NotPayable
from grants.money import actions
from grants.money.queries import changes_for, payment_page
from grants.reports import actions as reports
from grants.reports.rules import can_close
from grants.rules import settles
from portal.ledger.tasks import sweep
from portal.messaging.models import Notice
from portal.people.hats import hats_of
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied
from tests.grants.money.awards import together
from tests.grants.reports.telling import tell, went
from tests.ground import once
from tests.pages import address, as_, todos_of

TODAY = timezone.localdate

pytestmark = pytest.mark.django_db
OTHER = {"payee_kind": "committee", "account": "1503 20 30030", "account_holder": "FAU Lia"}


@once
def second(town):
    return make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality, "Nils", "Dal")


@once
def passed_on(town, second):
    """The principal and one officer have stood aside; another officer has given a bill of the school its support."""
    application = applied(town.gathering, town.zofia, payee_kind="school", account="")
    core.stand_aside(application, by=town.principal)
    core.stand_aside(application, by=town.officer)
    core.take_up_application(application, by=second)
    core.decide_application(application, by=second, result="approved", amount=100_000)
    application.refresh_from_db()
    return application


def asks_for_another(case):
    return actions.ask_payee_change(case.application, by=case.writer, **OTHER)


def is_paid(case):
    return actions.mark_paid(case.application, by=case.able, paid_on=TODAY())


def is_asked_back(case):
    is_paid(case)
    return actions.ask_back(went(case.application), by=case.able)


def is_told(case):
    is_paid(case)
    tell(went(case.application), case.writer)


FIVE = {
    "answer another account": (
        asks_for_another,
        lambda one, _case, by: actions.answer_payee_change(one, by=by, accepts=True),
    ),
    "mark a bill as paid": (
        lambda case: None,
        lambda _one, case, by: actions.mark_paid(case.application, by=by, paid_on=TODAY()),
    ),
    "ask for it back": (
        lambda case: (is_paid(case), went(case.application)),
        lambda _one, case, by: actions.ask_back(case.application, by=by),
    ),
    "ask for it no more": (is_asked_back, lambda one, _case, by: actions.drop_repayment(one, by=by)),
    "close the case": (is_told, lambda _one, case, by: reports.close_case(case.application, by=by)),
}


@pytest.mark.parametrize("name", FIVE)
def test_who_has_stood_aside_and_their_school_settle_nothing(town, second, passed_on, name):
    begins, does = FIVE[name]
    case = SimpleNamespace(application=passed_on, writer=town.zofia, able=second)
    begun = begins(case)

    for person in (town.principal, town.deputy, town.officer):
        with pytest.raises(PermissionDenied):
            does(begun, case, person)
    does(begun, case, second)


def test_the_leaders_settle_what_is_at_their_school(town, awarded):
    assert [settles(one, awarded) for one in (town.principal, town.deputy, town.officer)] == [True, True, True]
    assert not settles(town.parent, awarded)


def test_nothing_leads_them_there(town, second, passed_on):
    application, page = passed_on, address("grants", "money_show", passed_on.pk)
    change = actions.ask_payee_change(application, by=town.zofia, **OTHER)
    for person, finds in ((town.principal, False), (town.deputy, False), (town.officer, False), (second, True)):
        assert (application in [row.application for row in payment_page(person).blocked]) is finds
        assert (changes_for(person) == [change]) is finds
        assert as_(person).get(page).status_code == (200 if finds else 404)
    sweep()
    asked = Notice.objects.filter(kind="grants.payee_change_asked")
    assert [one.recipient for one in asked] == [second]


def test_the_municipality_hears_of_the_report_and_closes(town, second, passed_on):
    is_told(SimpleNamespace(application=passed_on, writer=town.zofia, able=second))
    sweep()

    assert [one.recipient for one in Notice.objects.filter(kind="grants.report_sent")] == [second]
    waits = {
        person: [todo.url for hat in hats_of(person) for todo in todos_of(hat)]
        for person in (town.principal, town.deputy, town.officer, second)
    }
    at = address("grants", "report_show", passed_on.pk)
    assert [at in urls for urls in waits.values()] == [False, False, False, True]
    reports.close_case(passed_on, by=second)
    assert Closing.objects.exists()


def test_a_co_applicant_neither_pays_nor_closes(town):
    make.confirmed(town.officer, make.pupil(in_class=town.first))
    awarded = together(town, town.officer)

    assert awarded not in [row.application for row in payment_page(town.officer).ready]
    assert not can_close(town.officer, awarded)


def test_a_colleague_marks_a_file_with_a_case_that_one_has_stood_aside_in(town, second, awarded, paying):
    file = actions.make_payment_file(paying, by=second, applications=[awarded], pay_on=TODAY())
    awarded.impartiality_answers.create(person=town.officer, stands_aside=True)

    with pytest.raises(NotPayable, match="Leave it to a colleague"):
        actions.mark_file_paid(file, by=town.officer, paid_on=TODAY())
    with pytest.raises(NotPayable, match="Leave it to a colleague"):
        actions.take_payment_file(file, by=town.officer)
    with pytest.raises(PermissionDenied):
        actions.make_payment_file(paying, by=town.officer, applications=[awarded], pay_on=TODAY())
    actions.mark_file_paid(file, by=second, paid_on=TODAY())
