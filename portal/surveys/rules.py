"""Who may do something with a survey: the room that asks it knows whom it asks."""

from portal.people.rules import is_portal


def only_a_room(person, survey, household=None, person_asked=None):
    """The room that asks decides who may start, answer and close, and then acts as the portal."""
    return is_portal(person)
