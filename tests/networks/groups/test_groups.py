"""Mixed groups of those who come: other ones each time, even in size, and without a trace of the protected or of who is
kept apart."""

from datetime import timedelta
from secrets import SystemRandom

import pytest
from django.utils import timezone

from networks import actions
from networks.groups.queries import Member, _lot, groups_of, mixed
from portal.people.models import AddressProtection
from tests import make
from tests.ground import once
from tests.networks.agreements.conftest import town as town_of_seven
from tests.pages import address, as_, text

pytestmark = pytest.mark.django_db
town = town_of_seven
DRAWS = 60


@once
def coming(town):
    gathering = make.published(town.first, by=town.jurgita)
    for person in town.homes:
        actions.answer(gathering, by=person, household=person.household, answer="yes")
    return gathering


def members(count):
    return [Member(f"Child {number:02}", frozenset({number})) for number in range(count)]


def together(groups, one, other):
    return any({one, other} <= {key for member in group for key in member.pupils} for group in groups)


def test_groups_are_other_ones_each_time_and_everybody_is_in_one():
    drawn = [mixed(members(24), [], 4, lot=SystemRandom()) for _draw in range(5)]

    assert len({str(sorted(sorted(member.name for member in group) for group in groups)) for groups in drawn}) > 1
    assert all(
        sorted(member.name for group in groups for member in group) == [m.name for m in members(24)] for groups in drawn
    )


@pytest.mark.parametrize(("count", "size", "sizes"), [(0, 4, []), (1, 4, [1]), (5, 4, [3, 2]), (35, 4, [4] * 8 + [3])])
def test_groups_are_as_even_as_can_be_and_none_is_larger(count, size, sizes):
    assert sorted(map(len, mixed(members(count), [], size, lot=SystemRandom())), reverse=True) == sizes


def test_those_of_a_pair_are_never_together_while_there_is_room():
    pairs = [frozenset({0, other}) for other in range(1, 9)] + [frozenset({9, 10})]
    drawn = [mixed(members(24), pairs, 4, lot=SystemRandom()) for _draw in range(DRAWS)]

    assert not any(together(groups, *pair) for groups in drawn for pair in pairs)


def test_a_pair_that_cannot_be_parted_is_mixed_without_a_word():
    assert [len(group) for group in mixed(members(2), [frozenset({0, 1})], 4, lot=SystemRandom())] == [2]


def test_only_those_who_said_yes_are_mixed(town, coming):
    actions.answer(coming, by=town.ben, household=town.ben.household, answer="no")

    assert sum(map(len, groups_of(coming, of="families", size=3))) == 6
    assert sorted(name for group in groups_of(coming, of="children", size=3) for name in group) == [
        "Iver", "Nora", "Tuva 0", "Tuva 1", "Tuva 2", "Tuva 3",
    ]  # fmt: skip


@pytest.mark.parametrize("of", ["families", "children"])
def test_a_protected_family_is_in_no_group_not_even_for_itself(town, coming, of):
    AddressProtection.objects.create(
        person=town.nora, grade="strict", alias="Family Sky", valid_from=timezone.localdate() - timedelta(days=1)
    )

    said = str(groups_of(coming, of=of, size=3))

    assert not any(name in said for name in ("Nora", "Warsame", "Sky"))
    page = text(as_(town.jurgita).get(address("networks", "gathering_groups", coming.pk), {"of": of, "size": "3"}))
    assert not any(name in page for name in ("Nora", "Warsame", "Sky"))


def test_the_page_says_nothing_of_who_is_kept_apart(town, coming):
    teacher = town.teacher
    iver = town.jurgita.pupil_relations.get().pupil
    url = address("networks", "gathering_groups", coming.pk)
    before = as_(town.jurgita).get(url, {"of": "children", "size": "12"}).content
    actions.separate_pupils(town.first, by=teacher, one=iver, other=town.nora)

    after = as_(town.jurgita).get(url, {"of": "children", "size": "12"}).content

    assert len(after) == len(before)
    assert not any(together_by_name(groups_of(coming, of="children", size=size)) for size in (2, 3, 4))


def together_by_name(groups):
    return any({"Iver", "Nora"} <= set(group) for group in groups)


@pytest.mark.parametrize(
    "wrong", [{"of": "adults", "size": "4"}, {"of": "families", "size": "0"}, {"of": "x" * 4000, "size": "a"}]
)
def test_what_is_asked_wrongly_is_said_and_draws_nothing(town, coming, wrong):
    answer = as_(town.jurgita).get(address("networks", "gathering_groups", coming.pk), wrong)

    assert (answer.status_code, answer.context["groups"]) == (200, [])


def test_from_however_many_draws_nobody_reads_who_never_meets(town, coming):
    drawn = [groups_of(coming, of="children", size=2) for _draw in range(5)]

    assert all(groups == drawn[0] for groups in drawn)


def test_sizes_that_give_as_many_groups_are_one_draw(town, coming):
    """Of six children three sizes give two groups: three draws would show who is never together."""
    drawn = [groups_of(coming, of="children", size=size) for size in (3, 4, 5)]

    assert drawn[0] == drawn[1] == drawn[2]


def test_when_two_are_kept_apart_not_only_they_change_places(town, coming):
    """Two who alone had moved would show that they are the ones."""
    rows = members(24)
    before = mixed(rows, [], 4, lot=_lot(coming, "children", 4, rows, []))
    pair = next([a, b] for group in before for a in group[0].pupils for b in group[1].pupils)
    pairs = [frozenset(pair)]
    after = mixed(rows, pairs, 4, lot=_lot(coming, "children", 4, rows, pairs))

    kept = {frozenset(member.name for member in group) for group in before}
    assert len(kept & {frozenset(member.name for member in group) for group in after}) < 3


def test_another_gathering_has_other_groups(town, coming):
    rows, other = members(24), make.published(town.first, by=town.jurgita)

    assert mixed(rows, [], 4, lot=_lot(coming, "c", 4, rows, [])) != mixed(
        rows, [], 4, lot=_lot(other, "c", 4, rows, [])
    )


def test_only_organisers_mix(town, coming):
    url = address("networks", "gathering_groups", coming.pk)

    assert [as_(one).get(url).status_code for one in (town.amira, town.teacher, town.principal, town.jurgita)] == [
        403, 403, 403, 200,
    ]  # fmt: skip
