"""The municipality's own pages: a scheme is made, changed until it opens, tried, kept open and closed."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from grants import actions
from grants.models import GrantApplication, GrantScheme, SchoolBudget
from grants.models.applications import NotEligible
from grants.models.decisions import AlreadyAwarded
from grants.models.schemes import SchemeFixed, SchemeOverlaps
from grants.schemes import actions as schemes
from portal.ledger.models import Event
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering, planned_scheme
from tests.pages import address, as_, markup, text

page = partial(address, "grants")
OSLO = ZoneInfo("Europe/Oslo")

pytestmark = pytest.mark.django_db


def typed(today, **changed):
    """What the municipality types for the period that follows the one of the town."""
    starts = date(today.year + 2, 8, 1)
    said = {
        "title": "Sosiale samlinger i skolen – søknad om støtte",
        "amount": "1 000",
        "grades": ["1", "8"],
        "times": "1",
        "starts_on": starts.isoformat(),
        "ends_on": (starts + timedelta(days=300)).isoformat(),
        "opens_on": (today + timedelta(days=3)).isoformat(),
        "closes_on": "",
        "budget": "12.000,00",
        "payees": ["school", "class_account"],
        "conditions": ["whole_class", "alcohol_free"],
        "more_conditions": "Dere rydder etter dere.\nDere deler bildene bare med klassen.",
        "report_days": "30",
        "answer_days": "14",
        "pay_days": "7",
        "appeal_body": "Granvik klagenemnd",
        "appeal_weeks": "3",
    }
    return said | changed


@pytest.fixture
def planned(town):
    return planned_scheme(town.scheme)


# Made, seen and changed


def test_an_officer_makes_a_scheme_and_reads_it(town):
    maja = as_(town.officer)
    made = maja.post(page("scheme_add", town.school.municipality_id), typed(timezone.localdate()), follow=True)

    scheme = GrantScheme.objects.exclude(pk=town.scheme.pk).get()
    assert (scheme.amount, scheme.budget, scheme.grades, scheme.times) == (100_000, 1_200_000, [1, 8], 1)
    assert (scheme.country, scheme.closes_on, scheme.payees) == ("NO", scheme.ends_on, ["school", "class_account"])
    shown = text(made)
    assert "Nobody can apply yet" in shown
    assert "Dere rydder etter dere." in shown
    assert str(scheme) in text(maja.get(page("scheme_list")))
    assert page("scheme_list") in markup(maja.get(page("application_list")))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"opens_on": "today"}, "at the earliest, so that you can try it first"),
        ({"ends_on": "2020-01-01"}, "The period must end after it begins"),
        ({"closes_on": "2020-01-01"}, "The last day to apply comes after the day it opens"),
        ({"closes_on": "2090-01-01"}, "The last day to apply must be in the period"),
        ({"grades": []}, "Choose an answer"),
        ({"payees": []}, "Choose an answer"),
        ({"conditions": []}, "Choose an answer"),
        ({"times": "0"}, "Write 1 at least"),
        ({"times": "9"}, "Write 4 at most"),
        ({"amount": "-1"}, "Write the amount with digits"),
        ({"amount": "1e3"}, "Write the amount with digits"),
        ({"amount": "0"}, "The amount is too low"),
        ({"more_conditions": "Dere rydder. Dere vasker."}, "Write one sentence on each line"),
        ({"more_conditions": "x" * 201}, "each of at most 200 characters"),
        ({"appeal_body": ""}, "Fill in"),
    ],
)
def test_what_does_not_fit_is_said_beside_the_field_and_nothing_typed_is_lost(town, changed, said):
    today = timezone.localdate()
    changed = {name: today.isoformat() if value == "today" else value for name, value in changed.items()}
    shown = as_(town.officer).post(
        page("scheme_add", town.school.municipality_id), typed(today, title="Uvanlig navn", **changed)
    )

    assert said in text(shown)
    assert "Uvanlig navn" in markup(shown)
    assert GrantScheme.objects.count() == 1


def test_each_condition_is_one_sentence_of_its_own(town, planned):
    """G16: a line is a sentence, and a sentence a line, on the form, on paper and in the letter."""
    as_(town.officer).post(
        page("scheme_edit", planned.pk),
        typed(
            timezone.localdate(),
            starts_on=planned.starts_on,
            ends_on=planned.ends_on,
            more_conditions="Dere rydder, f. eks. før kl. 20.\n\n  Dere vasker!  ",
        ),
    )
    planned.refresh_from_db()

    assert planned.conditions_in_words()[-2:] == ["Dere rydder, f. eks. før kl. 20.", "Dere vasker!"]


def test_the_municipality_is_not_asked_for_a_country_that_it_has_no_school_in(town):
    maja, at = as_(town.officer), page("scheme_add", town.school.municipality_id)
    assert "country" not in maja.get(at).context["form"].fields

    make.school("Engskolen", within=town.school.municipality, country="DK")
    assert "country" in maja.get(at).context["form"].fields


def test_until_it_opens_everything_can_be_changed(town, planned):
    values = typed(timezone.localdate(), starts_on=planned.starts_on, ends_on=planned.ends_on, amount="750")
    as_(town.officer).post(page("scheme_edit", planned.pk), values)
    planned.refresh_from_db()

    assert (planned.amount, planned.title) == (75_000, values["title"])
    assert Event.objects.about(planned).filter(verb="grants.scheme_changed").count() == 1


def test_from_the_day_it_opens_what_it_offers_stands(town):
    maja, at = as_(town.officer), page("scheme_edit", town.scheme.pk)
    shown = maja.get(at)
    assert set(shown.context["form"].fields) == {"closes_on", "budget", "seen"}
    assert "Only the last day to apply and the money can be changed" in text(shown)

    later = {"amount": "5", "grades": ["3"], "closes_on": town.scheme.closes_on.isoformat(), "budget": "9000"}
    maja.post(at, later)
    town.scheme.refresh_from_db()
    assert (town.scheme.amount, town.scheme.grades, town.scheme.budget) == (100_000, [1, 8], 900_000)
    with pytest.raises(SchemeFixed):
        schemes.change_scheme(town.scheme, by=town.officer, amount=5)


def test_it_cannot_be_changed_to_open_before_it_could_be_tried(town, planned):
    with pytest.raises(SchemeFixed):
        schemes.change_scheme(planned, by=town.officer, opens_on=timezone.localdate())


def test_two_schemes_never_share_a_day(town, planned):
    with pytest.raises(SchemeOverlaps):
        schemes.change_scheme(planned, by=town.officer, starts_on=town.scheme.ends_on)
    shown = as_(town.officer).post(
        page("scheme_add", town.school.municipality_id),
        typed(timezone.localdate(), starts_on=planned.starts_on, ends_on=planned.ends_on),
    )
    assert "There is a scheme in this period already" in text(shown)


def test_no_change_reaches_what_is_sent(town, sent):
    """Not even around the pages: the database keeps the terms under which somebody has applied."""
    for change in ({"amount": 1}, {"conditions": ["social"]}, {"report_days": 1}, {"payees": ["school"]}, {"times": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GrantScheme.objects.filter(pk=town.scheme.pk).update(**change)
    schemes.extend_scheme(town.scheme, by=town.officer, closes_on=town.scheme.ends_on, budget=800_000)
    schemes.close_scheme(town.scheme, by=town.officer)
    sent.refresh_from_db()

    assert sent.status == "submitted"


def test_of_two_officers_the_second_is_told_what_the_first_has_saved(town):
    maja, at = as_(town.officer), page("scheme_edit", town.scheme.pk)
    seen = maja.get(at).context["form"]["seen"].value()
    other = make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality, "Ola", "Lie")
    schemes.extend_scheme(town.scheme, by=other, closes_on=town.scheme.closes_on, budget=700_000)

    shown = maja.post(at, {"closes_on": town.scheme.closes_on.isoformat(), "budget": "9000", "seen": seen})
    assert "Ola Lie has saved something else meanwhile" in text(shown)
    assert "9000" in markup(shown)


# The last day


def test_the_last_day_is_moved_to_a_later_one_and_never_back(town):
    GrantScheme.objects.update(closes_on=timezone.localdate() + timedelta(days=5))
    town.scheme.refresh_from_db()
    schemes.extend_scheme(town.scheme, by=town.officer, closes_on=town.scheme.ends_on, budget=None)
    assert town.scheme.closes_on == town.scheme.ends_on

    for wrong in (town.scheme.ends_on - timedelta(days=1), town.scheme.ends_on + timedelta(days=1)):
        with pytest.raises(SchemeFixed):
            schemes.extend_scheme(town.scheme, by=town.officer, closes_on=wrong, budget=None)


def test_closed_tonight_it_takes_no_more_and_can_be_opened_again(town):
    maja = as_(town.officer)
    shown = maja.post(page("scheme_close", town.scheme.pk), follow=True)
    town.scheme.refresh_from_db()
    assert town.scheme.closes_on == town.scheme.today()
    assert "Today is the last day to apply." in text(shown)

    with pytest.raises(SchemeFixed):
        schemes.close_scheme(town.scheme, by=town.officer)
    with time_machine.travel(timezone.localtime() + timedelta(days=1)), pytest.raises(NotEligible):
        actions.draft_application(town.gathering, by=town.zofia)
    schemes.extend_scheme(town.scheme, by=town.officer, closes_on=town.scheme.ends_on, budget=None)
    assert actions.draft_application(town.gathering, by=town.zofia)


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (datetime(2027, 4, 14, 23, 30, tzinfo=OSLO), True),  # 21:30 on the server
        (datetime(2027, 4, 15, 0, 30, tzinfo=OSLO), False),  # still the 14th on the server, in UTC
        (datetime(2027, 3, 1, 0, 30, tzinfo=OSLO), True),  # the last of February on the server
        (datetime(2027, 2, 28, 23, 30, tzinfo=OSLO), False),
    ],
)
def test_the_day_is_that_of_the_school_and_not_of_the_server(town, at, may):
    with time_machine.travel(datetime(2027, 2, 1, 12, tzinfo=OSLO)):
        planned = gathering(town.first, "Vår", days=80)
    GrantScheme.objects.update(
        starts_on=date(2027, 1, 1), ends_on=date(2027, 7, 31), opens_on=date(2027, 3, 1), closes_on=date(2027, 4, 14)
    )

    with time_machine.travel(at, tick=False):
        if may:
            assert actions.draft_application(planned, by=town.zofia).pk
        else:
            with pytest.raises(NotEligible):
                actions.draft_application(planned, by=town.zofia)


# How often


def test_twice_where_the_scheme_says_twice_and_never_three_times(town):
    GrantScheme.objects.update(times=2)
    town.scheme.refresh_from_db()
    for title in ("Høst", "Vår"):
        application = applied(gathering(town.first, title), town.zofia)
        actions.take_up_application(application, by=town.principal)
        actions.decide_application(application, by=town.principal, result="approved", amount=100_000)

    assert sorted(GrantApplication.objects.values_list("award_number", flat=True)) == [1, 2]
    with pytest.raises(NotEligible):
        actions.draft_application(gathering(town.first, "Ei gong til"), by=town.zofia)


def test_the_database_itself_refuses_an_award_too_many(town, in_review):
    second = applied(gathering(town.first, "Bål"), town.amir)
    actions.take_up_application(second, by=town.deputy)
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)

    with pytest.raises(AlreadyAwarded):
        actions.decide_application(second, by=town.deputy, result="approved", amount=100_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantApplication.objects.filter(pk=second.pk).update(status="approved", decided_at=timezone.now())


# Last year's, copied


def test_last_years_is_the_next_ones_beginning_with_its_shares(town):
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 300_000})
    maja, at = as_(town.officer), page("scheme_copy", town.scheme.pk)
    form = maja.get(at).context["form"]
    values = {name: form[name].value() for name in form.fields if name != "country"}
    assert values["starts_on"] == town.scheme.starts_on.replace(year=town.scheme.starts_on.year + 1)

    said = {name: "" if value is None else value for name, value in values.items() if value is not False}
    maja.post(at, said)
    made = GrantScheme.objects.exclude(pk=town.scheme.pk).get()
    assert (made.amount, made.grades, made.conditions) == (
        town.scheme.amount,
        town.scheme.grades,
        town.scheme.conditions,
    )
    assert SchoolBudget.objects.get(scheme=made).amount == 300_000


def test_a_copy_without_the_shares_has_none(town):
    schemes.share_out(town.scheme, by=town.officer, amounts={town.school: 300_000})
    today = timezone.localdate()
    as_(town.officer).post(page("scheme_copy", town.scheme.pk), typed(today))

    assert not SchoolBudget.objects.filter(scheme__starts_on__gt=today).exists()


# Who


def test_another_municipality_is_not_found_and_a_principal_is_told_whose_page_it_is(town, planned):
    stranger = as_(make.holder(Role.Kind.MUNICIPALITY_OFFICER, make.school("Langt borte").municipality, "Pål", "Vik"))
    principal = as_(town.principal)
    for name in ("scheme_show", "scheme_edit", "scheme_copy", "scheme_close", "scheme_shares", "scheme_try"):
        assert stranger.get(page(name, planned.pk)).status_code == 404
        assert stranger.post(page(name, planned.pk)).status_code in (404, 405)
        assert principal.get(page(name, planned.pk)).status_code == 403
    assert stranger.get(page("scheme_add", town.school.municipality_id)).status_code == 404
    for act, given in (
        (schemes.change_scheme, {"amount": 1}),
        (schemes.extend_scheme, {"closes_on": planned.ends_on, "budget": None}),
        (schemes.close_scheme, {}),
        (schemes.share_out, {"amounts": {}}),
    ):
        with pytest.raises(PermissionDenied):
            act(planned, by=town.principal, **given)
