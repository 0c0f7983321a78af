"""Who is called to a talk: everyone when the round goes out, and those who come to a class or leave it afterwards."""

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences import rules
from conferences.models import Conference, ConferenceRound, NotNow, Participant
from conferences.queries.rounds import roster_of
from portal.actions import action
from portal.ledger.models import Event
from portal.ledger.record import record
from portal.people.models import Enrolment, Person, the_portal

State = Conference.State


def call(round, calls):
    """Write a conference for each of these calls that has none, with the teachers who join. Those written."""
    still = Q(home=None) | ~Q(state=State.CANCELLED)  # two homes with a talk each are called already
    known = Conference.objects.filter(still, round=round)
    before = set(known.values_list("pupil", "teacher"))
    wanted = {(one.pupil_id, one.teacher_id): one for one in reversed(calls)}  # the first of two alike
    new = [
        Conference(
            round=round,
            pupil_id=one.pupil_id,
            teacher_id=one.teacher_id,
            school_class_id=one.school_class_id,
            wanted=one.wanted,
        )
        for pair, one in wanted.items()
        if pair not in before
    ]
    Conference.objects.bulk_create(new)
    portal = the_portal()
    Participant.objects.bulk_create(
        [
            Participant(conference=made, kind=Participant.Kind.TEACHER, person_id=teacher, added_by=portal)
            for made in new
            for teacher in wanted[made.pupil_id, made.teacher_id].joined
        ]
    )
    return new


@action(may=rules.only_the_clock, records="conferences.roster_followed", refuses=(NotNow,))
def follow_roster(round: ConferenceRound, *, by: Person) -> None:
    """Call the children who have come to a class since the round went out, and those who have changed class inside it.
    A time that was booked is kept, and its teacher is told. Refused when nothing has changed."""
    row = ConferenceRound.objects.select_for_update(of=("self",), no_key=True).get(pk=round.pk)
    if not row.is_published:
        raise NotNow(_("This round is over."))
    calls = roster_of(round).calls
    gone = _gone(round)
    kept = _kept(round, [one for one in gone if one.time], calls)
    off = _call_off([one for one in gone if not one.time])
    called = _call_anew(round, calls)
    if not (off or called or kept):
        raise NotNow(_("Nobody has come or moved since the last time."))
    record("conferences.roster_followed", round, by=by, called=called, called_off=off, kept=kept)


def _gone(round):
    """The open talks whose child is no longer in the class that it was called from."""
    here = Enrolment.objects.current().filter(pupil__is_active=True)
    places = set(here.filter(school_class__in=round.classes.all()).values_list("pupil", "school_class"))
    talks = Conference.objects.open().filter(round=round)
    list(talks.order_by("pk").select_for_update(of=("self",), no_key=True))
    read = talks.select_related("booking").order_by("pk")
    return [one for one in read if (one.pupil_id, one.school_class_id) not in places]


def _kept(round, booked, calls):
    """Those with a time go with the child to the new class, so that its teacher sees them. Each is told of once."""
    events = Event.objects.about(round).filter(verb="conferences.roster_followed")
    told = {key for details in events.values_list("details", flat=True) for key in details["kept"]}
    classes = {one.pupil_id: one.school_class_id for one in calls if one.is_main}
    for one in booked:
        one.school_class_id = classes.get(one.pupil_id, one.school_class_id)
    Conference.objects.bulk_update(booked, ["school_class"])
    return [one.pk for one in booked if one.pk not in told]


def _call_off(left):
    keys = [one.pk for one in left]
    Conference.objects.filter(pk__in=keys).update(
        state=State.CANCELLED, ended_at=timezone.now(), sequence=F("sequence") + 1
    )
    return keys


def _call_anew(round, calls):
    """Open again what was called off when a child left, and write the rest. One main talk for a child and a class is
    enough: the teacher may have changed since."""
    talks = Conference.objects.filter(round=round)
    main = talks.exclude(state=State.CANCELLED).exclude(wanted=Conference.Wanted.OFFERED)
    has = set(main.values_list("pupil", "school_class"))
    left = [one for one in calls if not (one.is_main and (one.pupil_id, one.school_class_id) in has)]
    wanted = {(one.pupil_id, one.teacher_id): one for one in reversed(left)}
    again = []
    for one in talks.filter(home=None, state=State.CANCELLED):
        meant = wanted.get((one.pupil_id, one.teacher_id))
        if meant and (meant.is_main or meant.school_class_id != one.school_class_id):
            one.state, one.ended_at, one.school_class_id = State.CALLED, None, meant.school_class_id
            again.append(one)
    Conference.objects.bulk_update(again, ["state", "ended_at", "school_class"])
    return sorted(one.pk for one in again + call(round, left))
