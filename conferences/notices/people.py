"""Who is told: the guardians of every home that a talk is for, the pupil, its teachers."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Conference, with_relations, with_talks
from conferences.rules import is_teacher_of
from portal.messaging.letters import Button
from portal.people.models import GuardianRelation, School


def conference_of(event):
    return Conference.objects.select_related("round", "pupil", "home").get(pk=event.subject_id)


def called_to(talks, untold):
    """The live guardians of these talks whom the clock has not told yet, as relations with the keys of the `talk` and
    of its `round`. Those not told are found first, so that only those few are checked for being guardians today. Two
    queries for many talks, one when nobody is left."""
    talks = talks.order_by()
    confirmed = with_relations(talks).filter(untold).values_list("relation", flat=True)
    left = GuardianRelation.objects.live().filter(pk__in=set(confirmed))
    return with_talks(left).filter(untold, talk__in=talks.values("pk"))


def guardians(event):
    return list(conference_of(event).guardians())


def the_teacher(event):
    return [person for person in teacher_to_tell(conference_of(event)) if person.pk != event.by]


def teacher_to_tell(conference):
    """Nobody, once they no longer teach at the school or may no longer see the child."""
    teacher = conference.teacher
    return [teacher] if teacher.is_active and is_teacher_of(teacher, conference) else []


def still_guards(notice):
    return notice.subject.is_open and belongs(notice)


def belongs(notice):
    return notice.recipient in notice.subject.guardians()


def is_newest(notice):
    return notice.is_newest()


def still_teaches(notice):
    return notice.subject.is_open and notice.recipient in teacher_to_tell(notice.subject)


def names(conference):
    """All that a letter may say: the child's first name and the teacher's full name."""
    return {"child": conference.pupil.given_name, "teacher": conference.teacher.full_name}


def school_of(subject):
    return School.objects.get(pk=subject.school_id)


def page(name, *args):
    return settings.SITE_URL + reverse(f"conferences:{name}", args=args)


def open_talk(conference):
    return Button(_("Open the conference"), page("conference_show", conference.pk))
