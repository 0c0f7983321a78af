"""Who calls, books, holds and records a conference. Each docstring is the reason, as the school would give it."""

from django.utils.translation import gettext_lazy as _

from conferences.models import (
    AgreedAction,
    Conference,
    ConferenceSetting,
    ConferenceSummary,
    ExtraRequest,
    InterpreterRequest,
    Participant,
)
from portal.access import for_whom
from portal.people.hats import KINDS_OF, PARENT, PUPIL
from portal.people.models import AccessRestriction, GuardianRelation, Person, Role
from portal.people.rules import (
    LEADERS,
    TEACHERS,
    guardians,
    has_role,
    is_guardian_of,
    is_portal,
    leads,
    pupils,
    runs_office,
    teaches,
)
from portal.standing import standing

# Kinds of people


@for_whom(_("the principal, the deputy and the office"))
def round_leaders(person):
    """The principal, the deputy and the office, who call a round and keep it in order."""
    return has_role(person, Role.Kind.OFFICE, *LEADERS)


@for_whom(_("teachers who hold talks, the principal, the deputy and the office"))
def hosts(person):
    """Teachers who hold conferences, and those who lead a round."""
    return has_role(person, *TEACHERS, Role.Kind.OFFICE, *LEADERS)


@for_whom(_("guardians, and pupils from the age of 12"))
def families(person):
    """Guardians, and pupils from the age of 12."""
    return guardians(person) or pupils(person)


KINDS_OF[families] = (PARENT, PUPIL)


@for_whom(_("the school board, the principal, the deputy and the office"))
def late_readers(person):
    """The board sees why families were called late; the leaders and the office wrote it."""
    return has_role(person, Role.Kind.BOARD_MEMBER, Role.Kind.OFFICE, *LEADERS)


KINDS_OF[late_readers] = (Role.Kind.BOARD_MEMBER, Role.Kind.OFFICE, *LEADERS)


@for_whom(_("the principal, the deputy and the school board"))
def overseers(person):
    """Those who lead a school, and its board, which supervises by totals."""
    return has_role(person, *LEADERS, Role.Kind.BOARD_MEMBER)


KINDS_OF[overseers] = (*LEADERS, Role.Kind.BOARD_MEMBER)
KINDS_OF[round_leaders] = (Role.Kind.OFFICE, *LEADERS)
KINDS_OF[hosts] = (*TEACHERS, Role.Kind.OFFICE, *LEADERS)


# Rounds and slots


def can_call_round(person, school):
    """The school's leaders and its office call the rounds of conferences."""
    return is_portal(person) or runs_office(person, school)


def can_lead_round(person, round):
    """The leaders and the office of the school keep a round in order."""
    return can_call_round(person, round.school)


def can_draft_round(person, school, classes):
    """The school's leaders and its office call the classes of their own school."""
    return can_call_round(person, school) and all(one.school_id == school.pk for one in classes)


def can_change_round(person, round, classes):
    """The leaders and the office of the school keep a round in order, with classes of their own school."""
    return can_draft_round(person, round.school, classes)


def can_follow_round(person, round):
    """Those who lead the round, and the teachers of its classes, see how far it has come."""
    return can_lead_round(person, round) or teaches_in(person, round)


def can_manage_room(person, room):
    """The school's leaders and its office keep the list of rooms."""
    return can_call_round(person, room.school)


def can_offer_times(person, round, teacher, room=None):
    """A teacher of a class in the round offers their own times, in the school's rooms; the leaders and the office may
    do it for any of them."""
    is_here = room is None or room.school_id == round.school_id
    is_own = teacher.pk == person.pk
    return is_here and teaches_in(teacher, round) and (is_own or can_lead_round(person, round))


def can_move_day(person, round, teacher):
    """The leaders and the office move the talks of a teacher who is ill, even of one who has left; teachers move their
    own."""
    return can_lead_round(person, round) or (teacher.pk == person.pk and teaches_in(person, round))


def can_manage_slot(person, slot):
    """A teacher of the school manages their own times; the leaders and the office may too."""
    round, is_own = slot.round, slot.teacher_id == person.pk
    works_here = is_own and round is not None and has_role(person, *TEACHERS, school_class__school=round.school_id)
    return works_here or (round is not None and can_lead_round(person, round))


def teaches_in(person, round):
    """A teacher of a class in this round."""
    return has_role(person, *TEACHERS, school_class__in=round.classes.all())


# One conference


def hosts_conference(person, conference):
    """The teacher who holds it, the child's contact teacher, and the school's leaders and office: never about their own
    child, unless they are its teacher, nor about a child they are restricted from."""
    if is_portal(person):
        return True
    mine = Conference.objects.of_teacher(person) | Conference.objects.of_leader(person)
    return mine.filter(pk=conference.pk).exists()


def is_teacher_of(person, conference):
    """The teacher who holds the conference, while they still teach at the school."""
    own = Conference.objects.of_teacher(person).filter(teacher_id=person.pk, pk=conference.pk)
    return own.exists() and not is_restricted(person, conference.pupil)


def guards_conference(person, conference):
    """A guardian of the child, in a home that the conference is for."""
    return bool(_guarded(person.pk, person.household_id, conference.pk))


_guarded = standing(
    lambda person, home, conference: (
        Conference.objects.of_guardian(Person(pk=person, household_id=home)).filter(pk=conference).query.exists()
    )
)


def takes_part(person, conference):
    """The guardians and the pupil of the conference."""
    is_pupil = Conference.objects.of_pupil(person).filter(pk=conference.pk).exists()
    return is_pupil or guards_conference(person, conference)


def is_restricted(person, pupil):
    return AccessRestriction.objects.against(person).filter(pupil=pupil).exists()


def can_book(person, conference, slot):
    """A guardian books a time with their child's teacher; the teacher and the leaders may book on their behalf."""
    fits = slot.teacher_id == conference.teacher_id and slot.round_id in (conference.round_id, None)
    is_for_another = slot.reserved_for_id not in (conference.pk, None)
    if not fits or is_for_another:
        return False
    return guards_conference(person, conference) or hosts_conference(person, conference)


def can_book_together(person, round, times):
    """A guardian books several talks about their children at once, all or none."""
    return all(can_book(person, conference, slot) for conference, slot in times)


def can_give_up_time(person, conference):
    """A guardian cancels their own time; the teacher and the leaders may too."""
    return guards_conference(person, conference) or hosts_conference(person, conference)


def can_arrange(person, conference):
    """A guardian says how their talk is held, and asks for an interpreter; the teacher and the leaders may too."""
    return guards_conference(person, conference) or hosts_conference(person, conference)


def can_say_wish(person, round):
    """A home with a child in the round says what suits it."""
    own = Conference.objects.of_guardian(person).filter(round=round)
    return person.household_id is not None and own.exists()


def can_ask_for_times(person, conference):
    """A guardian for whom no time fits says when their home can come."""
    return guards_conference(person, conference)


def can_ask_separate(person, conference):
    """A guardian asks for a talk for their home alone, when the school offers it; also when the other home asked a
    moment ago, and the joint talk that they saw has become the other's."""
    setting = ConferenceSetting.objects.filter(school=conference.school_id).first()
    is_offered = setting is None or setting.separate_talks
    is_known = Conference.objects.told().filter(pk=conference.pk).exists()
    return conference.home_id is None and is_offered and is_known and is_guardian_of(person, conference.pupil)


def can_ask_swap(person, conference, theirs):
    """A guardian asks another family, unnamed, for a time of the same teacher in the same round."""
    other = theirs.conference
    fits = (conference.round_id, conference.teacher_id) == (other.round_id, other.teacher_id) and conference.round_id
    return (
        bool(fits)
        and conference.pupil_id != other.pupil_id
        and theirs.slot.reserved_for_id is None
        and guards_conference(person, conference)
    )


def can_answer_swap(person, swap):
    """A guardian of the child whose time is asked for answers."""
    return guards_conference(person, swap.theirs.conference)


def can_withdraw_swap(person, swap):
    """The home that asked may take the question back."""
    return guards_conference(person, swap.mine.conference)


def can_take_over(person, conference, booking):
    """Only a swap that both families agreed to does this."""
    return is_portal(person) and booking.conference_id == conference.pk


def can_order_interpreter(person, request: InterpreterRequest):
    """The office orders interpreters for the whole school."""
    return is_portal(person) or runs_office(person, request.conference.school_class.school)


def only_the_clock(person, subject):
    """Only the clock does this."""
    return is_portal(person)


# The day of the talks, and talks outside the rounds


def leads_conference(person, conference):
    """The principal and the deputy of the school, never about their own child."""
    if is_portal(person):
        return True
    led = Conference.objects.of_leader(person).filter(pk=conference.pk).exists()
    return led and leads(person, conference.school_class.school) and not is_restricted(person, conference.pupil)


def can_note_attendance(person, conference):
    """The teacher who holds the talk knows who came; the school's leaders record it for a teacher who is away."""
    return is_teacher_of(person, conference) or leads_conference(person, conference)


def can_say_wanted(person, conference):
    """The child's teachers and the school's leaders say whether a talk is needed this time."""
    taught = Conference.objects.of_teacher(person).filter(pk=conference.pk).exists()
    return (taught and not is_restricted(person, conference.pupil)) or leads_conference(person, conference)


def can_ask_along(person, conference, teacher=None):
    """Those who host the talk ask others along: a teacher of the same school, or somebody by name."""
    works_there = teacher is None or has_role(
        teacher, *TEACHERS, school_class__school=conference.school_class.school_id
    )
    return works_there and hosts_conference(person, conference)


def can_let_go_participant(person, participant):
    """Those who host the talk may also remove somebody from it."""
    return hosts_conference(person, participant.conference)


@for_whom(_("guardians, teachers, the principal, the deputy and the office"))
def extra_askers(person):
    """Guardians and teachers may ask for an extra talk; the leaders and the office see what is asked."""
    return guardians(person) or hosts(person)


KINDS_OF[extra_askers] = (PARENT, *TEACHERS, Role.Kind.OFFICE, *LEADERS)


def can_ask_extra(person, pupil, school_class):
    """The home or a teacher of the class asks for an extra talk, at any time; so do the school's leaders."""
    if not school_class.enrolments.current().filter(pupil=pupil).exists() or is_restricted(person, pupil):
        return False
    return is_guardian_of(person, pupil) or _works_with(person, pupil, school_class)


def can_settle_extra(person, request):
    """The teachers of the class and the school's leaders see that it leads to a talk, while the child is there."""
    return ExtraRequest.objects.of_staff(person).filter(pk=request.pk).exists()


def can_schedule_extra(person, request, teacher):
    """The teachers of the class and the leaders find a time, with a teacher of the class or of the school."""
    at_school = has_role(teacher, *TEACHERS, school_class__school=request.school_class.school_id)
    return at_school and can_settle_extra(person, request)


def can_close_extra(person, request):
    """The person who asked may take it back; the school may close it with a word to the family."""
    own = ExtraRequest.objects.visible_to(person).filter(pk=request.pk, by_id=person.pk)
    return is_portal(person) or can_settle_extra(person, request) or own.exists()


def can_answer_prompt(person, school_class):
    """The contact teacher goes through the class once a month."""
    return has_role(person, Role.Kind.CONTACT_TEACHER, school_class=school_class)


def _works_with(person, pupil, school_class):
    """Never the child's guardian, whatever role they have."""
    if GuardianRelation.objects.filter(guardian_id=person.pk, pupil=pupil).exists():
        return False
    return teaches(person, school_class) or leads(person, school_class.school)


# The summary, and what follows from it


def can_write_summary(person, conference, tips=()):
    """The teachers who hold the talk together write its summary, with tips of their own school."""
    is_here = all(tip.school_id == conference.school_id for tip in tips)
    return is_here and (is_teacher_of(person, conference) or _joins(person, conference))


def can_share_summary(person, summary):
    """The teacher who holds the talk shares the summary, and answers for it."""
    return is_teacher_of(person, summary.conference)


def can_correct_summary(person, summary):
    """Whoever shares a summary also corrects it."""
    return can_share_summary(person, summary)


def can_open_summary(person, summary):
    """The guardians, the pupil from 12, the child's teachers and the principal."""
    return ConferenceSummary.objects.visible_to(person).filter(pk=summary.pk).exists()


def can_answer_summary(person, summary):
    """The guardians and the pupil say whether the summary is right."""
    return takes_part(person, summary.conference)


def can_reply(person, answer):
    """The teachers who hold the talk answer what the family comments."""
    return can_write_summary(person, answer.summary.conference)


def can_tell_agreement(person, agreement):
    """The side that promised it says how it went: the teachers, the guardians, or the pupil and the guardians."""
    return agreement.owner in sides_of(person, agreement.summary.conference)


def sides_of(person, conference):
    """Those for whom somebody may say how it went."""
    guards = guards_conference(person, conference)
    is_own = not guards and takes_part(person, conference)
    return sides_for(writes=can_write_summary(person, conference), guards=guards, is_own=is_own)


def sides_for(*, writes, guards, is_own):
    """The teachers speak for the school, a guardian for the home and the pupil, pupils for themselves."""
    sides = {AgreedAction.Owner.SCHOOL} if writes else set()
    if guards:
        sides |= {AgreedAction.Owner.HOME, AgreedAction.Owner.PUPIL}
    elif is_own:
        sides.add(AgreedAction.Owner.PUPIL)
    return sides


def can_give_feedback(person, conference):
    """The guardians and the teacher of the talk say how it was."""
    return guards_conference(person, conference) or is_teacher_of(person, conference)


def _joins(person, conference):
    joined = conference.participants.filter(person_id=person.pk, kind=Participant.Kind.TEACHER)
    taught = Conference.objects.of_teacher(person).filter(pk=conference.pk)
    return joined.exists() and taught.exists() and not is_restricted(person, conference.pupil)
