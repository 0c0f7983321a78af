"""One talk as its hosts see it: who comes, what is needed, what has been shared, what can be done now."""

from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from conferences import rules
from conferences.models import Conference, ConferenceSlot, Participant, Preparation, TimeRequest
from conferences.queries.day import HostedTalk
from conferences.queries.hosted import hosted_by, known_guardians, silent_of, with_facts
from conferences.queries.said import Said, said_about
from portal.people.models import Person, Role
from portal.people.rules import TEACHERS


@dataclass(frozen=True)
class HostedPage:
    talk: HostedTalk
    participants: list[Participant]
    requests: list[TimeRequest]
    shared: int
    teachers: list[Person]
    silent: object
    reserved: list[ConferenceSlot]
    said: list[Said]
    may_attend: bool
    may_say_wanted: bool
    is_teacher: bool

    @property
    def conference(self):
        return self.talk.conference

    @property
    def has_begun(self):
        booking = self.conference.time
        return booking is not None and booking.starts_at <= timezone.now()

    @property
    def note(self):
        return self.conference.booking.note if self.may_say_wanted and self.conference.time else ""

    @property
    def is_missed(self):
        return self.conference.state == Conference.State.MISSED

    @property
    def school(self):
        return self.conference.school_class.school


def hosted(person, pk):
    """404 unless the person deals with it as staff."""
    return get_object_or_404(with_facts(hosted_by(person)), pk=pk)


def asked_along(person, pk):
    participants = Participant.objects.filter(conference__in=hosted_by(person).values("pk"))
    return get_object_or_404(participants.select_related("conference__pupil", "conference__school_class"), pk=pk)


def hosted_page(conference, person):
    """Counts what is shared and does not read it: that is done on a page that records it."""
    participants = list(conference.participants.select_related("person"))
    lacks_time = (conference.is_open and conference.time is None) or conference.state == Conference.State.MISSED
    return HostedPage(
        talk=HostedTalk(conference=conference, guardians=known_guardians(conference)),
        participants=participants,
        requests=list(TimeRequest.objects.visible_to(person).waiting().filter(conference=conference)),
        shared=Preparation.objects.visible_to(person).shared().filter(conference=conference).count(),
        teachers=teachers_to_ask(conference),
        silent=silent_of([conference])[0] if lacks_time else None,
        reserved=reserved_times(conference) if lacks_time else [],
        said=said_about([conference], person).get(conference.pk, []) if lacks_time else [],
        may_attend=rules.can_note_attendance(person, conference),
        may_say_wanted=rules.can_say_wanted(person, conference),
        is_teacher=conference.teacher_id == person.pk,
    )


def reserved_times(conference):
    return list(ConferenceSlot.objects.free().filter(reserved_for=conference, starts_at__gt=timezone.now()))


def teachers_to_ask(conference):
    roles = Role.objects.live(kinds=TEACHERS).filter(school_class__school=conference.school_class.school_id)
    there = Q(pk=conference.teacher_id) | Q(pk__in=conference.participants.values("person"))
    return Person.objects.filter(pk__in=roles.values("person")).exclude(there).in_name_order()


def class_teachers(school_class):
    roles = Role.objects.live(kinds=TEACHERS).filter(school_class=school_class)
    return Person.objects.filter(pk__in=roles.values("person")).in_name_order()
