"""What a child who has left a class leaves behind: talks to come, requests that wait, interpreters on order."""

from django.db.models import Q
from django.utils import timezone

from conferences.models import Conference, ConferenceRound, ExtraRequest, InterpreterRequest
from portal.people.models import Enrolment, Person, Role
from portal.people.rules import TEACHERS


def left_open():
    """Open talks of children who have left the class, if still to come: what has begun counts as held, and a round that
    is over calls nobody."""
    over = [ConferenceRound.State.CLOSED, ConferenceRound.State.CANCELLED]
    to_come = Q(booking__starts_at__gt=timezone.now()) | Q(booking=None) & ~Q(round__state__in=over)
    return Conference.objects.astray().filter(to_come)


def pupils_who_left():
    asked = ExtraRequest.objects.astray().values("pupil")
    return Person.objects.filter(Q(pk__in=left_open().values("pupil")) | Q(pk__in=asked)).order_by("pk")


def classes_shared(talks):
    """{talk's key: a class at the same school that the child is in now and the talk's teacher teaches}. A talk without
    a time goes along only within its round. Two queries for each talk."""
    found = {}
    for talk in talks:
        taught = Role.objects.live(kinds=TEACHERS).filter(person=talk.teacher_id).values("school_class")
        places = Enrolment.objects.current().filter(pupil=talk.pupil_id, pupil__is_active=True)
        here = places.filter(school_class__in=taught, school_class__school=talk.school_class.school_id)
        if talk.round_id and not talk.time:
            here = here.filter(school_class__in=talk.round.classes.all())
        school_class = here.order_by("school_class").values_list("school_class", flat=True).first()
        if school_class:
            found[talk.pk] = school_class
    return found


def needs_interpreter(talks):
    """Only for talks with a time: somebody must tell the agency."""
    keys = [talk.pk for talk in talks if talk.time]
    ordered = InterpreterRequest.objects.ordered().filter(conference__in=keys)
    return ordered.select_related("conference__booking").order_by("pk")
