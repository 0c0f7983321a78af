"""Reach everyone: one list by need, a next step on each row, three taps to write down what came of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks import actions, queries
from networks.models import Contact, Gathering
from portal.messaging.links import link_for
from portal.messaging.models import Delivery, Notice, naming
from portal.people.models import AddressProtection, DirectoryChoice, Household, Person, the_portal
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text


@once
def homes(town, bonfire):
    """Four more homes of the class, by first name."""
    return {
        name: make.family(town.first, adult_name=name, family_name=name)[1] for name in ("Eva", "Finn", "Gro", "Hans")
    }


def rows(town, gathering):
    return queries.list_to_reach(queries.board_of(gathering, town.jurgita), town.jurgita, may_print=True).rows


def row_of(town, gathering, adult):
    return next((one for one in rows(town, gathering) if one.row.household_id == adult.household_id), None)


def answer(gathering, adult, said):
    return actions.answer(gathering, by=adult, household=adult.household, answer=said)


def call(town, gathering, adult, kind="call", outcome="none"):
    return actions.log_contact(gathering, by=town.jurgita, household=adult.household, kind=kind, outcome=outcome)


def held_before(town, *came, invited=()):
    """A gathering of the class a month ago."""
    made = make.published(town.first, by=town.jurgita, title="Sledging")
    for adult in came:
        answer(made, adult, "yes")
    begun = timezone.now() - timedelta(days=30)
    times = {"answer_by": begun - timedelta(days=2), "starts_at": begun, "ends_at": begun + timedelta(hours=2)}
    Gathering.objects.filter(pk=made.pk).update(**times)
    return made


def without_address(adult):
    Person.objects.filter(pk=adult.pk).update(email="", phone="")


def test_the_list_stands_in_the_order_of_need(town, bonfire, homes):
    held_before(town, town.amira, town.ben, homes["Eva"], homes["Finn"], homes["Hans"])
    without_address(town.ben)
    Household.objects.filter(pk=town.amira.household_id).update(prefers_call=True)
    call(town, bonfire, homes["Eva"], outcome="help")
    answer(bonfire, homes["Finn"], "maybe")
    answer(bonfire, homes["Gro"], "no")

    needs = [(one.need, one.row.adults) for one in rows(town, bonfire)]

    assert needs == [
        ("address", ["Ben"]),
        ("call", ["Amira"]),
        ("silent", ["Hans"]),
        ("talked", ["Eva"]),
        ("maybe", ["Finn"]),
        ("absent", ["Gro"]),
    ]


@pytest.mark.parametrize(("said", "listed"), [("yes", False), ("no", True)])
def test_who_did_not_come_last_time_and_cannot_now_stands_last(town, bonfire, said, listed):
    held_before(town, town.amira)
    answer(bonfire, town.ben, said)

    assert (row_of(town, bonfire, town.ben) is not None) is listed


def test_a_home_that_came_last_time_and_cannot_now_is_left_alone(town, bonfire):
    held_before(town, town.amira, town.ben)
    answer(bonfire, town.ben, "no")

    assert row_of(town, bonfire, town.ben) is None


def test_who_was_not_in_the_class_last_time_has_not_stayed_away(town, bonfire):
    held_before(town, town.amira)
    _child, new = make.family(town.first, adult_name="New", family_name="New")
    answer(bonfire, new, "no")

    assert row_of(town, bonfire, new) is None


def test_nobody_has_stayed_away_when_it_is_forgotten_who_came(town, bonfire):
    made = held_before(town, town.amira)
    actions.forget_answers(made, by=the_portal())
    answer(bonfire, town.ben, "no")

    assert row_of(town, bonfire, town.ben) is None


def test_a_cancelled_gathering_is_none_to_stay_away_from(town, bonfire):
    made = held_before(town, town.amira)
    Gathering.objects.filter(pk=made.pk).update(state="cancelled", cancelled_at=timezone.now())
    answer(bonfire, town.ben, "no")

    assert row_of(town, bonfire, town.ben) is None


def test_whether_somebody_opened_it_is_shown_to_nobody(town, bonfire):
    notice = Notice.objects.create(
        **naming(bonfire),
        kind="networks.gathering_invited",
        recipient=town.amira,
        category="invitations",
        not_before=timezone.now(),
        state="told",
        told_at=timezone.now(),
        read_at=timezone.now(),
    )
    now = timezone.now()
    Delivery.objects.create(notice=notice, channel="email", state="sent", next_try_at=now, sent_at=now)
    link = link_for(town.amira, bonfire, purpose="networks.answer")
    type(link).objects.update(opened_at=timezone.now())

    shown = [text(as_(town.jurgita).get(address("networks", page, bonfire.pk))) for page in PAGES]

    assert row_of(town, bonfire, town.amira).row.reach == "sent"
    assert not [page for page in shown if "opened" in page.lower()]


PAGES = ("gathering_reach", "gathering_organise")


@pytest.mark.parametrize(
    ("kind", "outcome", "step"),
    [
        ("sms", "none", "call"),
        ("call", "none", "bridge"),
        ("met", "none", "bridge"),
        ("bridge", "none", "along"),
        ("along", "none", "call"),
        ("call", "lift", None),
        ("call", "help", "help"),
        ("call", "thinking", "again"),
        ("call", "coming", None),
    ],
)
def test_what_was_tried_leads_to_the_next_step(town, bonfire, kind, outcome, step):
    call(town, bonfire, town.amira, kind, outcome)

    one = row_of(town, bonfire, town.amira)

    assert (one and one.step) == step


def test_a_maybe_that_needs_a_lift_is_found_one(town, bonfire):
    answer(bonfire, town.amira, "maybe")
    actions.detail_answer(bonfire, by=town.amira, household=town.amira.household, adults=1, pupils=[], lift="need")

    assert row_of(town, bonfire, town.amira).step == "lift"
    assert address("networks", "lift_list", bonfire.pk) in markup(reach_page(town, bonfire))


def reach_page(town, gathering):
    return as_(town.jurgita).get(address("networks", "gathering_reach", gathering.pk))


def test_each_way_and_each_outcome_can_be_written_down(town, bonfire, homes):
    for kind in Contact.Kind:
        for outcome in Contact.Outcome:
            call(town, bonfire, homes["Eva"], kind, outcome)
            homes["Eva"].household  # noqa: B018
            bonfire.rsvps.all().delete()

    assert bonfire.contacts.count() == len(Contact.Kind) * len(Contact.Outcome)


def test_another_time_is_a_no_and_reaches_them(town, bonfire):
    call(town, bonfire, town.amira, outcome="next")

    rsvp = bonfire.rsvps.get()
    assert (rsvp.answer, rsvp.on_behalf, rsvp.by_office) == ("no", True, False)


@pytest.mark.parametrize("shares", [True, False])
def test_a_text_message_is_suggested_only_where_the_number_is_shared(town, bonfire, shares):
    Person.objects.filter(pk=town.amira.pk).update(phone="+4790000001")
    if shares:
        DirectoryChoice.objects.create(person=town.amira, field="phone")

    assert row_of(town, bonfire, town.amira).step == ("sms" if shares else "call")


def test_a_home_that_wants_to_be_called_stands_on_the_list_of_calls_by_itself(town, bonfire):
    Household.objects.filter(pk=town.amira.household_id).update(prefers_call=True)

    shown = text(reach_page(town, bonfire))

    assert row_of(town, bonfire, town.amira).step == "call"
    assert "Please call, do not write" in shown


def test_of_a_protected_family_the_list_says_only_that_the_school_reaches_it(town, bonfire):
    AddressProtection.objects.create(person=town.nora, grade="strict", alias="Sky", valid_from=timezone.localdate())
    Household.objects.filter(pk=town.amira.household_id).update(prefers_call=True)
    without_address(town.amira)

    found = [one for one in rows(town, bonfire) if one.row.family.protected]

    assert {one.step for one in found} == {"office"}
    assert not [one for one in found if one.need == "call"]
    assert "Please call, do not write" not in text(reach_page(town, bonfire))


def test_the_counter_counts_answers_and_talks_and_no_letters(town, bonfire):
    without_address(town.ben)
    assert "1 of 3 families are reached" in text(reach_page(town, bonfire))

    actions.print_letters(bonfire, by=town.jurgita)
    assert "1 of 3 families are reached" in text(reach_page(town, bonfire))
    call(town, bonfire, town.amira, outcome="help")
    assert "2 of 3 families are reached" in text(reach_page(town, bonfire))
    answer(bonfire, town.ben, "no")
    assert "All families are reached" in text(reach_page(town, bonfire))


def test_three_taps_write_down_what_came_of_a_call(town, bonfire):
    browser = as_(town.jurgita)
    page = address("networks", "home_reach", bonfire.pk, town.amira.household_id)
    assert page in markup(reach_page(town, bonfire))  # the first tap

    shown = markup(browser.get(page))
    assert 'value="call"' in shown  # is chosen already, another kind is the second tap
    answer = browser.post(page, {"kind": "call", "outcome": "coming"})  # the last

    assert answer.status_code == 302
    assert bonfire.rsvps.get().on_behalf


def test_the_list_is_for_organisers_alone(town, bonfire):
    for person in (town.amira, town.ben, town.principal):
        assert as_(person).get(address("networks", "gathering_reach", bonfire.pk)).status_code == 403


@pytest.mark.parametrize("protected", [False, True])
def test_at_most_twelve_queries_for_three_homes_and_for_thirty(town, bonfire, protected):
    held_before(town, town.amira)
    counts = []
    for homes in (3, 30):
        for number in range(homes):
            _child, adult = make.family(town.first, family_name=f"F{homes}x{number}", adult_name=f"A{homes}x{number}")
            if number % 3 == 1:
                without_address(adult)
            if number % 3 == 2:
                call(town, bonfire, adult)
        if protected and homes == 3:
            AddressProtection.objects.create(person=town.nora, grade="strict", valid_from=timezone.localdate())
        gathering = Gathering.objects.select_related("school_class__school").get(pk=bonfire.pk)
        with CaptureQueriesContext(connection) as asked:
            board = queries.board_of(gathering, town.jurgita)
            queries.list_to_reach(board, town.jurgita, may_print=True)
            queries.greeting(board, town.jurgita)
            queries.reminder_arrives(board)
        browser = as_(town.jurgita)
        with CaptureQueriesContext(connection) as whole:
            browser.get(address("networks", "gathering_reach", bonfire.pk))
        counts.append((len(asked), len(whole)))
    assert counts[0] == counts[1]
    assert counts[1][0] <= 12
