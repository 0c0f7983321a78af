"""Homes that no message reaches: to whom one writes on paper, and for whom the office writes down what they say."""

from networks.queries.board import INVITED, how_reached
from portal.messaging.queries import reach_of
from portal.people import protection
from portal.people.models import Person
from portal.people.queries import families_of
from portal.people.rules import contacts, runs_office
from portal.speech import in_words

ASKED = "networks.poll_sent"  # a poll counts as the invitation


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
    """Those without e-mail and phone that work today, whatever has reached them before, and those to whom all that was sent
    came back. One query."""
    reached = reach_of(gathering, ASKED if gathering.has_no_time else INVITED, opened=False)
    return [
        family
        for family in families
        if not family.reachable or how_reached(family, None, reached) in ("none", "failed")
    ]


def _keys(family):
    return {person.pk for person in (*family.pupils, *family.adults)}


def true_name_of(family):
    """For the office, which hands over letters and writes down what a home says, and reads whose it is."""
    return in_words([pupil.full_name for pupil in family.pupils])
