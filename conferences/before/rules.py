"""Who reads, prepares and writes before the talk: the plan, the preparation, the pupil talk, the subjects."""

from conferences.models import Conference, LearningPlanRef
from conferences.rules import (
    can_call_round,
    can_note_attendance,
    guards_conference,
    is_restricted,
    is_teacher_of,
    takes_part,
    teaches_in,
)
from portal.people.models import GuardianRelation, keys_of
from portal.people.rules import is_portal, teaches


def teaches_conference(person, conference):
    """The teachers of the talk read what the family shares, and attach the plan."""
    taught = Conference.objects.of_teacher(person).filter(pk=conference.pk)
    return taught.exists() and not is_restricted(person, conference.pupil)


def can_manage_plan(person, conference):
    """The teachers of the talk attach the plan."""
    return is_portal(person) or teaches_conference(person, conference)


def can_add_plans(person, round, plans):
    """The teachers attach the plans, each for a child of their talks in this round."""
    restricted = keys_of.restricted(person)
    mine = Conference.objects.of_teacher(person).filter(round=round).exclude(pupil__in=restricted)
    wanted = {conference.pk for conference, _file in plans}
    return wanted <= set(mine.filter(pk__in=wanted).values_list("pk", flat=True))


def can_send_plans(person, round):
    """A teacher of a class in the round sends the plans of their talks."""
    return teaches_in(person, round)


def can_open_plan(person, plan):
    """Both homes and the pupil once it is sent, the teachers of the talk, and the principal."""
    return LearningPlanRef.objects.visible_to(person).filter(pk=plan.pk).exists()


def can_remove_plan(person, plan):
    """Those who may attach a plan may remove it."""
    return can_manage_plan(person, plan.conference)


def can_prepare(person, conference):
    """A guardian prepares in their own home, for a talk that the home is called to."""
    return person.household_id is not None and guards_conference(person, conference)


def can_write_own_part(person, conference):
    """Pupils write their own part from the age of 12."""
    return Conference.objects.of_pupil(person).filter(pk=conference.pk).exists()


def can_lend_phone(person, conference):
    """A guardian lends the child a phone, and the child tells the teacher on it."""
    return guards_conference(person, conference)


def can_talk_with_pupil(person, conference):
    """The teacher of the talk and the pupil speak alone; never a teacher who is the pupil's guardian."""
    is_guardian = GuardianRelation.objects.filter(guardian_id=person.pk, pupil=conference.pupil_id).exists()
    return not is_guardian and is_teacher_of(person, conference)


def can_read_agenda(person, conference):
    """The family, and those who may read what it shares before the talk."""
    return takes_part(person, conference) or can_note_attendance(person, conference)


def can_put_point(person, conference):
    """The teacher who holds the talk; families add their points by sharing what they have prepared."""
    return is_teacher_of(person, conference)


def can_take_point(person, point):
    """Those who may put a point on the agenda may take one of the school's away."""
    return can_put_point(person, point.conference)


def can_manage_subjects(person, school):
    """The leaders and the office keep the list of what the school teaches."""
    return can_call_round(person, school)


def can_change_subject(person, subject):
    """The leaders and the office keep the list of what the school teaches."""
    return can_manage_subjects(person, subject.school)


def can_write_subject(person, school_class, subject, texts):
    """A teacher of the class writes about its pupils, in a subject of the school; never about a pupil from whom they
    are restricted."""
    restricted = keys_of.restricted(person)
    known = school_class.enrolments.current().exclude(pupil__in=restricted).values_list("pupil", flat=True)
    in_class = {pupil.pk for pupil, _text in texts} <= set(known)
    return subject.school_id == school_class.school_id and in_class and teaches(person, school_class)
