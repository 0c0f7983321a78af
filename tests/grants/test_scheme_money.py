"""The municipality's money by school, and a trial of the scheme as an applicant."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from grants import actions
from grants.models import GrantApplication, GrantScheme, SchoolBudget
from grants.models.decisions import BudgetSpent
from grants.models.schemes import SharesTooMuch
from grants.queries import budget_of
from grants.schemes import actions as schemes
from portal.ledger.models import Event
from tests import make
from tests.grants.cast import TYPED, gathering, planned_scheme
from tests.pages import address, as_, markup, text
from tests.threads import in_a_thread

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(town):
    return planned_scheme(town.scheme)


# The money


def test_shares_are_typed_in_one_form_and_summed_against_the_whole(town, planned):
    beside = make.school("Nabo", within=town.school.municipality)
    maja, at = as_(town.officer), page("scheme_shares", planned.pk)
    names = {school.pk: f"school_{school.pk}" for school in (town.school, beside)}
    shown = maja.post(at, {names[town.school.pk]: "kr 4 000,-", names[beside.pk]: "1.000,50"})
    assert "0.50 kroner too much" in text(shown).replace("\u00a0", " ")
    assert "kr 4 000,-" in markup(shown)
    assert not SchoolBudget.objects.exists()

    assert "5000.50 kroner" in text(shown).replace("\u00a0", " ")  # what is typed, in all, beside what is left

    maja.post(at, {names[town.school.pk]: "4000", names[beside.pk]: ""})
    assert SchoolBudget.objects.get().amount == 400_000
    assert "is neither shared out nor given" in text(maja.get(page("scheme_show", planned.pk)))


def test_no_share_falls_below_what_is_given(town, in_review):
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    maja, at = as_(town.officer), page("scheme_shares", town.scheme.pk)

    assert "is given already" in text(maja.post(at, {f"school_{town.school.pk}": "999,99"}))
    for act in (
        lambda: schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 99_999}),
        lambda: schemes.extend_scheme(town.scheme, by=town.officer, closes_on=town.scheme.ends_on, budget=99_999),
    ):
        with pytest.raises(SharesTooMuch):
            act()
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 100_000})


def test_what_each_school_has_left_stands_beside_its_share(town, in_review):
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    schemes.extend_scheme(town.scheme, by=town.officer, closes_on=town.scheme.closes_on, budget=900_000)
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 400_000})

    shown = text(as_(town.officer).get(page("scheme_shares", town.scheme.pk))).replace("\u00a0", " ")

    assert "Lia skole 1000 kroner 3000 kroner" in shown
    assert "In all 4000 kroner 1000 kroner 8000 kroner" in shown


def test_a_school_without_a_share_gives_only_what_is_not_shared_out(town, in_review):
    beside = make.school("Nabo", within=town.school.municipality)
    GrantScheme.objects.update(budget=150_000)
    town.scheme.refresh_from_db()
    schemes.share_out(town.scheme, by=town.officer, amounts={beside: 100_000})

    assert budget_of(town.scheme, town.school).left == 50_000
    with pytest.raises(BudgetSpent):
        actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    assert budget_of(town.scheme, beside).left == 100_000


def test_what_schools_without_a_share_have_given_cannot_be_shared_out(town, in_review):
    beside = make.school("Nabo", within=town.school.municipality)
    GrantScheme.objects.update(budget=150_000)
    town.scheme.refresh_from_db()
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)

    with pytest.raises(SharesTooMuch):
        schemes.share_out(town.scheme, by=town.officer, amounts={beside: 50_001})
    schemes.share_out(town.scheme, by=town.officer, amounts={beside: 50_000})
    with pytest.raises(SharesTooMuch):
        schemes.extend_scheme(town.scheme, by=town.officer, closes_on=town.scheme.closes_on, budget=149_999)
    shares = {town.school: 100_000, beside: 50_000}  # what it has given is its own share now
    schemes.share_out(town.scheme, by=town.officer, amounts=shares)


def test_what_the_pages_say_of_schools_without_a_share_is_what_these_can_give(town, in_review):
    beside = make.school("Nabo", within=town.school.municipality)
    GrantScheme.objects.update(budget=400_000)
    town.scheme.refresh_from_db()
    schemes.share_out(town.scheme, by=town.officer, amounts={beside: 150_000})
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    maja = as_(town.officer)

    def said():
        pages = [page(name, town.scheme.pk) for name in ("scheme_show", "scheme_shares")]
        return [text(maja.get(at)).replace("\u00a0", " ") for at in pages]

    left = budget_of(town.scheme, town.school).left
    assert left == 150_000
    for shown in said():
        assert "1500 kroner is neither shared out nor given. Schools without a share of their own draw on it." in shown
    schemes.share_out(town.scheme, by=town.officer, amounts={beside: 300_000})
    assert budget_of(town.scheme, town.school).left == 0
    for shown in said():
        assert "0 kroner is neither shared out nor given" in shown


def test_the_whole_never_falls_below_what_is_shared_out(town, planned):
    schemes.share_out(planned, by=town.officer, amounts={town.school: 400_000})

    with pytest.raises(SharesTooMuch):
        schemes.change_scheme(planned, by=town.officer, budget=399_999)


def test_a_school_elsewhere_gets_no_share(town, planned):
    with pytest.raises(PermissionDenied):
        schemes.share_out(planned, by=town.officer, amounts={make.school("Annen skole"): 1})


@pytest.mark.django_db(transaction=True)
def test_a_share_waits_for_a_decision_that_spends_it(town, in_review):
    told = []
    with transaction.atomic():
        actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
        scheme = GrantScheme.objects.get(pk=town.scheme.pk)
        waiting = in_a_thread(told, lambda: schemes.share_out(scheme, by=town.officer, amounts={town.school: 50_000}))
    waiting.join()

    assert told == [SharesTooMuch]


# A trial


def test_it_is_tried_as_an_applicant_and_nothing_can_be_sent(town, planned):
    """G19: the very form and its check, the page of a class that cannot apply, and no row of any of it."""
    maja, at = as_(town.officer), page("scheme_try", planned.pk)
    shown = maja.get(at)
    real = as_(town.zofia).get(page("application_start", town.gathering.pk))
    assert list(shown.context["form"].fields) == [name for name in real.context["form"].fields if name != "seen"]
    assert "nothing can be sent, and nothing is saved" in text(shown)
    assert "What a class in grade 2 reads instead of the form" in text(shown)
    assert "Class 2A is not in it" in text(shown)

    wrong = maja.post(at, {**TYPED, "amount_requested": "1001"})
    assert "Write an amount from 1 krone to" in text(wrong)
    checked = maja.post(at, TYPED)
    assert "End the trial" in text(checked)
    assert "Send application" not in text(checked)
    assert "Vi møtes i akebakken" in text(checked)
    again = maja.post(at, {**TYPED, "change": "1"})
    assert "Vi møtes i akebakken" in text(again)
    assert not GrantApplication.objects.exists()
    assert not Event.objects.filter(verb__startswith="grants.application").exists()


def test_before_it_opens_a_class_reads_from_when_and_what_it_can_do(town, planned):
    later = gathering(town.first, "Neste år", days=(planned.starts_on - timezone.localdate()).days + 40)
    shown = text(as_(town.zofia).get(page("application_start", later.pk)))

    assert "You can apply from" in shown
    assert "You can plan the gathering now" in shown
