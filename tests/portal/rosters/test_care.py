"""A roster's column says which children go to after-school care, and gives nobody a right."""

import pytest

from portal.people.actions import choose_care
from portal.people.models import CarePlace, Person, Role, School, SchoolClass, the_portal
from portal.people.models.rosters import TooManyRemoved
from portal.people.queries.care import cared_for
from portal.rosters import actions
from portal.schoolyear.actions import set_promises
from tests import make
from tests.portal.rosters.town import family, town

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


@pytest.mark.parametrize("after_no", [False, True])
def test_what_the_office_has_ticked_since_stays_when_the_import_is_undone(fjell, read, after_no):
    ask = Person.objects.get(given_name="Ask")
    if after_no:
        read(said("yes"))
    entry, _warnings = read(said("no" if after_no else "yes"))
    choose_care(SchoolClass.objects.get(name="3A"), by=the_portal(), pupils=[ask])

    actions.undo_roster(entry, by=the_portal())

    assert going(fjell) == ["Ask Moe"]


def test_whom_the_office_has_taken_off_since_is_not_put_back_when_the_import_is_undone(fjell, read):
    read(said("yes"))
    entry, _warnings = read(said("no"))
    choose_care(SchoolClass.objects.get(name="3A"), by=the_portal(), pupils=[])

    actions.undo_roster(entry, by=the_portal())

    assert going(fjell) == []


def many(*words):
    """A school of as many children, each with this word in the column."""
    names = ("Ada", "Bo", "Cato", "Dag", "Eva")
    pupils = [(f"E{n}", f"{names[n]} Moe", f"2017-05-0{n + 1}", "", "c31") for n in range(len(words))]
    files = town(pupils)
    header, *rows = files["users.csv"].splitlines()
    said = [f"{row},{word}" for row, word in zip(rows, words, strict=True)]
    files["users.csv"] = "\n".join([f"{header},{COLUMNS[0]}", *said, ""])
    return files


@pytest.fixture
def dale(read):
    read(many(*[""] * 5))
    school = School.objects.get(name="Fjell skole")
    set_promises(school, by=the_portal(), after_school_care=True)
    school.frida = make.holder("after_school", school, "Frida")
    return school


def test_a_column_with_the_same_word_for_all_asks_before_it_changes_the_list(dale, read):
    with pytest.raises(TooManyRemoved, match="the file says yes of every child, so 5 would be put on the list"):
        read(many(*["yes"] * 5))
    assert going(dale) == []
    read(many(*["yes"] * 5), removals_meant=True)
    assert len(going(dale)) == 5

    with pytest.raises(TooManyRemoved, match="the file says yes of no child, so 5 would be taken off the list"):
        read(many(*["no"] * 5))
    assert len(going(dale)) == 5


@pytest.mark.parametrize("words", [["yes", "yes", "no", "yes", "yes"], ["yes", "yes", "yes", "yes", ""]])
def test_a_column_that_tells_children_apart_or_changes_few_asks_nothing(dale, read, words):
    read(many(*words))

    assert len(going(dale)) == words.count("yes")
