"""The class fund: two keepers, rows that count when both have said so, and nothing that says who paid."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Sum

from networks import actions
from networks.models import ClassFund, FundHandOver, FundKeeper, FundMoved, FundRow, FundSignature
from portal.ledger.models import Event
from portal.people import actions as people
from portal.people.models import Enrolment, GuardianRelation, Household, Person, SchoolClass
from tests import make
from tests.networks.fund.conftest import begin, counted, write
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db
OF_THE_FUND = {ClassFund, FundHandOver, FundKeeper, FundRow, FundSignature}


def again(row):
    return type(row).objects.get(pk=row.pk)


# --- nobody is tied to a payment ---


def test_no_table_ties_a_payment_to_a_person_or_a_home():
    points_at = {field.name: field.related_model for field in FundRow._meta.concrete_fields if field.is_relation}

    assert points_at == {"fund": ClassFund, "reverses": FundRow, "written_by": FundKeeper, "settled_by": FundKeeper}
    plain = {field.name for field in FundRow._meta.concrete_fields if not field.is_relation}
    assert plain == {"id", "kind", "amount", "on", "what", "receipt", "state", "written_at", "settled_at"}
    assert not FundRow._meta.many_to_many


def test_nothing_outside_the_fund_points_at_its_rows():
    pointing = {
        model
        for model in apps.get_models()
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if field.is_relation and field.related_model in OF_THE_FUND
    }

    assert pointing == OF_THE_FUND - {ClassFund}
    people_named = {
        (model, field.name)
        for model in OF_THE_FUND
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in (Person, Household, GuardianRelation, Enrolment)
    }
    assert people_named == {(FundKeeper, "person"), (FundHandOver, "one"), (FundHandOver, "other")}


def test_the_history_says_which_keeper_wrote_and_nothing_of_what(town, fund):
    write(fund, town.amira, 12_345)

    event = Event.objects.get(verb="networks.fund_row_written")
    assert event.details.keys() <= {"row"}


@pytest.mark.parametrize("what", ["From Nora", "Fra Warsame", "Gave fra amira", "kaker av Iver", "Thanks to Zakarias"])
def test_a_word_that_may_name_somebody_is_asked_about_and_kept_out_until_it_is_said_to_be_none(town, fund, what):
    with pytest.raises(actions.MayName):
        write(fund, town.jurgita, what=what)

    assert not FundRow.objects.exists()
    write(fund, town.jurgita, what=what, not_names=what.split())


@pytest.mark.parametrize("field", ["what", "receipt"])
def test_the_receipt_is_read_for_names_as_well(town, fund, field):
    with pytest.raises(actions.MayName):
        write(fund, town.jurgita, **{field: "Lies at Nora's"})


@pytest.mark.parametrize("what", ["Waffles and coffee", "Vafler", "12 sekker ved. Saft til alle", "BOLLER"])
def test_plain_words_are_not_asked_about(town, fund, what):
    assert write(fund, town.amira, what=what).what == what


def test_a_name_that_the_keeper_may_not_know_is_asked_about_like_any_other(town, fund):
    """No word is treated otherwise because somebody in the class has it, so nothing can be found out by trying."""
    hidden, _adult = make.family(town.first, pupil_name="Xanthippe", adult_name="Zenobia")
    people.protect_address(hidden, by=make.holder("office", town.school), grade="name")

    for word in ("Xanthippe", "Ludmila"):
        with pytest.raises(actions.MayName):
            write(fund, town.amira, what=f"Cakes by {word}")


# --- two keepers ---


def test_the_contact_begins_it_with_two_guardians_of_two_homes(town, fund):
    assert [keeper.person for keeper in fund.seated()] == [town.amira, town.jurgita]
    assert fund.balance == 0


@pytest.mark.parametrize("who", ["amira", "carla", "principal"])
def test_nobody_but_the_class_contact_begins_it(town, who):
    with pytest.raises(PermissionDenied):
        actions.open_fund(
            town.first, by=getattr(town, who), one=town.amira, other=town.jurgita, elected_on=town.school.today()
        )


def test_two_of_one_home_or_one_twice_are_refused(town):
    partner = make.guardian("Pilvi", of=town.nora, household=town.amira.household)

    for other in (town.amira, partner):
        with pytest.raises(actions.NotTwo):
            begin(town, other=other)


@pytest.mark.parametrize("days", [1, -401])
def test_they_were_elected_at_a_meeting_that_has_been(town, days):
    with pytest.raises(actions.NotThen):
        begin(town, elected_on=town.school.today() + timedelta(days=days))


def test_who_is_protected_or_of_another_class_or_kept_from_a_child_is_no_keeper(town):
    office = make.holder("office", town.school)
    hidden, protected = make.family(town.first, pupil_name="Hidden", adult_name="Secret")
    people.protect_address(hidden, by=office, grade="name")
    kept_out = make.guardian("Kept", of=make.pupil("Other", in_class=town.first))
    make.restricted(kept_out, town.nora)

    for person in (town.carla, protected, kept_out, town.principal):
        with pytest.raises(PermissionDenied):
            begin(town, one=person)


def test_the_children_who_started_together_have_one_fund(town, fund):
    with pytest.raises(actions.HasFund):
        begin(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassFund.objects.create(school_class=town.second, cohort=town.first.cohort)


def test_a_class_of_no_cohort_has_one_too(town):
    SchoolClass.objects.filter(pk=town.first.pk).update(cohort=None)
    town.first.refresh_from_db()
    begin(town)

    with pytest.raises(actions.HasFund):
        begin(town)


def test_a_fund_goes_along_when_its_class_gets_a_cohort_later(town):
    cohort = town.first.cohort
    SchoolClass.objects.filter(pk=town.first.pk).update(cohort=None)
    town.first.refresh_from_db()
    fund = begin(town)
    assert fund.cohort is None

    SchoolClass.objects.filter(pk=town.first.pk).update(cohort=cohort)

    town.first.refresh_from_db()
    assert again(fund).cohort == cohort
    beside = SchoolClass.objects.create(year=town.first.year, school=town.school, name="1X", cohort=cohort)
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassFund.objects.create(school_class=beside)


def test_a_class_that_joins_children_who_have_a_fund_brings_no_second_one(town, fund):
    SchoolClass.objects.filter(pk=town.second.pk).update(cohort=None)
    ClassFund.objects.create(school_class=SchoolClass.objects.get(pk=town.second.pk))

    with pytest.raises(IntegrityError, match="cohort"), transaction.atomic():
        SchoolClass.objects.filter(pk=town.second.pk).update(cohort=town.first.cohort)


def test_a_row_counts_when_the_other_has_confirmed_it_and_not_before(town, fund):
    row = write(fund, town.amira, 50_000)
    assert again(fund).balance == 0

    actions.confirm_fund_row(row, by=town.jurgita)

    assert again(fund).balance == 50_000
    with pytest.raises(FundMoved):
        actions.confirm_fund_row(row, by=town.jurgita)


def test_nobody_confirms_their_own_row_not_even_the_database_does(town, fund):
    row = write(fund, town.amira)

    with pytest.raises(PermissionDenied):
        actions.confirm_fund_row(row, by=town.amira)
    with pytest.raises(IntegrityError, match="nobody_confirms_their_own_fund_row"), transaction.atomic():
        FundRow.objects.filter(pk=row.pk).update(state="counts", settled_by=row.written_by, settled_at=row.written_at)


@pytest.mark.parametrize("who", ["ben", "carla", "principal"])
def test_only_keepers_write_and_confirm(town, fund, who):
    row = write(fund, town.amira)

    for do in (
        lambda by: write(fund, by),
        lambda by: actions.confirm_fund_row(row, by=by),
        lambda by: actions.set_aside_fund_row(row, by=by),
    ):
        with pytest.raises(PermissionDenied):
            do(getattr(town, who))


def test_what_is_set_aside_never_counts(town, fund):
    row = write(fund, town.amira)
    actions.set_aside_fund_row(row, by=town.jurgita)

    with pytest.raises(FundMoved):
        actions.confirm_fund_row(row, by=town.jurgita)
    assert again(fund).balance == 0


def test_a_keeper_whose_child_has_left_is_none_any_more(town, fund):
    Enrolment.objects.filter(pupil=town.nora).update(valid_to=town.school.today() - timedelta(days=1))

    with pytest.raises(PermissionDenied):
        write(fund, town.amira)
    assert [keeper.person for keeper in fund.seated()] == [town.jurgita]
    assert not ClassFund.objects.visible_to(town.amira).exists()


# --- never below nothing, never changed ---


def test_more_than_there_is_is_refused_when_written_and_when_confirmed(town, fund):
    counted(fund, town.amira, town.jurgita, 50_000)
    with pytest.raises(actions.NotEnough):
        write(again(fund), town.amira, 50_001, kind="expense")
    one, other = (write(again(fund), town.amira, 30_000, kind="expense", what=what) for what in ("paper", "paint"))
    actions.confirm_fund_row(one, by=town.jurgita)

    with pytest.raises(actions.NotEnough):
        actions.confirm_fund_row(other, by=town.jurgita)

    assert again(fund).balance == 20_000
    with pytest.raises(IntegrityError), transaction.atomic():
        ClassFund.objects.filter(pk=fund.pk).update(balance=-1)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_spend_the_same_money(town, fund):
    counted(fund, town.amira, town.jurgita, 50_000)
    mine = write(again(fund), town.amira, 30_000, kind="expense")
    theirs = write(again(fund), town.jurgita, 30_000, kind="expense")
    told = []

    with transaction.atomic():
        actions.confirm_fund_row(mine, by=town.jurgita)
        other = in_a_thread(told, lambda: actions.confirm_fund_row(again(theirs), by=again(town.amira)))
        other.join(1)
        assert other.is_alive()
    other.join(30)

    assert told == [actions.NotEnough]
    assert again(fund).balance == 20_000


@pytest.mark.django_db(transaction=True)
def test_a_row_confirmed_twice_at_once_counts_once(town, fund):
    row = write(fund, town.amira, 50_000)
    told = []

    with transaction.atomic():
        actions.confirm_fund_row(row, by=town.jurgita)
        other = in_a_thread(told, lambda: actions.confirm_fund_row(again(row), by=again(town.jurgita)))
        other.join(1)
    other.join(30)

    assert told == [FundMoved]
    assert again(fund).balance == 50_000


@pytest.mark.parametrize(
    "change", [{"amount": 1}, {"what": "Else"}, {"kind": "gifts"}, {"on": "2020-01-01"}, {"state": "waiting"}]
)
def test_the_database_changes_no_row_that_counts(town, fund, change):
    row = counted(fund, town.amira, town.jurgita)

    with pytest.raises(IntegrityError), transaction.atomic():
        FundRow.objects.filter(pk=row.pk).update(**change)


def test_the_database_deletes_no_row_and_changes_no_words_of_one_that_waits(town, fund):
    row = write(fund, town.amira)

    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        FundRow.objects.filter(pk=row.pk).delete()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        FundRow.objects.filter(pk=row.pk).update(what="Else")


def test_a_mistake_is_undone_by_a_row_of_its_own_once(town, fund):
    row = counted(fund, town.amira, town.jurgita, 50_000)
    undoing = actions.reverse_fund_row(row, by=town.amira, what="Counted twice", not_names=[])
    assert again(fund).balance == 50_000
    with pytest.raises(FundMoved):
        actions.reverse_fund_row(row, by=town.jurgita, what="Counted twice", not_names=[])

    actions.confirm_fund_row(undoing, by=town.jurgita)

    assert again(fund).balance == 0
    assert again(row).amount == 50_000
    with pytest.raises(FundMoved):
        actions.reverse_fund_row(again(undoing), by=town.amira, what="Undone", not_names=[])


def test_an_undoing_that_was_set_aside_can_be_tried_again(town, fund):
    row = counted(fund, town.amira, town.jurgita)
    actions.set_aside_fund_row(
        actions.reverse_fund_row(row, by=town.amira, what="Wrong", not_names=[]), by=town.jurgita
    )

    assert actions.reverse_fund_row(row, by=town.amira, what="Wrong", not_names=[]).is_waiting


def test_money_that_is_spent_cannot_be_undone_as_income(town, fund):
    income = counted(fund, town.amira, town.jurgita, 50_000)
    counted(again(fund), town.amira, town.jurgita, 40_000, kind="expense")

    with pytest.raises(actions.NotEnough):
        actions.reverse_fund_row(again(income), by=town.amira, what="Wrong", not_names=[])


def test_what_it_holds_is_what_its_rows_say(town, fund):
    rows = [("bazaar", 50_000), ("grant", 100_001), ("expense", 70_050), ("gifts", 1)]
    made = [counted(again(fund), town.amira, town.jurgita, amount, kind=kind) for kind, amount in rows]
    write(again(fund), town.amira, 99_999)
    undoing = actions.reverse_fund_row(made[2], by=town.jurgita, what="Given back", not_names=[])
    actions.confirm_fund_row(undoing, by=town.amira)

    assert again(fund).balance == fund.rows.that_count().aggregate(all=Sum("amount"))["all"] == 150_002


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "bazaar", "amount": -1},
        {"kind": "expense", "amount": 1, "receipt": "1"},
        {"kind": "expense", "amount": -1},
        {"kind": "bazaar", "amount": 0},
        {"kind": "bazaar", "amount": 10_000_001},
        {"kind": "bazaar", "amount": 1, "what": ""},
    ],
)
def test_the_database_takes_no_row_that_cannot_be_true(town, fund, wrong):
    keeper = fund.keepers.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        FundRow.objects.create(
            **{"fund": fund, "on": town.school.today(), "what": "Waffles", "written_by": keeper} | wrong
        )


# --- handed on ---


def hand_over(town, fund, one=None, other=None):
    said = {"one": one or town.ben, "other": other or town.jurgita, "elected_on": town.school.today()}
    return actions.hand_over_fund(again(fund), by=town.jurgita, **said)


def test_it_goes_over_when_both_have_signed_and_nothing_is_written_meanwhile(town, fund):
    counted(fund, town.amira, town.jurgita, 50_000)
    waiting = write(again(fund), town.amira)
    over = hand_over(town, fund)
    assert over.balance == 50_000
    for do in (lambda: write(fund, town.amira), lambda: actions.confirm_fund_row(waiting, by=town.jurgita)):
        with pytest.raises(actions.BeingHandedOver):
            do()

    actions.sign_hand_over(over, by=town.amira)
    actions.sign_hand_over(over, by=town.amira)
    assert again(over).is_open
    actions.sign_hand_over(over, by=town.jurgita)

    assert not again(over).is_open
    assert [keeper.person for keeper in fund.seated()] == [town.ben, town.jurgita]
    with pytest.raises(PermissionDenied):
        write(again(fund), town.amira)
    actions.confirm_fund_row(again(waiting), by=town.ben)


def test_a_second_term_is_the_same_keeper_who_still_confirms_no_row_of_their_own(town, fund):
    waiting = write(fund, town.jurgita)
    over = hand_over(town, fund)
    for keeper in (town.amira, town.jurgita):
        actions.sign_hand_over(over, by=keeper)

    assert FundKeeper.objects.filter(person=town.jurgita).count() == 1
    with pytest.raises(PermissionDenied):
        actions.confirm_fund_row(again(waiting), by=town.jurgita)


def test_who_has_left_is_not_waited_for(town, fund):
    Enrolment.objects.filter(pupil=town.nora).update(valid_to=town.school.today() - timedelta(days=1))
    _ida, eva = make.family(town.first, pupil_name="Ida", adult_name="Eva")

    over = hand_over(town, fund, one=eva)
    assert over.is_open
    actions.sign_hand_over(over, by=town.jurgita)

    assert [keeper.person for keeper in fund.seated()] == [eva, town.jurgita]


def test_one_hand_over_at_a_time_and_a_mistake_is_dropped(town, fund):
    over = hand_over(town, fund)
    with pytest.raises(actions.BeingHandedOver):
        hand_over(town, fund)

    actions.drop_hand_over(over, by=town.jurgita)

    assert [keeper.person for keeper in fund.seated()] == [town.amira, town.jurgita]
    with pytest.raises(FundMoved):
        actions.sign_hand_over(over, by=town.amira)
    write(fund, town.amira)


@pytest.mark.parametrize("who", ["amira", "ben", "carla", "principal"])
def test_only_the_class_contact_hands_it_on(town, fund, who):
    with pytest.raises(PermissionDenied):
        actions.hand_over_fund(
            fund, by=getattr(town, who), one=town.ben, other=town.jurgita, elected_on=town.school.today()
        )


def test_it_goes_along_when_the_class_moves_up(town, fund):
    counted(fund, town.amira, town.jurgita)
    year = town.first.year
    type(year).objects.filter(pk=year.pk).update(
        starts_on=year.starts_on - timedelta(days=365), ends_on=town.school.today() - timedelta(days=1)
    )
    after = type(year).objects.create(
        school=town.school, starts_on=town.school.today(), ends_on=town.school.today() + timedelta(days=200)
    )
    moved = SchoolClass.objects.create(year=after, school=town.school, name="2A", grades=[2], cohort=town.first.cohort)
    Enrolment.objects.filter(school_class=town.first).update(school_class=moved, valid_from=town.school.today())

    fund = again(fund)

    assert fund.class_today == moved
    assert [keeper.person for keeper in fund.seated()] == [town.amira, town.jurgita]
    assert ClassFund.objects.visible_to(town.ben).get() == fund
    assert ClassFund.objects.managed_by(town.amira).get() == fund
