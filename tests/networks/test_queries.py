from datetime import timedelta

import pytest
from django.utils import timezone

from networks import actions, queries
from networks.models import Rsvp
from portal.people.models import AddressProtection, DirectoryChoice
from tests import make


def test_board_counts_people_once_though_two_homes_say_yes(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="yes")

    board = queries.board_of(bonfire)

    assert (board.coming_people, board.coming_families, board.silent_families) == (3, 2, 1)
    assert queries.children_coming(bonfire) == 1


def test_board_names_a_child_that_nobody_is_confirmed_for(town, bonfire):
    make.pupil("Alone", "Berg", in_class=town.first)

    row = next(row for row in queries.board_of(bonfire).rows if row.name == "Berg")

    assert (row.household_id, row.reach) == (None, "none")


def test_board_hides_a_protected_family(town, bonfire):
    AddressProtection.objects.create(
        person=town.nora, grade="strict", alias="Family Sky", valid_from=timezone.localdate() - timedelta(days=1)
    )
    DirectoryChoice.objects.create(person=town.amira, field="phone")

    rows = [row for row in queries.board_of(bonfire).rows if row.family.protected]

    assert [(row.name, row.children, row.phone) for row in rows] == [("Family Sky", [], "")] * 2


def test_board_shows_a_phone_only_when_it_is_shared(town, bonfire):
    town.amira.phone = "+4790000001"
    town.amira.save(update_fields=["phone"])

    assert {row.phone for row in queries.board_of(bonfire).rows} == {""}
    DirectoryChoice.objects.create(person=town.amira, field="phone")
    assert {row.phone for row in queries.board_of(bonfire).rows} == {"", "+4790000001"}


def test_board_puts_those_hardest_to_reach_first(town, bonfire):
    actions.log_contact(bonfire, by=town.jurgita, household=town.amira.household, kind="met", outcome="help")
    make.pupil("Alone", "Åsen", in_class=town.first)

    assert [row.reach for row in queries.board_of(bonfire).silent] == ["none", "queued", "queued", "talked"]


@pytest.mark.parametrize("homes", [3, 30])
def test_board_reads_the_same_number_of_queries_at_any_size(town, bonfire, django_assert_max_num_queries, homes):
    for number in range(homes):
        _child, adult = make.family(town.first, family_name=f"Family{number}")
        actions.answer(bonfire, by=adult, household=adult.household, answer="yes")

    with django_assert_max_num_queries(11):
        queries.board_of(bonfire)


def test_lifts_add_up_seats_and_people(town, bonfire):
    for person, lift, seats in ((town.amira, "need", 0), (town.jurgita, "offer", 3)):
        actions.answer(bonfire, by=person, household=person.household, answer="yes")
        actions.detail_answer(
            bonfire, by=person, household=person.household, adults=1, pupils=[], lift=lift, seats=seats
        )

    lifts = queries.lifts_of(queries.board_of(bonfire))

    assert (lifts.needed, lifts.offered) == (1, 3)


def test_answer_page_holds_own_children_and_own_home_only(town, bonfire):
    actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="yes")

    page = queries.answer_page(bonfire, town.amira)

    assert (page.children, page.rsvp, page.children_coming) == ([town.nora], None, 1)


def test_own_gatherings_show_no_drafts_and_the_next_first(town, bonfire, draft):
    sooner = make.published(town.first, by=town.jurgita, title="Sledging", days=12)

    assert [card.gathering for card in queries.own_gatherings(town.amira)] == [sooner, bonfire]
    assert queries.own_gatherings(town.carla) == []


def test_class_overview_says_which_half_of_the_year_is_planned(town, bonfire):
    overview = queries.class_overview(town.first, town.jurgita)

    assert [half.stage for half in overview.halves].count("planned") == 1


def test_before_sending_counts_everyone_and_names_whom_we_cannot_reach(town, draft):
    make.pupil("Alone", "Berg", in_class=town.first)

    before = queries.before_sending(draft, town.jurgita)

    assert (before.families, before.homes, [row.name for row in before.unreachable]) == (4, 3, ["Berg"])
    assert len(before.outlook.by_email) == 3


def test_rsvp_is_visible_to_the_own_home_and_the_organisers_only(town, bonfire):
    rsvp = actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")

    seen = {name for name in ("amira", "ben", "carla", "jurgita", "principal") if _sees(getattr(town, name), rsvp)}

    assert seen == {"amira", "jurgita"}


def _sees(person, rsvp):
    return Rsvp.objects.visible_to(person).filter(pk=rsvp.pk).exists()
