"""Who is called to a talk: everyone when the round goes out, and those who come to a class afterwards."""

from django.db.models import Q
from django.utils.translation import gettext as _

from conferences import rules
from conferences.models import Conference, ConferenceRound, NotNow, Participant, RoundOver
from conferences.queries.rounds import roster_of
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, the_portal

State = Conference.State


def open_talks_of(round):
    return [Conference.objects.open().filter(round=round)]


def call(round, calls):
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


@action(
    may=rules.only_the_clock,
    claims=ConferenceRound.objects.published,
    gone=RoundOver,
    locks=open_talks_of,
    records="conferences.roster_followed",
    refuses=(NotNow,),
)
def follow_roster(round: ConferenceRound, *, by: Person) -> None:
    """Call the children who have come to a class since the round went out, from another class in it too; what they left
    behind there is called off first, by `end_place`. Refused when nobody has come."""
    called = _call_anew(round, roster_of(round).calls)
    if not called:
        raise NotNow(_("Nobody has come since the last time."))
    record("conferences.roster_followed", round, by=by, called=called)


def _call_anew(round, calls):
    """Reopens what was called off when a child left, and writes the rest. One main talk for each child and class is
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
