"""The talks that stand in somebody's own calendar, and those of one teacher's day."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from conferences.models import Conference, Participant
from portal.people import protection
from portal.people.models import GuardianRelation
from portal.people.queries.naming import asked_of


def taken_part_in(person, since):
    """Talks with a time that the person comes to: as guardian, as the pupil, as the teacher who holds it or was asked
    along. `is_unnamed` says that the child or one of the homes is protected. It is never set for a guardian: a missing
    name would tell one home that the other has been protected. One query."""
    talks = Conference.objects
    own = GuardianRelation.objects.live().filter(guardian=person.pk, pupil=OuterRef("pupil"))
    along = Participant.objects.filter(person=person, kind=Participant.Kind.TEACHER).values("conference")
    theirs = talks.of_teacher(person).told().filter(Q(teacher=person) | Q(pk__in=along))
    return (
        talks.visible_to(person)
        .filter(
            Q(pk__in=talks.of_guardian(person).values("pk"))
            | Q(pk__in=talks.of_pupil(person).values("pk"))
            | Q(pk__in=theirs.values("pk")),
            booking__ends_at__gte=since,
        )
        .exclude(state=Conference.State.CANCELLED)
        .select_related("pupil", "booking__slot__room")
        .annotate(is_unnamed=Q(pupil__in=protection.covered()) & ~Exists(own))
    )


def ahead_of(person):
    """As `asked_of` each teacher. One query."""
    own = Conference.objects.of_guardian(person) | Conference.objects.of_pupil(person)
    ahead = Conference.objects.visible_to(person).to_come().filter(pk__in=own.values("pk"))
    related = ahead.select_related("booking__slot__room", "pupil", "teacher", "school_class__school")
    return list(asked_of(related, person, "teacher").order_by("booking__starts_at"))


def taught_on(teacher, day):
    starts = datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
    ends = datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_current_timezone())
    return (
        Conference.objects.of_teacher(teacher)
        .told()
        .filter(teacher=teacher, booking__starts_at__gte=starts, booking__starts_at__lt=ends)
        .exclude(state=Conference.State.CANCELLED)
        .select_related("booking__slot__room")
        .order_by("booking__starts_at", "pk")
    )
