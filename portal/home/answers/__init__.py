"""What people ask, hat by hat."""

from portal.home.answers.family import GUARDIAN, NOBODY, OF_CLASS_CONTACT, OF_PUPIL
from portal.home.answers.staff import OF_BOARD, OF_LEADER, OF_MUNICIPALITY, OF_OFFICE, OF_TEACHER
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role

Kind = Role.Kind

ANSWERS = {
    PARENT: GUARDIAN,
    PUPIL: OF_PUPIL,
    Kind.CLASS_CONTACT: OF_CLASS_CONTACT,
    Kind.CONTACT_TEACHER: OF_TEACHER,
    Kind.SUBJECT_TEACHER: OF_TEACHER,
    Kind.PRINCIPAL: OF_LEADER,
    Kind.DEPUTY: OF_LEADER,
    Kind.OFFICE: OF_OFFICE,
    Kind.BOARD_MEMBER: OF_BOARD,
    Kind.MUNICIPALITY_OFFICER: OF_MUNICIPALITY,
}


def answers_for(hat):
    """The chapters for whoever wears this hat; without one, how to come in."""
    return ANSWERS[hat.kind] if hat else NOBODY
