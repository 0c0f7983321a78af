"""What a home says when the times do not suit it: which ones would, that none of them does, that it wants a talk of its
own."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.booking import booking_of
from conferences.models import (
    AgendaPoint,
    Conference,
    ConferenceRound,
    Hold,
    InterpreterRequest,
    LearningPlanRef,
    NotNow,
    Preparation,
    Swap,
    TalkOver,
    TimeRequest,
    TimeWish,
)
from conferences.queries.times import homes_of
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


@action(may=rules.can_say_wish, claims=ConferenceRound.objects.all, records="conferences.wish_said", refuses=(NotNow,))
def say_wish(
    round: ConferenceRound,
    *,
    by: Person,
    times: list[str],
    phone_or_video: bool = False,
    cannot_move: bool = False,
    note: str = "",
) -> TimeWish:
    """A home says what suits it before times are shared out; saying something else replaces it, and the same again
    is no event. Refused when it is too late."""
    if not round.takes_wishes():
        raise NotNow(
            _("It is too late to say what suits you here. Call the school, and they will find a time with you.")
        )
    said = {"times": times, "phone_or_video": phone_or_video, "cannot_move": cannot_move, "note": note, "by": by}
    before = TimeWish.objects.filter(round=round, household_id=by.household_id, **said).first()
    if before:
        return before
    wish, _made = TimeWish.objects.update_or_create(round=round, household_id=by.household_id, defaults=said)
    record("conferences.wish_said", round, by=by, household=by.household_id, cannot_move=cannot_move)
    return wish


@action(
    may=rules.can_ask_for_times, claims=Conference.objects.open, gone=TalkOver, records="conferences.times_requested"
)
def ask_for_times(conference: Conference, *, by: Person, text: str = "", call_me: bool = False) -> TimeRequest:
    """No time fits: a home says when it can come, or asks for a call. Asking for something else replaces what it
    said, and the same again tells nobody. Refused when the talk is over or called off."""
    waiting = TimeRequest.objects.waiting().filter(conference=conference, household_id=by.household_id)
    if before := waiting.filter(text=text, call_me=call_me, by=by).first():
        return before
    asked, _made = TimeRequest.objects.update_or_create(
        conference=conference,
        household_id=by.household_id,
        answered_at=None,
        defaults={"text": text, "call_me": call_me, "by": by, "at": timezone.now()},
    )
    record("conferences.times_requested", conference, by=by, household=by.household_id, call_me=call_me)
    return asked


def _same_talk(conference):
    return [Conference.objects.open().filter(pk=conference.pk)]


@action(
    may=rules.can_ask_separate,
    locks=_same_talk,  # not claimed: the rule looks at the joint talk that was seen, whichever home was first
    records="conferences.talks_separated",
    refuses=(NotNow,),
)
def ask_separate(conference: Conference, *, by: Person) -> Conference:
    """Each home gets a talk of its own, without giving a reason. The home that booked keeps its time, and each home
    takes along what is theirs. Returns the asker's talk, even if they ask again. Refused when the talk is over, and
    when the child has one home."""
    (talk,) = _same_talk(conference)
    conference = talk.first()
    if conference is None:
        raise TalkOver
    booking = booking_of(conference)
    if conference.home_id:
        return _own_talk(conference, by)
    homes = homes_of(conference)
    if len(homes) < 2:
        raise NotNow(_("Only one home takes part in this talk."))
    staying = booking.booked_by.household_id if booking else by.household_id
    staying = staying if staying in homes else by.household_id
    Conference.objects.filter(pk=conference.pk).update(home=staying)
    if booking:
        Hold.objects.filter(booking=booking, household__isnull=False).exclude(household=staying).delete()
        open_swaps = Swap.objects.filter(Q(mine=booking) | Q(theirs=booking), state=Swap.State.ASKED)
        open_swaps.update(state=Swap.State.WITHDRAWN, answered_at=timezone.now())
    own = {home: _talk_of(conference, home) for home in homes if home != staying}
    record(
        "conferences.talks_separated",
        conference,
        by=by,
        household=by.household_id,
        talks={str(home): talk.pk for home, talk in own.items()},
    )
    return own.get(by.household_id) or Conference.objects.get(pk=conference.pk)


def _own_talk(conference, by):
    same = {name: getattr(conference, name) for name in ("round_id", "kind", "pupil_id", "teacher_id")}
    own = Conference.objects.open().filter(**same, home=by.household_id).order_by("pk").last()
    if own is None:
        raise NotNow(_("Only one home takes part in this talk."))
    return own


def _talk_of(conference, home):
    """With what this home has asked for and prepared. Both homes read the same plans and points."""
    own = Conference.objects.create(
        round=conference.round,
        kind=conference.kind,
        pupil=conference.pupil,
        teacher=conference.teacher,
        school_class=conference.school_class,
        home_id=home,
        wanted=conference.wanted,
        wanted_note=conference.wanted_note,
    )
    for model in (TimeRequest, InterpreterRequest, Preparation):
        model.objects.filter(conference=conference, household=home).update(conference=own)
    plans = list(LearningPlanRef.objects.filter(conference=conference))
    for plan in plans:  # both homes read the same
        plan.pk, plan.conference = None, own
    LearningPlanRef.objects.bulk_create(plans)
    points = conference.agenda_points.all()
    AgendaPoint.objects.bulk_create([AgendaPoint(conference=own, text=point.text, by=point.by) for point in points])
    return own
