"""An import changes how somebody is reached only where it speaks for all that they can open."""

import pytest
from allauth.account.models import EmailAddress

from portal.people.models import Person, School, the_portal
from portal.rosters import actions
from portal.rosters.reading import read_roster
from tests import make
from tests.portal.people.test_contact import WAYS
from tests.portal.people.test_moves import guards, teaches

OLD, NEW = ("amira@example.org", "+4790000001"), ("new@example.org", "+4790000009")


def amira():
    return Person.objects.get(source_id="g1")


def reached():
    return amira().email, amira().phone


@pytest.fixture
def lia(folder, load):
    load(folder())
    School.objects.update(number="U80000001")  # makers number from the one in the file
    return School.objects.get()


@pytest.fixture
def elsewhere(lia):
    return make.school_class("2A", at=make.school("Haugen", within=lia.municipality))


@pytest.fixture
def corrected(folder, changed):
    return lambda: folder(changed("users.csv", (",".join(OLD), ",".join(NEW))))


@pytest.fixture
def gets(lia, elsewhere):
    def give(right, at=elsewhere):
        right(amira(), at)
        EmailAddress.objects.all().delete()

    return give


@pytest.mark.parametrize("right", WAYS, ids=lambda right: right.__name__)
def test_a_schools_import_redirects_nobody_who_is_elsewhere_too(load, corrected, lia, gets, right):
    gets(right)

    entry = load(corrected(), school=lia)

    assert reached() == OLD
    assert "til Amira Vik er beholdt" in str(entry.warnings)


def test_a_schools_import_fills_in_nothing_for_somebody_who_is_elsewhere_too(load, corrected, lia, gets):
    gets(guards)
    Person.objects.filter(source_id="g1").update(email="", phone="")

    load(corrected(), school=lia)

    assert reached() == ("", "")


def test_a_schools_import_corrects_whoever_is_there_alone(load, corrected, lia):
    load(corrected(), school=lia)

    assert reached() == NEW


@pytest.mark.parametrize("right", [teaches, guards], ids=lambda right: right.__name__)
def test_a_municipalitys_import_speaks_for_all_its_schools(load, corrected, gets, right):
    gets(right)

    load(corrected())

    assert reached() == NEW


@pytest.mark.parametrize("right", WAYS, ids=lambda right: right.__name__)
def test_a_municipalitys_import_does_not_speak_for_another(corrected, lia, gets, right):
    gets(right, at=make.school_class("1C", at=make.school("Far")))

    actions.import_roster(lia.municipality, by=the_portal(), roster=read_roster(corrected()), file_name="test")

    assert reached() == OLD


def test_an_undo_redirects_nobody_who_has_come_to_be_elsewhere_since(load, corrected, lia, gets):
    entry = load(corrected(), school=lia)
    gets(guards)

    actions.undo_roster(entry, by=the_portal())

    assert reached() == NEW


def test_an_undo_gives_back_the_address_of_whoever_is_there_alone(load, corrected, lia):
    entry = load(corrected(), school=lia)

    actions.undo_roster(entry, by=the_portal())

    assert reached() == OLD
