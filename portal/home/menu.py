"""The main menu of each hat: at most five places, so that the phone's bottom bar has room."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from grants.models import GrantScheme
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role, School
from portal.standing import standing


@dataclass(frozen=True)
class Place:
    """One of the five places in the main menu; `short` is the word for the phone's bottom bar."""

    label: str
    icon: str
    url: str
    short: str = ""
    current: bool = False


HOME = (_("Overview"), "House", "home", "")
GATHERINGS = (_("Gatherings"), "PersonGroup", "networks:gathering_list", "")
CONFERENCES = (_("Conferences"), "Chat2", "conferences:conference_list", _("Talks"))
GRANTS = (_("Grants"), "SackKroner", "grants:application_list", "")
PRINCIPLES = (_("Principles"), "Compass", "principles:principle_list", _("Rules"))
PEOPLE = (_("People"), "Person", "people:person_list", "")
ROLES = (_("Roles"), "HatSchool", "people:role_list", "")
KEEPING = (_("School office"), "Tasklist", "people:office_home", _("Office"))

OFFICE = (HOME, PEOPLE, KEEPING, CONFERENCES, GRANTS)
PLACES = {
    PARENT: (HOME, GATHERINGS, CONFERENCES, PRINCIPLES),
    PUPIL: (HOME, CONFERENCES),
    Role.Kind.CLASS_CONTACT: (HOME, GATHERINGS, GRANTS, PRINCIPLES),
    Role.Kind.CONTACT_TEACHER: (HOME, CONFERENCES, GATHERINGS, PRINCIPLES),
    Role.Kind.SUBJECT_TEACHER: (HOME, CONFERENCES, GATHERINGS, PRINCIPLES),
    Role.Kind.PRINCIPAL: (HOME, CONFERENCES, GRANTS, PRINCIPLES, PEOPLE),
    Role.Kind.DEPUTY: (HOME, CONFERENCES, GRANTS, PRINCIPLES, PEOPLE),
    Role.Kind.OFFICE: OFFICE,
    Role.Kind.BOARD_MEMBER: (HOME, PRINCIPLES),
    Role.Kind.MUNICIPALITY_OFFICER: (HOME, PEOPLE, ROLES, GRANTS, PRINCIPLES),
}


def menu_of(hat, path):
    """The places of this hat, with the one that holds `path` marked. Without a hat there is only the overview. A school
    that no support scheme covers has no place for grants."""
    places = PLACES.get(hat.kind, (HOME,)) if hat else (HOME,)
    if GRANTS in places and hat.school and not _covering(hat.school.municipality_id, hat.school.country):
        places = tuple(place for place in places if place is not GRANTS)
    found = [(place, _address(place[2])) for place in places]
    here = max((url for _place, url in found if url and path.startswith(url)), key=len, default=None)
    return [
        Place(label=label, icon=icon, url=url, short=short, current=url == here)
        for (label, icon, _name, short), url in found
        if url
    ]


def _schemes(municipality, country: str):
    return GrantScheme.objects.covering(School(municipality_id=municipality, country=country)).values_list("pk")[:1]


_covering = standing(_schemes)


def _address(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
