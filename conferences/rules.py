"""Who calls, books, holds and writes down a conference. Each docstring is the reason, as the school would say it."""

from conferences.models import Conference, InterpreterRequest
from portal.people.hats import KINDS_OF
from portal.people.models import AccessRestriction, Role
from portal.people.rules import LEADERS, TEACHERS, holds, is_portal, runs_office

# Kinds of people


def round_leaders(person):
    """The principal, the deputy and the office, who call a round and keep it in order."""
    return holds(person, Role.Kind.OFFICE, *LEADERS)


def hosts(person):
    """Teachers who hold conferences, and those who lead a round."""
    return holds(person, *TEACHERS, Role.Kind.OFFICE, *LEADERS)


KINDS_OF[round_leaders] = (Role.Kind.OFFICE, *LEADERS)
KINDS_OF[hosts] = (*TEACHERS, Role.Kind.OFFICE, *LEADERS)


# Rounds and slots


def can_call_round(person, school):
    """The school's leaders and its office call the rounds of conferences."""
    return is_portal(person) or runs_office(person, school)


def can_lead_round(person, round):
    """The leaders and the office of the school keep a round in order."""
    return can_call_round(person, round.school)


def can_offer_times(person, round, teacher):
    """A teacher of a class in the round offers own times; the leaders and the office may do it for any of them."""
    is_own = teacher.pk == person.pk and teaches_in(person, round)
    return is_own or (can_lead_round(person, round) and teaches_in(teacher, round))


def can_keep_slot(person, slot):
    """A teacher keeps the own times; the leaders and the office may too."""
    return is_portal(person) or slot.teacher_id == person.pk or runs_office(person, slot.round.school)


def teaches_in(person, round):
    """Whether somebody is a teacher of a class in this round."""
    return holds(person, *TEACHERS, school_class__in=round.classes.all())


# One conference


def hosts_conference(person, conference):
    """The teacher who holds it, the child's contact teacher, and the school's leaders and office: never about the own
    child, unless one is its teacher, nor about a child one must know nothing of."""
    if is_portal(person):
        return True
    mine = Conference.objects.of_teacher(person) | Conference.objects.of_leader(person)
    return mine.filter(pk=conference.pk).exists() and not is_kept_from(person, conference.pupil)


def holds_conference(person, conference):
    """The teacher who holds the conference, while still a teacher at the school."""
    own = Conference.objects.of_teacher(person).filter(teacher_id=person.pk, pk=conference.pk)
    return own.exists() and not is_kept_from(person, conference.pupil)


def guards_conference(person, conference):
    """A guardian of the child, in a home that the conference is for."""
    return Conference.objects.of_guardian(person).filter(pk=conference.pk).exists()


def takes_part(person, conference):
    """The guardians and the pupil of the conference."""
    is_pupil = Conference.objects.of_pupil(person).filter(pk=conference.pk).exists()
    return is_pupil or guards_conference(person, conference)


def is_kept_from(person, pupil):
    return AccessRestriction.objects.keeps(person).filter(pupil=pupil).exists()


def can_book(person, conference, slot):
    """A guardian books a time of the own child's teacher; the teacher and the leaders may book on behalf."""
    fits = slot.teacher_id == conference.teacher_id and slot.round_id in (conference.round_id, None)
    is_for_another = slot.reserved_for_id not in (conference.pk, None)
    if not fits or is_for_another:
        return False
    return guards_conference(person, conference) or hosts_conference(person, conference)


def can_book_together(person, round, times):
    """A guardian books several talks of the own children at once, all or none."""
    return all(can_book(person, conference, slot) for conference, slot in times)


def can_give_up_time(person, conference):
    """A guardian cancels the own time; the teacher and the leaders may too."""
    return guards_conference(person, conference) or hosts_conference(person, conference)


def can_read_interpreters(person, school):
    """The office orders interpreters for the whole school."""
    return runs_office(person, school)


def can_order_interpreter(person, request: InterpreterRequest):
    """The office orders interpreters for the whole school."""
    return is_portal(person) or runs_office(person, request.conference.school_class.school)


def only_the_clock(person, subject):
    """Only the clock does this."""
    return is_portal(person)
