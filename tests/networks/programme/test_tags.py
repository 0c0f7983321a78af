"""Name tags: first names of who comes, blank ones for everybody else, and of a protected family no trace at all."""

import pytest
from django.utils import timezone, translation

from networks import actions
from networks.programme.tags import A_PAGE, SPARE, Tag, tags_of
from portal.people.models import AddressProtection, DirectoryChoice, Person
from tests import make
from tests.networks.test_pages import page
from tests.pages import as_, text


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def come(person, gathering, **more):
    home = {"by": person, "household": person.household}
    actions.answer(gathering, **home, answer="yes")
    if more:
        actions.detail_answer(gathering, **home, **{"adults": 1, "pupils": [], **more})


def share(*people):
    for person in people:
        DirectoryChoice.objects.create(person=person, field="name")


def sheet(gathering):
    return [tag for one in tags_of(gathering) for tag in one]


def names(gathering):
    return [tag.name for tag in sheet(gathering) if tag.name]


def blank(gathering):
    return sum(not tag.name for tag in sheet(gathering))


def test_children_stand_by_first_name_once_though_two_homes_bring_them(town, bonfire):
    come(town.amira, bonfire)
    come(town.ben, bonfire)

    assert names(bonfire) == ["Nora"]


def test_twins_have_a_tag_each(town, bonfire):
    twin = make.pupil("Noa", "Warsame", in_class=town.first)
    make.confirmed(town.amira, twin)
    come(town.amira, bonfire)

    assert names(bonfire) == ["Noa", "Nora"]


def test_an_adult_stands_there_only_when_the_name_is_shared_with_the_class(town, bonfire):
    come(town.amira, bonfire)
    come(town.jurgita, bonfire)
    share(town.amira)

    assert names(bonfire) == ["Iver", "Nora", "Amira"]


def test_where_fewer_come_than_live_there_only_who_answered_is_named(town, bonfire):
    other = make.guardian("Omar", "Warsame", of=town.nora, household=town.amira.household)
    share(town.amira, other)
    come(town.amira, bonfire)
    assert names(bonfire) == ["Nora", "Amira"]

    come(town.amira, bonfire, adults=2, pupils=[town.nora])
    assert names(bonfire) == ["Nora", "Amira", "Omar"]


def test_whoever_is_only_counted_gets_a_blank_tag_and_the_page_is_full(town, bonfire):
    come(town.amira, bonfire, adults=3, siblings=5)

    assert names(bonfire) == []
    assert blank(bonfire) >= 3 + 5 + SPARE
    assert len(sheet(bonfire)) % A_PAGE == 0


def test_whoever_does_not_come_has_no_tag(town, bonfire):
    share(town.amira, town.ben)
    for person, answer in ((town.amira, "no"), (town.ben, "maybe")):
        actions.answer(bonfire, by=person, household=person.household, answer=answer)

    assert names(bonfire) == []


@pytest.mark.parametrize("protected", ["nora", "amira"])
def test_a_protected_family_is_neither_named_nor_counted(town, bonfire, protected):
    share(town.amira, town.ben, town.jurgita)
    come(town.jurgita, bonfire)
    without = sheet(bonfire)
    come(town.amira, bonfire, adults=4, siblings=9, pupils=[town.nora])
    come(town.ben, bonfire)
    AddressProtection.objects.create(person=getattr(town, protected), grade="strict", valid_from=timezone.localdate())

    assert sheet(bonfire) == without


def test_nor_when_the_organiser_is_of_that_family(town, bonfire):
    share(town.jurgita)
    come(town.jurgita, bonfire)
    AddressProtection.objects.create(person=town.iver, grade="strict", valid_from=timezone.localdate())

    assert names(bonfire) == []
    shown = text(as_(town.jurgita).get(page("tag_sheet", bonfire.pk)))
    assert "Iver" not in shown


def test_a_restricted_relation_has_no_tag(town, bonfire):
    share(town.amira)
    come(town.amira, bonfire)
    make.restricted(town.amira, town.nora)

    assert "Amira" not in names(bonfire)


def test_long_names_shrink_and_names_in_other_scripts_are_set_as_they_run(town, bonfire):
    for key, name in ((town.nora, "محمد"), (town.amira, "Wolfeschlegelsteinhausen"), (town.iver, "小明")):
        Person.objects.filter(pk=key.pk).update(given_name=name)
    share(town.amira)
    come(town.amira, bonfire)
    come(town.jurgita, bonfire)

    shown = as_(town.jurgita).get(page("tag_sheet", bonfire.pk)).content.decode()
    assert '<bdi dir="auto">محمد</bdi>' in shown
    assert '<bdi dir="auto">小明</bdi>' in shown
    assert Tag("Wolfeschlegelsteinhausen").size == "longer"
    assert Tag("Nora").size == ""


@pytest.mark.parametrize("who", ["amira", "carla", "principal"])
def test_only_organisers_print_the_tags(town, bonfire, who):
    assert as_(getattr(town, who)).get(page("tag_sheet", bonfire.pk)).status_code in (403, 404)
