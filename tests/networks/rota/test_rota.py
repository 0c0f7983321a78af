"""Whose turn it is: drawn fairly, asked in one message, passed once without a reason, and seen by nobody who need not."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from networks import actions
from networks.models import Helper, NotNow, Turn
from networks.rota.halves import half_around, half_today, last_half
from networks.rota.line import placed
from networks.rota.queries import rota_page, turns_on_page
from networks.rota.tasks import begin_turns, tidy_turns
from networks.tasks import begin_turns as of_the_clock
from portal.messaging.models import Notice
from portal.people.models import AddressProtection, Enrolment, Household, the_portal
from tests import make
from tests.ground import once
from tests.networks.agreements.conftest import town as town_of_seven
from tests.networks.test_notices import letter, still_wanted, told
from tests.networks.test_pages import page
from tests.networks.test_todos import waiting
from tests.pages import as_, text
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db
town = town_of_seven


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@once
def drawn(town):
    actions.draw_rota(town.first, by=town.jurgita)
    return town


def turn_of(person):
    return Turn.objects.exclude(state="passed").get(household=person.household)


def asked(town, person=None, half=None):
    turn = turn_of(person or town.amira)
    Turn.objects.filter(pk=turn.pk).update(half=half or half_today(town.first))
    turn.refresh_from_db()
    if not turn.is_asked:  # the lot may have made it the next in line
        actions.ask_home(turn, by=town.jurgita)
    turn.refresh_from_db()
    return turn


def say(turn, person, is_accepted):
    actions.answer_turn(turn, by=person, is_accepted=is_accepted)
    turn.refresh_from_db()


def protect(person):
    AddressProtection.objects.create(person=person, grade="strict", valid_from=timezone.localdate())


def on_page(town, reader):
    return text(as_(reader).get(page_of_class(town)))


def page_of_class(town):
    return f"/classes/{town.first.pk}/"


def test_every_home_gets_one_turn_two_in_each_half_year(drawn):
    turns = list(Turn.objects.all())

    assert {turn.household for turn in turns} == {person.household for person in drawn.homes}
    halves = sorted(turn.half for turn in turns)
    now = half_today(drawn.first)
    assert halves == [now, now, now + 1, now + 1, now + 2, now + 2, now + 3]


def test_what_is_drawn_stays_and_a_new_home_comes_after(drawn):
    before = dict(Turn.objects.values_list("household", "half"))
    with pytest.raises(NotNow, match="no turn to draw"):
        actions.draw_rota(drawn.first, by=drawn.jurgita)
    _child, new = make.family(drawn.first, pupil_name="New", adult_name="Nina")

    actions.draw_rota(drawn.first, by=drawn.jurgita)

    assert before.items() <= dict(Turn.objects.values_list("household", "half")).items()
    assert turn_of(new).half == max(before.values())


def test_three_share_a_half_year_where_the_class_leaves_school_too_soon():
    assert placed(range(6), range(10, 12), {}, set()) == [(0, 10), (1, 10), (2, 10), (3, 11), (4, 11), (5, 11)]
    assert placed(range(8), range(10, 12), {}, set())[-1] == (5, 11)
    assert placed(range(3), range(10, 12), {}, {(0, 10)}) == [(0, 11), (1, 10), (2, 10)]


def test_a_home_with_children_in_two_classes_has_not_two_turns_in_one_half_year(drawn):
    sister = make.pupil("Sister", "Warsame", in_class=drawn.second)
    make.confirmed(drawn.amira, sister)
    make.role(drawn.carla, "class_contact", drawn.second)

    actions.draw_rota(drawn.second, by=drawn.carla)

    halves = list(Turn.objects.filter(household=drawn.amira.household).values_list("half", flat=True))
    assert len(halves) == len(set(halves)) == 2


def test_who_has_had_a_turn_in_another_class_comes_last(town):
    sister = make.pupil("Sister", "Warsame", in_class=town.second)
    make.confirmed(town.amira, sister)
    had = {"state": "accepted", "asked_at": timezone.now(), "half": half_today(town.first) - 2}
    Turn.objects.create(cohort=town.second.cohort, household=town.amira.household, **had)

    actions.draw_rota(town.first, by=town.jurgita)

    last = Turn.objects.filter(cohort=town.first.cohort).order_by("half").last()
    assert last.household == town.amira.household


def test_twins_are_one_home_and_a_restricted_guardian_has_no_turn(town):
    make.confirmed(town.amira, make.pupil("Noa", "Warsame", in_class=town.first))
    make.restricted(town.ben, town.nora)

    actions.draw_rota(town.first, by=town.jurgita)

    assert Turn.objects.filter(household=town.amira.household).count() == 1
    assert not Turn.objects.filter(household=town.ben.household).exists()


@pytest.mark.parametrize("who", ["amira", "carla", "teacher", "principal"])
def test_only_the_class_contact_draws_asks_and_moves(drawn, who):
    by, turn = getattr(drawn, who), turn_of(drawn.ben)
    for change in (
        lambda: actions.draw_rota(drawn.first, by=by),
        lambda: actions.ask_home(turn, by=by),
        lambda: actions.move_turn(turn, by=by, half=turn.half + 1),
    ):
        with pytest.raises(PermissionDenied):
            change()


def test_nobody_answers_for_another_home(drawn):
    turn = asked(drawn)

    for by in (drawn.ben, drawn.jurgita, drawn.carla, drawn.teacher):
        with pytest.raises(PermissionDenied):
            actions.answer_turn(turn, by=by, is_accepted=True)


def test_asking_is_one_message_to_the_home_and_no_other(drawn):
    turn = asked(drawn)

    assert told("networks.turn_asked") == {"Amira"}
    said = letter("networks.turn_asked", drawn.amira)
    assert "pass once" in said.lines[1]
    assert Notice.objects.filter(kind="networks.turn_asked").count() == 1
    say(turn, drawn.amira, True)
    assert not still_wanted("networks.turn_asked", drawn.amira)


def test_passing_asks_the_next_in_line_and_nobody_reads_who_passed(drawn):
    turn, now = asked(drawn), half_today(drawn.first)
    following = Turn.objects.planned().filter(half__gt=now).order_by("half", "pk").first()
    later = following.half

    say(turn, drawn.amira, False)

    following.refresh_from_db()
    assert (following.state, following.half) == ("asked", now)
    assert turn_of(drawn.amira).half == later
    for reader in (drawn.jurgita, drawn.teacher, drawn.homes[3]):
        assert turns_on_page(drawn.first, reader).names == []
    shown = text(as_(drawn.jurgita).get(page("rota_show", drawn.first.pk)))
    assert "pass" not in shown.lower()


def test_who_has_passed_is_not_asked_again_for_the_same_half_year(drawn):
    now = half_today(drawn.first)
    say(asked(drawn), drawn.amira, False)
    Turn.objects.planned().exclude(household=drawn.amira.household).update(half=now + 5)
    Turn.objects.planned().filter(household=drawn.amira.household).update(half=now + 1)

    say(asked(drawn, drawn.ben), drawn.ben, False)

    assert turn_of(drawn.amira).state == "planned"


def test_a_home_passes_once_and_then_calls(drawn):
    say(asked(drawn), drawn.amira, False)
    again = asked(drawn)

    with pytest.raises(NotNow, match="pass once"):
        actions.answer_turn(again, by=drawn.amira, is_accepted=False)
    shown = on_page(drawn, drawn.amira)
    assert "We take it" in shown
    assert "Pass this time" not in shown


def test_the_database_keeps_one_turn_ahead_and_one_pass_for_each_home(drawn):
    turn = turn_of(drawn.amira)
    own = {"cohort": turn.cohort, "household": turn.household, "half": turn.half}
    with pytest.raises(IntegrityError, match="one_turn_ahead_for_each_home"), transaction.atomic():
        Turn.objects.create(**own)
    passed = {**own, "state": "passed", "asked_at": timezone.now()}
    Turn.objects.create(**passed)
    with pytest.raises(IntegrityError, match="a_home_passes_once"), transaction.atomic():
        Turn.objects.create(**passed)
    with pytest.raises(IntegrityError, match="a_turn_is_asked_before_it_is_answered"), transaction.atomic():
        Turn.objects.filter(pk=turn.pk).update(state="accepted")
    accepted = {**own, "state": "accepted", "asked_at": timezone.now()}
    Turn.objects.create(**accepted)
    with pytest.raises(IntegrityError, match="one_turn_for_each_home_and_half_year"), transaction.atomic():
        Turn.objects.create(**accepted)


@pytest.mark.django_db(transaction=True)
def test_two_who_pass_at_once_do_not_have_the_same_home_asked_for_both(town):
    actions.draw_rota(town.first, by=town.jurgita)
    first, second, done = asked(town), asked(town, town.ben), []

    def other():
        actions.answer_turn(Turn.objects.get(pk=second.pk), by=town.ben, is_accepted=False)
        return "yes"

    with transaction.atomic():
        actions.answer_turn(first, by=town.amira, is_accepted=False)
        pressed = in_a_thread(done, other)
    pressed.join(20)

    asked_now = Turn.objects.asked().filter(half=half_today(town.first))
    assert done
    assert len({turn.household_id for turn in asked_now} - {town.amira.household_id, town.ben.household_id}) == 2


def test_the_class_reads_only_who_has_said_yes_to_the_next_turn(drawn):
    say(asked(drawn), drawn.amira, True)
    asked(drawn, drawn.ben)

    said = turns_on_page(drawn.first, drawn.homes[3])
    assert (said.names, said.own) == (["Warsame"], None)
    assert turns_on_page(drawn.first, drawn.teacher).names == ["Warsame"]
    assert turns_on_page(drawn.first, drawn.ben).names == []  # the child's other home


def test_a_protected_home_takes_part_and_no_other_family_reads_it(drawn):
    turn = asked(drawn)
    protect(drawn.amira)

    say(turn, drawn.amira, True)

    for reader in (drawn.homes[3], drawn.jurgita, drawn.teacher, drawn.ben):
        assert turns_on_page(drawn.first, reader).names == []
        assert "Warsame" not in on_page(drawn, reader)
    assert turns_on_page(drawn.first, drawn.amira).own == turn
    shown = text(as_(drawn.jurgita).get(page("rota_show", drawn.first.pk)))
    assert "Warsame" not in shown
    assert "Family (protected)" in shown


def test_whoever_must_know_nothing_of_a_child_does_not_read_its_home(drawn):
    say(asked(drawn), drawn.amira, True)
    reader = drawn.homes[3]
    make.confirmed(reader, drawn.nora)
    make.restricted(reader, drawn.nora)

    assert turns_on_page(drawn.first, reader).names == []


def test_the_contact_reads_who_has_had_a_turn_and_not_how_often_one_passed(drawn):
    had = {"state": "accepted", "asked_at": timezone.now(), "half": half_today(drawn.first) - 1}
    Turn.objects.filter(household=drawn.amira.household).update(**had)
    passed = {"state": "passed", "asked_at": timezone.now(), "half": half_today(drawn.first)}
    Turn.objects.create(cohort=drawn.first.cohort, household=drawn.ben.household, **passed)

    shown = rota_page(drawn.first, drawn.jurgita)

    assert shown.had == ["Warsame (Amira)"]
    assert all(row.turn.state != "passed" for half in shown.halves for row in half.rows)


def test_the_contact_moves_a_turn_to_a_half_year_to_come_and_to_no_other(drawn):
    turn, now = asked(drawn), half_today(drawn.first)

    for half in (now - 1, last_half(drawn.first) + 1):
        with pytest.raises(NotNow, match="to come"):
            actions.move_turn(turn, by=drawn.jurgita, half=half)
    actions.move_turn(turn, by=drawn.jurgita, half=now + 1)
    turn.refresh_from_db()
    assert (turn.half, turn.state, turn.asked_at) == (now + 1, "planned", None)
    answered = as_(drawn.jurgita).post(page("turn_move", turn.pk), {"half": now + 2})
    assert answered.status_code == 302
    turn.refresh_from_db()
    assert turn.half == now + 2


def test_the_asked_home_has_it_on_its_first_page_until_it_answers(drawn):
    turn = asked(drawn)
    assert any("help with a gathering" in one for one in waiting(drawn.amira, "parent"))
    assert not any("help with a gathering" in one for one in waiting(drawn.ben, "parent"))

    as_(drawn.amira).post(page("turn_answer", turn.pk), {"said": "take"})

    assert turn_of(drawn.amira).is_accepted
    assert not any("help with a gathering" in one for one in waiting(drawn.amira, "parent"))
    assert "Your home has the turn" in on_page(drawn, drawn.amira)


def test_after_two_weeks_it_waits_for_the_contact_and_the_home_is_not_reminded(drawn):
    turn = asked(drawn)
    assert not any("has not answered about its turn" in one for one in waiting(drawn.jurgita, "class_contact"))

    Turn.objects.filter(pk=turn.pk).update(asked_at=timezone.now() - timedelta(days=15))

    assert any("1 home has not answered about its turn" in one for one in waiting(drawn.jurgita, "class_contact"))
    assert told("networks.turn_asked") == {"Amira"}
    assert Notice.objects.filter(kind="networks.turn_asked").count() == 1


def test_when_the_turn_comes_whoever_said_yes_helps_with_that_gathering_and_is_told(drawn):
    gathering = make.gathering(drawn.first, by=drawn.jurgita)
    turn = asked(drawn, half=half_around(gathering))
    say(turn, drawn.amira, True)

    of_the_clock()
    begin_turns()

    assert list(Helper.objects.values_list("person__given_name", "gathering")) == [("Amira", gathering.pk)]
    assert told("networks.turn_begun") == {"Amira"}


def test_begin_turns_makes_one_helper_though_it_runs_twice(drawn):
    gathering = make.gathering(drawn.first, by=drawn.jurgita)
    make.gathering(drawn.first, by=drawn.jurgita, title="Another", days=22)
    say(asked(drawn, half=half_around(gathering)), drawn.amira, True)

    begin_turns()
    begin_turns()

    assert Helper.objects.count() == 1
    assert told("networks.turn_begun") == {"Amira"}


def test_tidy_turns_leaves_whoever_is_here_though_it_runs_twice(drawn):
    tidy_turns()
    tidy_turns()

    assert Turn.objects.count() == 7


def test_a_cancelled_gathering_leaves_the_turn_for_the_next_one(drawn):
    gathering = make.published(drawn.first, by=drawn.jurgita)
    say(asked(drawn, half=half_around(gathering)), drawn.amira, True)
    begin_turns()
    actions.cancel_gathering(gathering, by=drawn.jurgita, because="Rain")
    following = make.gathering(drawn.first, by=drawn.jurgita, title="Games")

    begin_turns()

    assert Helper.objects.filter(gathering=following, person=drawn.amira).exists()


def test_who_may_not_read_about_every_home_does_not_become_a_helper(drawn):
    other = make.pupil("Other", in_class=drawn.first)
    make.confirmed(drawn.amira, other)
    make.restricted(drawn.amira, other)
    gathering = make.gathering(drawn.first, by=drawn.jurgita)
    say(asked(drawn, half=half_around(gathering)), drawn.amira, True)

    begin_turns()

    assert not Helper.objects.exists()


def test_a_family_that_leaves_frees_its_place_and_is_asked_no_more(drawn):
    turn = asked(drawn)
    Enrolment.objects.filter(pupil=drawn.nora).update(valid_to=timezone.localdate() - timedelta(days=1))

    assert not still_wanted_after_leaving(drawn)
    assert all(row.turn != turn for half in rota_page(drawn.first, drawn.jurgita).halves for row in half.rows)
    tidy_turns()

    assert not Turn.objects.filter(household__in=[drawn.amira.household, drawn.ben.household]).exists()
    assert Turn.objects.count() == 5


def still_wanted_after_leaving(town):
    told("networks.turn_asked")
    return Notice.objects.filter(kind="networks.turn_asked").exists() and still_wanted(
        "networks.turn_asked", town.amira
    )


def test_turns_move_with_the_cohort_to_the_next_class(drawn):
    year = drawn.first.year
    following = make.year(drawn.school, date(year.starts_on.year + 1, 8, 1))
    second = make.school_class("2A", at=drawn.school, grades=[2], in_year=following)
    type(second).objects.filter(pk=second.pk).update(cohort=drawn.first.cohort)
    second.refresh_from_db()
    for enrolment in Enrolment.objects.filter(school_class=drawn.first):
        Enrolment.objects.create(
            pupil=enrolment.pupil, school_class=second, valid_from=timezone.localdate() - timedelta(days=1)
        )

    assert Turn.objects.of_class(second).count() == 7


def test_a_class_of_no_cohort_says_why_there_are_no_turns(town):
    type(town.first).objects.filter(pk=town.first.pk).update(cohort=None)
    town.first.refresh_from_db()

    with pytest.raises(NotNow, match="last year"):
        actions.draw_rota(town.first, by=town.jurgita)
    assert "cannot be drawn yet" in text(as_(town.jurgita).get(page("rota_show", town.first.pk)))


def test_the_page_of_the_class_costs_the_same_for_three_homes_and_thirty(drawn):
    def cost():
        with CaptureQueriesContext(connection) as questions:
            assert as_(drawn.jurgita).get(page("rota_show", drawn.first.pk)).status_code == 200
        return len(questions)

    few = cost()
    for number in range(30):
        make.family(drawn.first, pupil_name=f"P{number}", adult_name=f"A{number}")
    actions.draw_rota(drawn.first, by=drawn.jurgita)

    assert cost() <= few


def test_all_of_it_is_deleted_a_year_after_the_class_has_left_school(drawn):
    actions.forget_turns(drawn.first, by=the_portal())

    assert not Turn.objects.exists()
    assert Household.objects.exists()
