"""A roster's column says which children go to after-school care, and gives nobody a right."""

import pytest

from portal.people.actions import choose_care
from portal.people.models import CarePlace, Person, Role, School, SchoolClass, the_portal
from portal.people.queries.care import cared_for
from portal.rosters import actions
from portal.schoolyear.actions import set_promises
from tests import make
from tests.portal.rosters.town import family

COLUMNS = ("afterSchoolCare", "metadata.afterSchoolCare")


def said(word, column=COLUMNS[0], key="E1"):
    """The small town, with the column and what it says of Ask; of everybody else it is empty."""
    files = family()
    header, *rows = files["users.csv"].splitlines()
    rows = [f"{row}{word if row.startswith(f'{key},') else ''}" for row in (f"{row}," for row in rows)]
    files["users.csv"] = "\n".join([f"{header},{column}", *rows, ""])
    return files


@pytest.fixture
def fjell(read):
    read(family())
    fjell = School.objects.get(name="Fjell skole")
    set_promises(fjell, by=the_portal(), after_school_care=True)
    fjell.frida = make.holder("after_school", fjell, "Frida")
    return fjell


def going(fjell):
    return [name for one in cared_for(fjell.frida) for name, _classes in one.children]


@pytest.mark.parametrize("column", COLUMNS)
def test_yes_puts_a_child_on_the_list_no_takes_it_off_and_an_empty_cell_changes_nothing(fjell, read, column):
    for word, expected in (("ja", ["Ask Moe"]), ("", ["Ask Moe"]), ("nei", []), ("", []), ("true", ["Ask Moe"])):
        read(said(word, column))
        assert going(fjell) == expected, word


def test_the_same_file_twice_changes_nothing(fjell, read):
    read(said("yes"))
    entry, _warnings = read(said("yes"))

    assert entry.counts["done"]["care"] == {"created": 0, "updated": 0, "unchanged": 1, "deactivated": 0}
    assert CarePlace.objects.count() == 1


def test_a_word_that_is_neither_is_named_and_changes_nothing(fjell, read):
    read(said("yes"))

    _entry, warnings = read(said("perhaps"))

    assert any("perhaps is neither yes nor no" in text for text in warnings)
    assert going(fjell) == ["Ask Moe"]


def test_a_school_without_after_school_care_takes_no_list(fjell, read):
    set_promises(fjell, by=the_portal(), after_school_care=False)

    read(said("yes"))

    assert not CarePlace.objects.exists()


def test_it_is_undone_with_the_import(fjell, read):
    first, _warnings = read(said("yes"))
    second, _warnings = read(said("no"))
    assert going(fjell) == []

    actions.undo_roster(second, by=the_portal())
    assert going(fjell) == ["Ask Moe"]
    actions.undo_roster(first, by=the_portal())
    assert going(fjell) == []


def test_it_gives_no_role_and_a_grown_up_goes_nowhere(fjell, read):
    before = Role.objects.count()

    read(said("yes", key="F1"))

    assert Role.objects.count() == before
    assert not CarePlace.objects.exists()


def test_what_the_office_has_said_stands_where_the_cell_is_empty(fjell, read):
    ask = Person.objects.get(given_name="Ask")
    choose_care(SchoolClass.objects.get(name="3A"), by=the_portal(), pupils=[ask])

    read(said(""))
    assert going(fjell) == ["Ask Moe"]
    read(said("no"))
    choose_care(SchoolClass.objects.get(name="3A"), by=the_portal(), pupils=[ask])
    assert going(fjell) == ["Ask Moe"]
