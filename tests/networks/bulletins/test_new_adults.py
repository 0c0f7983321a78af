"""A contact teacher who takes over: the class contact and the teachers are asked to tell the class, with a notice begun."""

from datetime import timedelta

from django.utils import timezone, translation

from networks.bulletins.new_adults import new_adult_in
from networks.models import Bulletin
from portal.ledger.models import Event
from portal.people import actions as people
from portal.people.hats import hats_of
from portal.people.models import Role, the_portal
from tests import make
from tests.ground import once
from tests.pages import address, as_, text, todos_of

ASKED = "Tell 1A that it has a new contact teacher"


def todos(person):
    with translation.override("en"):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat)]


@once
def eva(town, tom):
    """Takes over from Tom today."""
    people.end_role(tom.roles.get(), by=the_portal())
    new = make.person("Eva", "Strand")
    make.role(new, "contact_teacher", town.first, valid_from=timezone.localdate())
    return new


def page(town):
    return address("networks", "bulletin_new_adult", town.first.pk)


def test_the_first_contact_teacher_of_a_class_is_no_news(town, tom):
    assert new_adult_in(town.first) is None
    assert ASKED not in todos(tom)


def test_one_who_takes_over_waits_to_be_told_of_by_contact_and_teacher(town, eva):
    assert ASKED in todos(town.jurgita)
    assert ASKED in todos(eva)


def test_the_notice_is_begun_with_who_from_when_and_whom_to_turn_to(town, eva):
    shown = text(as_(town.jurgita).get(page(town)))
    assert "Eva Strand is the contact teacher of 1A." in shown
    assert "Turn to the new contact teacher" in shown

    said = {
        "kind": "new_adult",
        "title": "New teacher",
        "text": "Eva Strand is here.",
        "noticed_on": "",
        "noticed_time": "",
    }
    as_(town.jurgita).post(page(town), said)

    assert Bulletin.objects.get().kind == "new_adult"
    assert ASKED not in todos(town.jurgita)
    assert ASKED not in todos(eva)


def test_from_a_file_it_is_the_same_when_it_is_confirmed(town, tom):
    new = make.person("Eva", "Strand")
    make.propose_role(new, "contact_teacher", town.first)
    assert new_adult_in(town.first) is None

    people.confirm_roles(town.first, by=make.holder("office", town.school))

    assert new_adult_in(town.first).role.person == new
    assert new_adult_in(town.first).since == timezone.localdate()


def test_after_a_fortnight_it_is_no_news(town, eva):
    role = eva.roles.get()
    long_ago = timezone.localdate() - timedelta(days=15)
    make._set(role, by=the_portal(), valid_from=long_ago)
    Event.objects.filter(subject_id=str(role.pk)).update(at=timezone.now() - timedelta(days=15))

    assert new_adult_in(town.first) is None


def test_a_teacher_at_a_protected_address_is_not_named(town, eva):
    people.protect_address(eva, by=the_portal(), grade="strict", alias="Furu")

    shown = text(as_(town.jurgita).get(page(town)))

    assert "has a new contact teacher" in shown
    assert "Strand" not in shown


def test_a_guardian_does_not_write_it(town, eva):
    assert as_(town.amira).get(page(town)).status_code == 403
    assert Role.objects.live().filter(person=eva).exists()
