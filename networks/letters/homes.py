"""The homes of a class that no message reaches, as far as the one who asks may write to them."""

from dataclasses import dataclass

from django.urls import reverse

from networks.letters.queries import changed_at, is_overtaken
from networks.models import PrintedLetter, Rsvp
from networks.queries import INVITED, how_reached, name_of
from portal.messaging.queries import reach_of
from portal.people import protection
from portal.people.models import Person
from portal.people.queries import Family, families_of
from portal.people.rules import contacts, runs_office
from portal.speech import in_words


@dataclass(frozen=True)
class PaperHome:
    """A home whose invitation goes on paper. `is_alone`: its letter is printed by itself, by the office, and handed over."""

    family: Family
    name: str
    letter: PrintedLetter | None
    rsvp: Rsvp | None
    is_alone: bool
    is_old: bool

    @property
    def household_id(self):
        return self.family.household_id

    @property
    def can_be_printed(self):
        """Until the home answers; and again when it may come and nothing has told it of a change."""
        return self.rsvp is None or self.is_old

    @property
    def is_due(self):
        """In the letters of the whole class."""
        return self.can_be_printed and not self.is_alone and (self.letter is None or self.is_old)


@dataclass(frozen=True)
class PaperPage:
    homes: list[PaperHome]
    by_office: bool

    @property
    def due(self):
        return sum(1 for home in self.homes if home.is_due)


def paper_page(gathering, person):
    """The same number of queries at any size."""
    by_office = runs_office(person, gathering.school_class.school)
    letters = {letter.household_id: letter for letter in gathering.letters.all()}
    rsvps = {rsvp.household_id: rsvp for rsvp in gathering.rsvps.select_related("answered_by")}
    changed = changed_at([gathering]).get(gathering.pk)
    homes = [
        PaperHome(
            family=family,
            name=_true_name(family) if by_office else name_of(family),
            letter=letters.get(family.household_id),
            rsvp=rsvps.get(family.household_id),
            is_alone=family.protected,
            is_old=_is_old(gathering, rsvps.get(family.household_id), letters.get(family.household_id), changed),
        )
        for family in without_address(gathering, homes_open_to(person, gathering))
    ]
    return PaperPage(homes, by_office)


def _is_old(gathering, rsvp, letter, changed):
    if rsvp is not None:
        return is_overtaken(rsvp, letter, changed)
    return letter is not None and letter.sequence < gathering.sequence


def homes_open_to(person, gathering):
    """The homes of the class to which this person may write on paper."""
    school_class = gathering.school_class
    families = [family for family in families_of(school_class) if family.household_id]
    if runs_office(person, school_class.school):
        pupils, others = Person.objects.restricted_for(person)
        kept = {*pupils.values_list("pupil", flat=True), *others.values_list("guardian", flat=True)}
        return [family for family in families if kept.isdisjoint(_keys(family))]
    if contacts(person, school_class):
        _people, near = protection.near_to(person)
        return [family for family in families if not family.protected and family.household_id not in near]
    return []


def without_address(gathering, families):
    """Those without e-mail and phone, and those to whom all that was sent came back. One query."""
    reached = reach_of(gathering, INVITED, opened=False)
    return [family for family in families if how_reached(family, None, reached) in ("none", "failed")]


def page_of_letters(gathering):
    return reverse("networks:letter_list", args=[gathering.pk])


def _true_name(family):
    """The office hands the letter over, so it reads whose it is."""
    return in_words([pupil.full_name for pupil in family.pupils])


def _keys(family):
    return {person.pk for person in (*family.pupils, *family.adults)}
