"""Who is told: the guardians of every home that a talk is for, the pupil, its teachers."""

from collections import defaultdict

from django.conf import settings
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Conference
from conferences.rules import is_teacher_of
from portal.messaging.letters import Button
from portal.people.models import GuardianRelation, Person, School


def conference_of(event):
    """The talk that it happened to. Raises DoesNotExist when the talk is gone."""
    return Conference.objects.select_related("round", "pupil", "home").get(pk=event.subject_id)


def guardians_of(conference):
    """Every live guardian in a home that the talk is for: both homes are told the same."""
    live = GuardianRelation.objects.live().filter(pupil=conference.pupil_id).values("guardian")
    return [adult for adult in Person.objects.filter(pk__in=live) if conference.home_id in (None, adult.household_id)]


def guardians_who_were(row):
    """Those who are told that it falls away: the live guardians of the homes that the talk or the question is for, also
    when the child has left the portal altogether. Nobody whose relation has ended or is restricted."""
    home = row.home_id if hasattr(row, "home_id") else row.household_id
    relations = GuardianRelation.objects.live()
    if not row.pupil.is_active:
        relations = GuardianRelation.objects.live_but_for_the_pupil()
    people = Person.objects.active().filter(pk__in=relations.filter(pupil=row.pupil_id).values("guardian"))
    return [adult for adult in people if home in (None, adult.household_id)]


def guardians_of_each(conferences):
    """{talk's key: the same people} for many talks. One query."""
    relations = GuardianRelation.objects.live().filter(pupil__in={conference.pupil_id for conference in conferences})
    adults = defaultdict(list)
    for relation in relations.select_related("guardian"):
        adults[relation.pupil_id].append(relation.guardian)
    return {
        conference.pk: [
            adult for adult in adults[conference.pupil_id] if conference.home_id in (None, adult.household_id)
        ]
        for conference in conferences
    }


def called_to(talks, untold):
    """The live guardians in the homes that these talks are for, as relations with the keys of the `talk` and of its
    `round`: those whom the clock has not told yet. That is looked for first, among all, so that who counts as a guardian
    is asked of the few that are left. Two queries for many talks, and one where nobody is left."""
    of_talk = {"talk": F("pupil__conferences"), "round": F("pupil__conferences__round")}
    confirmed = GuardianRelation.objects.filter(state=GuardianRelation.State.CONFIRMED).annotate(**of_talk)
    of_talks = Q(untold, talk__in=talks.order_by().values("pk"))
    left = GuardianRelation.objects.live().filter(pk__in=set(confirmed.filter(of_talks).values_list("pk", flat=True)))
    pairs = left.annotate(**of_talk, of_home=F("pupil__conferences__home"))
    return pairs.filter(of_talks, Q(of_home=None) | Q(of_home=F("guardian__household")))


def guardians(event):
    return guardians_of(conference_of(event))


def the_teacher(event):
    """The teacher, unless the change was the teacher's own."""
    return [person for person in teacher_to_tell(conference_of(event)) if person.pk != event.by]


def teacher_to_tell(conference):
    """The teacher of the talk, while still a teacher at the school who may know of the child."""
    teacher = conference.teacher
    return [teacher] if teacher.is_active and is_teacher_of(teacher, conference) else []


def still_guards(notice):
    """A live guardian in a home that the talk is for, of a talk that is still to come."""
    return notice.subject.is_open and belongs(notice)


def belongs(notice):
    return notice.recipient in guardians_of(notice.subject)


def is_newest(notice):
    return notice.is_newest()


def still_teaches(notice):
    return notice.subject.is_open and notice.recipient in teacher_to_tell(notice.subject)


def names(conference):
    """What a letter may say: the child's first name and the teacher's whole name, and nothing more."""
    return {"child": conference.pupil.given_name, "teacher": conference.teacher.full_name}


def school_of(subject):
    return School.objects.get(pk=subject.school_id)


def page(name, *args):
    return settings.SITE_URL + reverse(f"conferences:{name}", args=args)


def open_talk(conference):
    return Button(_("Open the conference"), page("conference_show", conference.pk))
