"""Several plain cases approved in one go: each on its own, and never more money than there is."""

from functools import partial

import pytest

from grants import actions
from grants.batch.queries import plain_cases
from grants.batch.views import approve
from grants.models import Decision, GrantApplication
from grants.schemes import actions as schemes
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering
from tests.grants.test_races import at_once
from tests.pages import address, as_, markup, text

page = partial(address, "grants")

pytestmark = pytest.mark.django_db


def another(town, name, **answers):
    school_class = make.school_class(name, at=town.school, grades=[1])
    _child, contact = make.family(school_class)
    make.role(contact, Role.Kind.CLASS_CONTACT, school_class)
    return applied(gathering(school_class), contact, **answers)


def plain(person):
    return {one.pk for one in plain_cases(person)}


def test_what_somebody_must_look_at_is_not_plain(town, sent):
    tied = another(town, "1B", relationship_to_decider=True)
    uninvited = another(town, "1C")
    GrantApplication.objects.filter(pk=uninvited.pk).update(families_invited=1, families_total=9)
    fine = another(town, "1D")

    assert plain(town.principal) == {sent.pk, fine.pk}
    assert tied.pk not in plain(town.deputy)


def test_a_principal_with_a_child_in_the_class_opens_it_by_itself(town, sent):
    make.confirmed(town.principal, make.pupil(in_class=town.first))

    assert plain(town.principal) == set()
    assert plain(town.deputy) == {sent.pk}


def test_the_cases_of_another_school_are_not_there(town, sent):
    stranger = make.holder(Role.Kind.PRINCIPAL, make.school("Annen skole"), "Siv", "Moen")

    assert plain(stranger) == set()
    assert as_(town.zofia).get(page("batch_approve")).status_code == 403


def test_each_that_is_chosen_is_decided_and_what_is_refused_stops_none(town, sent):
    others = [another(town, f"1{letter}") for letter in "BCD"]
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 300_000})
    chosen = [f"{one.pk}-100000" for one in (sent, *others)]

    shown = as_(town.principal).post(page("batch_approve"), {"chosen": chosen, "impartial": "on"})

    assert Decision.objects.count() == 3
    assert [bool(decision) for _words, decision, _why in shown.context["done"]].count(False) == 1
    assert "That is not enough" in markup(shown)


def test_nobody_approves_another_amount_than_was_shown(town, sent):
    typed = {"chosen": [f"{sent.pk}-100000"], "impartial": "on"}
    shown_before = GrantApplication.objects.get(pk=sent.pk)
    actions.change_application(sent, by=town.zofia, amount_requested=90_000)

    assert "have changed since you opened the page" in text(as_(town.principal).post(page("batch_approve"), typed))
    decision, why = approve(shown_before, town.principal, 100_000)
    assert decision is None
    assert "another amount" in why
    assert not Decision.objects.exists()


def test_nothing_is_approved_without_saying_that_there_is_no_tie(town, sent):
    shown = as_(town.principal).post(page("batch_approve"), {"chosen": [f"{sent.pk}-100000"]})

    assert list(shown.context["form"].errors) == ["impartial"]
    assert not Decision.objects.exists()


def test_the_page_asks_no_more_with_more_cases(town, sent, django_assert_max_num_queries):
    for letter in "BCDEF":
        another(town, f"1{letter}")
    with django_assert_max_num_queries(7):
        plain_cases(town.principal)


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_for_the_last_three_thousand_give_three(town, sent):
    waiting = [sent, *(another(town, f"1{letter}") for letter in "BCDEFGHIJKLMNOPQRST")]
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 300_000})

    results = at_once(
        *(lambda pk=one.pk: approve(GrantApplication.objects.get(pk=pk), town.principal, 100_000) for one in waiting)
    )

    assert len(waiting) == 20
    assert sum(decision is not None for decision, _why in results) == 3
    assert Decision.objects.count() == 3
