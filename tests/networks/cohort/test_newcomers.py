"""A family that comes in the middle of the year: the contact is reminded, the family is told, and somebody is glad to help."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone, translation

from networks import actions
from networks.cohort.newcomers import newcomer_page
from networks.models import Buddy, Gathering, Welcomed
from networks.tasks import forget
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people import actions as people
from portal.people.models import DirectoryChoice, Enrolment, SchoolYear, the_portal
from principles import actions as principles
from principles.outline import read_outline
from tests import make
from tests.ground import once
from tests.networks.test_notices import letter
from tests.networks.test_todos import waiting
from tests.pages import address, as_, text
from tests.principles.conftest import TEXT, publish

NEW = "networks.newcomer"


@once
def town(town):
    """The school year has gone on for three months."""
    today = timezone.localdate()
    SchoolYear.objects.filter(pk=town.first.year_id).update(starts_on=today - timedelta(days=90))
    Enrolment.objects.all().update(valid_from=today - timedelta(days=90))
    town.first.year.refresh_from_db()
    return town


def comes(town, days=3, into=None, **names):
    names = {"pupil_name": "Emre", "adult_name": "Selin", "family_name": "Kaya", **names}
    child, adult = make.family(into or town.first, **names)
    child.enrolments.update(valid_from=timezone.localdate() - timedelta(days=days))
    return child, adult


def due():
    return {one.recipient.given_name for find in KINDS[NEW].finds for one in find(timezone.now())}


def todo(town):
    with translation.override("en"):
        return [one for one in waiting(town.jurgita, "class_contact") if "welcome" in one.lower()]


def names(town, reader=None):
    return [row.name for row in newcomer_page(town.first, reader or town.jurgita).rows]


def offer(town, by, is_offered=True):
    actions.offer_buddy(town.first, by=by, is_offered=is_offered)


def test_nobody_is_new_when_the_year_begins(town):
    assert (due(), todo(town), names(town)) == (set(), [], [])


def test_a_family_that_comes_is_told_and_waits_for_a_welcome(town):
    _child, selin = comes(town)

    assert due() == {"Selin"}
    assert len(todo(town)) == 1
    assert names(town) == ["Kaya"]

    as_(town.jurgita).post(address("networks", "newcomer_welcome", town.first.pk, selin.household_id))

    assert todo(town) == []
    assert Welcomed.objects.count() == 1


def test_the_letter_says_what_is_planned_and_what_was_held_and_is_sent_once(town, bonfire):
    _child, selin = comes(town)
    was = timezone.now() - timedelta(days=20)
    skiing = make.published(town.first, by=town.jurgita, title="Skiing")
    Gathering.objects.filter(pk=skiing.pk).update(
        state="held", starts_at=was, ends_at=was + timedelta(hours=2), answer_by=was - timedelta(days=1)
    )
    for _hour in range(2):
        remind()

    written = letter(NEW, selin)
    assert "Skiing" in " ".join(written.lines)
    assert [title for title, _when in written.facts] == [bonfire.title]
    assert Notice.objects.filter(kind=NEW).count() == 1


def test_no_letter_names_another_family(town):
    offer(town, town.amira)
    _child, selin = comes(town)
    remind()

    written = letter(NEW, selin)

    assert "glad to help" in " ".join(written.lines)
    assert "Amira" not in repr(written)


def test_the_page_of_the_class_says_welcome_to_a_home_that_is_new_and_to_nobody_else(town):
    offer(town, town.amira)
    _child, selin = comes(town)

    page = address("people", "class_show", town.first.pk)
    of_the_new, of_another = (text(as_(one).get(page)) for one in (selin, town.amira))

    assert "You are new here. Ask the class contact about anything." in of_the_new
    assert "Another family is glad to help you find your way." in of_the_new
    assert "When a new family comes" not in of_the_new
    assert "You are new here" not in of_another
    assert "When a new family comes" in of_another


@pytest.mark.parametrize("days", [31, 80])
def test_after_a_month_a_family_is_new_no_more(town, days):
    comes(town, days=days)

    assert (due(), names(town)) == (set(), [])


def test_a_class_that_came_whole_from_a_late_roster_has_no_newcomers(town):
    Enrolment.objects.all().update(valid_from=timezone.localdate() - timedelta(days=2))

    assert (due(), todo(town)) == (set(), [])


def test_a_family_that_comes_is_led_to_what_the_school_and_its_homes_have_agreed(town):
    _child, selin = comes(town)
    remind()
    before = letter(NEW, selin)
    publish(
        principles.draft_principle(town.school, by=the_portal(), outline=read_outline(TEXT)),
        the_portal(),
        applies=timezone.localdate(),
    )

    now = letter(NEW, selin)

    page = reverse("principles:principle_list", args=[town.school.number])
    assert [button.url.endswith(page) for button in before.buttons] == [False]
    assert [button.url.endswith(page) for button in now.buttons] == [False, True]
    assert "expect of each other is written down" in " ".join(now.lines)


def test_a_sibling_of_a_family_in_the_class_is_no_newcomer(town):
    twin = make.pupil("Ali", "Warsame", in_class=town.first)
    make.confirmed(town.amira, twin)
    twin.enrolments.update(valid_from=timezone.localdate() - timedelta(days=2))

    assert (due(), names(town)) == (set(), [])


def test_a_child_that_comes_back_is_no_newcomer(town):
    today = timezone.localdate()
    town.nora.enrolments.update(valid_to=today - timedelta(days=40))
    Enrolment.objects.create(pupil=town.nora, school_class=town.first, valid_from=today - timedelta(days=3))

    assert due() == set()


def test_a_proposed_and_a_restricted_guardian_get_nothing(town):
    child, _selin = comes(town)
    make.proposed(make.person("Proposed"), child)
    make.restricted(make.guardian("Kept", of=child), child)

    assert due() == {"Selin"}


def test_the_contact_reads_what_to_do_where_no_number_is_shared(town):
    _child, selin = comes(town)
    page, said = address("networks", "newcomer_list", town.first.pk), "They share no number. Ask the contact teacher"

    assert said in text(as_(town.jurgita).get(page))

    people.choose_directory(selin, by=selin, fields=["phone"])
    type(selin).objects.filter(pk=selin.pk).update(phone="+4741234567")
    assert said not in text(as_(town.jurgita).get(page))


def test_a_protected_newcomer_is_an_alias_without_a_phone(town):
    child, selin = comes(town)
    DirectoryChoice.objects.create(person=selin, field="phone")
    people.protect_address(child, by=the_portal(), grade="strict", alias="Family Four")

    said = text(as_(town.jurgita).get(address("networks", "newcomer_list", town.first.pk)))

    assert names(town) == ["Family Four"]
    assert not [word for word in ("Kaya", "Selin", "Emre") if word in said]


def test_glad_to_help_is_off_until_one_says_so_and_gone_at_once(town):
    browser, url = as_(town.amira), address("networks", "buddy_offer", town.first.pk)
    assert newcomer_page(town.first, town.jurgita).buddies == []

    browser.post(url)
    browser.post(url)
    assert newcomer_page(town.first, town.jurgita).buddies == [("Amira Warsame", "")]

    browser.post(url, {"back": "1"})
    assert not Buddy.objects.exists()


def test_the_phone_of_a_buddy_only_when_it_is_shared(town):
    town.amira.phone = "41234567"
    town.amira.save()
    offer(town, town.amira)
    assert newcomer_page(town.first, town.jurgita).buddies == [("Amira Warsame", "")]

    DirectoryChoice.objects.create(person=town.amira, field="phone")
    assert newcomer_page(town.first, town.jurgita).buddies == [("Amira Warsame", "41234567")]


def test_a_protected_family_is_no_buddy_whenever_it_was_protected(town):
    offer(town, town.amira)
    people.protect_address(town.nora, by=the_portal(), grade="strict")

    assert newcomer_page(town.first, town.jurgita).buddies == []
    with pytest.raises(PermissionDenied):
        offer(town, town.amira)
    offer(town, town.amira, is_offered=False)
    assert not Buddy.objects.exists()


def test_a_buddy_who_has_left_the_class_stands_there_no_more(town):
    offer(town, town.amira)
    town.nora.enrolments.update(valid_to=timezone.localdate() - timedelta(days=1))

    assert newcomer_page(town.first, town.jurgita).buddies == []
    with pytest.raises(PermissionDenied):
        offer(town, town.amira)


@pytest.mark.parametrize("who", ["amira", "carla", "principal"])
def test_only_the_class_contact_reads_who_is_new(town, who):
    comes(town)

    assert as_(getattr(town, who)).get(address("networks", "newcomer_list", town.first.pk)).status_code == 403


def test_a_home_of_another_class_is_not_found(town):
    url = address("networks", "newcomer_welcome", town.first.pk, town.carla.household_id)

    assert as_(town.jurgita).post(url).status_code == 404


def test_after_the_school_year_nobody_knows_who_was_new_or_helped(town):
    _child, selin = comes(town)
    offer(town, town.amira)
    actions.note_welcomed(town.first, by=town.jurgita, household=selin.household)
    SchoolYear.objects.filter(pk=town.first.year_id).update(ends_on=timezone.localdate() - timedelta(days=1))

    forget()

    assert not Buddy.objects.exists()
    assert not Welcomed.objects.exists()


def test_many_newcomers_cost_no_more_questions(town, django_assert_max_num_queries):
    for number in range(12):
        comes(town, pupil_name=f"Child{number}", family_name=f"Kaya{number}")
        _pupil, adult = make.family(town.first, pupil_name=f"Old{number}", adult_name=f"Old{number}")
        Buddy.objects.create(person=adult, school_class=town.first)

    with django_assert_max_num_queries(12):
        assert len(newcomer_page(town.first, town.jurgita).rows) == 12


def test_of_the_other_home_of_their_child_the_contact_reads_alike_whether_it_is_protected(town):
    """What goes missing would tell."""
    other = make.guardian("Ove", "Nordlie", of=town.iver)
    offer(town, other)
    before = newcomer_page(town.first, town.jurgita).buddies
    people.protect_address(other, by=make.holder("office", town.school), grade="name")

    assert before == newcomer_page(town.first, town.jurgita).buddies == []
