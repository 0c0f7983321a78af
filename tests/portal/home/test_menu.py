"""The main menu of each hat has the places that its wearer needs most, at most five."""

import pytest
from django.utils import translation

from portal.menu import MOST, menu_of
from portal.people.hats import PARENT, PUPIL, Hat
from portal.people.models import Person, Role
from tests import make

Kind = Role.Kind
TEACHER = "Overview, Conferences, Gatherings, Principles, The school year"
LEADER = "Overview, Conferences, Grants, Principles, People"
MENUS = {
    PARENT: "Overview, Gatherings, Conferences, Principles, The school year",
    PUPIL: "Overview, Conferences",
    Kind.CLASS_CONTACT: "Overview, Gatherings, Grants, Principles, The school year",
    Kind.CONTACT_TEACHER: TEACHER,
    Kind.SUBJECT_TEACHER: TEACHER,
    Kind.PRINCIPAL: LEADER,
    Kind.DEPUTY: LEADER,
    Kind.OFFICE: "Overview, People, School office, Conferences, Grants",
    Kind.AFTER_SCHOOL: "Overview, The children, How I am reached, What families have told me",
    Kind.BOARD_MEMBER: "Overview, Principles, Supervision, The year",
    Kind.MUNICIPALITY_OFFICER: "Overview, People, Roles, Grants, Principles",
}


def labels(hat, path="/"):
    with translation.override("en"):
        return ", ".join(str(place.label) for place in menu_of(hat, path))


def test_every_hat_has_its_menu():
    assert MENUS.keys() == {PARENT, PUPIL, *Kind}


@pytest.mark.parametrize(("kind", "menu"), MENUS.items())
def test_the_menu_of_a_hat(kind, menu):
    assert labels(Hat(Person(), kind)) == menu
    assert menu.count(",") < MOST


def test_without_a_hat_there_is_the_overview_alone():
    assert labels(None) == "Overview"


def test_a_school_that_no_scheme_covers_has_no_place_for_grants(db):
    principal = make.holder(Kind.PRINCIPAL, make.school())
    hat = Hat(principal, Kind.PRINCIPAL, principal.roles.get())

    assert labels(hat) == "Overview, Conferences, Principles, People"


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["House"]),
        ("/conferences/1/", ["Chat2"]),
        ("/help/", ["House"]),
        ("/schools/990001/principles/a-text/", ["Compass"]),
        ("/schools/990001/hearings/", ["Compass"]),
        ("/hearings/1/", ["Compass"]),
        ("/schools/990001/", ["House"]),
    ],
)
def test_the_place_that_holds_the_page_is_marked(path, current):
    assert [place.icon for place in menu_of(Hat(Person(), PARENT), path) if place.current] == current
