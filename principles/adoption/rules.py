"""Who writes down a decision and carries it out. Each docstring is the reason, as the school would put it."""

from portal.people.models import Person, Role
from portal.people.models.roles import REACHED_KINDS
from portal.people.rules import has_role, is_portal
from principles.rules import can_draft, can_publish


def can_adopt(person: Person, version) -> bool:
    """Whoever may make the text public writes down the meeting that decided it."""
    return can_publish(person, version)


def can_correct_decision(person: Person, adoption) -> bool:
    """Whoever writes down a decision mends a slip in it."""
    return can_publish(person, adoption.version)


def can_carry_out(person: Person, version, owner=None) -> bool:
    """Those who write the principle plan how it is carried out, by people who work at the school or sit on its board."""
    if owner is not None and not works_for(owner, version.principle):
        return False
    return can_draft(person, version.principle.place)


def can_hand_step(person: Person, step, owner=None) -> bool:
    """Those who write the principle give a step on, to somebody who works at the school or sits on its board."""
    return can_carry_out(person, step.version, owner)


def works_for(person, principle):
    if principle.school is None:
        return has_role(person, Role.Kind.MUNICIPALITY_OFFICER, municipality=principle.municipality)
    kinds = [*REACHED_KINDS, Role.Kind.BOARD_MEMBER]
    return Role.objects.live(kinds=kinds).at(principle.school).filter(person=person.pk).exists()


def can_communicate(person: Person, communication) -> bool:
    """Whoever makes a text public sees to it that those it is for are told."""
    return can_publish(person, communication.version)


def can_finish(person: Person, step) -> bool:
    """Whoever sees to it says what shows that it is done, while they work there; and those who write the principle."""
    owns = person.pk == step.owner_id and works_for(person, step.version.principle)
    return is_portal(person) or owns or can_draft(person, step.place)
