"""Who is glad to be called about a topic: by own choice, with the phone only when it is shared, never the protected."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from networks import actions
from networks.models import Experience
from networks.tasks import forget
from networks.topics.queries import experienced
from portal.people import actions as people
from portal.people.models import DirectoryChoice, Person
from tests import make
from tests.networks.test_pages import page
from tests.pages import as_, text


def offer(town, by, *, is_offered=True):
    actions.offer_experience(town.first, by=by, kit="conflicts", is_offered=is_offered)


def names(town, reader, key="conflicts"):
    return [one.name for one in experienced(town.first, key, reader)]


def test_nobody_stands_there_until_they_say_so_and_they_are_gone_at_once(town):
    shown = as_(town.ben).get(page("topic_show", town.first.pk, "conflicts"))
    assert "Nobody has offered it yet." in text(shown)
    own = as_(town.amira)

    own.post(page("experience_offer", town.first.pk, "conflicts"))
    own.post(page("experience_offer", town.first.pk, "conflicts"))
    assert names(town, town.jurgita) == ["Amira Warsame"]
    assert names(town, town.jurgita, "chores") == []

    own.post(page("experience_offer", town.first.pk, "conflicts"), {"back": "1"})
    assert not Experience.objects.exists()


def shares_phone(person):
    Person.objects.filter(pk=person.pk).update(phone="+4791000001")
    DirectoryChoice.objects.create(person=person, field="phone")


def test_the_phone_is_read_only_when_it_is_shared_with_the_class(town):
    Person.objects.filter(pk=town.amira.pk).update(phone="+4791000001")
    offer(town, town.amira)
    assert [one.phone for one in experienced(town.first, "conflicts", town.jurgita)] == [""]

    DirectoryChoice.objects.create(person=town.amira, field="phone")

    assert [one.phone for one in experienced(town.first, "conflicts", town.jurgita)] == ["+4791000001"]


def test_teachers_read_no_phone_that_families_share_with_each_other(town):
    shares_phone(town.amira)
    offer(town, town.amira)
    tom = make.holder("contact_teacher", town.first)

    assert [(one.name, one.phone) for one in experienced(town.first, "conflicts", tom)] == [("Amira Warsame", "")]
    assert [one.phone for one in experienced(town.first, "conflicts", town.jurgita)] == ["+4791000001"]


def test_nothing_tells_the_childs_other_home_that_somebody_is_protected_since(town):
    """Also not a phone that is no longer read."""
    shares_phone(town.amira)
    partner = make.guardian("Pil", of=make.pupil("Siv", in_class=town.first), household=town.amira.household)
    for one in (town.amira, partner):
        offer(town, one)
    before = experienced(town.first, "conflicts", town.ben)
    assert sorted(names(town, town.amira)) == ["Amira Warsame", "Pil Vik"]

    people.protect_address(town.amira, by=make.holder("office", town.school), grade="name")

    assert experienced(town.first, "conflicts", town.ben) == before == []
    assert sorted(names(town, town.amira)) == ["Amira Warsame", "Pil Vik"]


def test_the_protected_stand_in_no_list_and_cannot_put_themselves_there(town):
    offer(town, town.amira)
    offer(town, town.ben)
    people.protect_address(town.amira, by=make.holder("office", town.school), grade="name")

    assert names(town, town.jurgita) == []
    with pytest.raises(PermissionDenied):
        offer(town, town.amira)
    assert as_(town.ben).get(page("topic_show", town.first.pk, "chores")).context["may_offer"]


def test_whoever_must_know_nothing_of_a_child_in_the_class_reads_no_names(town):
    reader = make.guardian("Cato", of=[town.iver, town.nora])
    _omar, karla = make.family(town.first, pupil_name="Omar", adult_name="Karla")
    offer(town, town.amira)
    offer(town, karla)
    actions.propose(town.first, by=town.amira, kind="gathering", title="A walk", is_named=True)
    assert names(town, reader) == ["Karla Vik"]

    make.restricted(reader, town.nora)

    assert names(town, reader) == []
    assert "Amira" not in text(as_(reader).get(page("proposal_list", town.first.pk)))


def test_a_name_goes_with_the_child_and_the_offer_with_the_year(town):
    offer(town, town.amira)
    with time_machine.travel(timezone.now() + timezone.timedelta(days=400)):
        forget()
    assert not Experience.objects.exists()

    offer(town, town.amira)
    town.nora.enrolments.update(valid_to=timezone.localdate() - timezone.timedelta(days=1))

    assert names(town, town.jurgita) == []


def test_only_guardians_of_the_class_offer(town):
    for other in (town.carla, town.principal, make.holder("contact_teacher", town.first)):
        with pytest.raises(PermissionDenied):
            offer(town, other)
