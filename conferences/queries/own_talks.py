"""What a family reads of one talk, of a swap, and of all its talks."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from conferences.after.queries.summaries import may_give_feedback
from conferences.before.queries.preparing import has_been_prepared, is_ahead
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSetting,
    ConferenceSlot,
    ConferenceSummary,
    InterpreterRequest,
    Swap,
    TimeRequest,
)
from conferences.queries.times import homes_of
from portal.people.languages import language_name
from portal.people.rules import guardians
from portal.schoolyear.days import SATURDAY

MOST_PAST = 20


@dataclass(frozen=True)
class TalkPage:
    conference: Conference
    booking: Booking | None
    is_guardian: bool
    interpreter: str
    interpreter_is_confirmed: bool
    home_language: str
    asked: TimeRequest | None
    offers: int
    swap: Swap | None
    swap_for_us: Swap | None
    may_change: bool
    may_separate: bool
    homes: int
    has_summary: bool = False
    may_say_how_it_was: bool = False
    is_ahead: bool = True
    was_prepared: bool = False

    @property
    def has_links(self):
        return self.is_ahead or self.was_prepared or self.has_summary or self.may_say_how_it_was

    @property
    def calls_both_homes(self):
        return self.homes > 1 and self.conference.home_id is None and self.conference.is_open

    @property
    def interpreter_name(self):
        return language_name(self.interpreter)

    @property
    def may_choose(self):
        round = self.conference.round
        return self.conference.is_open and (round is None or bool(self.offers) or round.takes_bookings())

    @property
    def may_swap(self):
        return (
            self.may_change
            and self.conference.round_id is not None
            and self.swap is None
            and not self.interpreter
            and self.booking.ends_at <= self.booking.slot.ends_at
        )


def talk_page(conference, person, *, is_guardian):
    """Leaves out what the other home has asked for."""
    booking = conference.time
    requests = InterpreterRequest.objects.not_cancelled().visible_to(person).filter(conference=conference)
    interpreter = requests.first() if is_guardian else None
    swaps = Swap.objects.filter(state=Swap.State.ASKED).select_related("mine", "theirs")
    homes = len(homes_of(conference)) if is_guardian else 1
    setting = ConferenceSetting.objects.filter(school=conference.school_class.school_id).first()
    return TalkPage(
        conference=conference,
        booking=booking,
        is_guardian=is_guardian,
        interpreter=interpreter.language if interpreter else "",
        interpreter_is_confirmed=bool(interpreter and interpreter.state == InterpreterRequest.State.CONFIRMED),
        home_language=person.household.interpreter_language if is_guardian and person.household else "",
        asked=TimeRequest.objects.waiting().filter(conference=conference, household=person.household_id).first()
        if is_guardian
        else None,
        offers=offers_to(conference).count() if is_guardian else 0,
        swap=swaps.filter(mine=booking).first() if booking and is_guardian else None,
        swap_for_us=swaps.filter(theirs=booking).first() if booking and is_guardian else None,
        may_change=bool(
            is_guardian and booking and conference.is_open and booking.starts_at >= conference.last_start_to_change()
        ),
        may_separate=conference.is_open
        and conference.home_id is None
        and homes > 1
        and (setting is None or setting.separate_talks),
        homes=homes,
        has_summary=ConferenceSummary.objects.shared().filter(conference=conference).exists(),
        may_say_how_it_was=is_guardian and may_give_feedback(person, conference),
        is_ahead=is_ahead(conference),
        was_prepared=not is_ahead(conference) and has_been_prepared(conference, person),
    )


def offers_to(conference):
    return ConferenceSlot.objects.free().filter(reserved_for=conference, starts_at__gte=timezone.now())


def swappable(conference, person):
    """{day: [booking]} of the same teacher's times that other families have. No family is named."""
    if conference.time is None or conference.round is None:
        return {}
    own = Conference.objects.of_guardian(person).values("pk")
    asked = InterpreterRequest.objects.not_cancelled().filter(conference=OuterRef("conference"))
    taken = (
        Booking.objects.filter(
            ~Exists(asked),
            slot__round=conference.round_id,
            conference__round=conference.round_id,
            conference__teacher=conference.teacher_id,
            conference__state=Conference.State.CALLED,
            starts_at__gte=conference.last_start_to_change(),
            ends_at__lte=F("slot__ends_at"),
            slot__reserved_for=None,
        )
        .exclude(conference__in=own)
        .exclude(conference__pupil=conference.pupil_id)
        .select_related("slot__room", "conference")
        .order_by("starts_at")
    )
    zone, days = conference.school_class.school.zone, {}
    for booking in taken:
        days.setdefault(booking.starts_at.astimezone(zone).date(), []).append(booking)
    return days


def swap_for(person, key):
    """None unless the person is a guardian in one of the two families."""
    own = Conference.objects.of_guardian(person).values("pk")
    swaps = Swap.objects.filter(Q(mine__conference__in=own) | Q(theirs__conference__in=own), key=key)
    of_both = ("mine", "theirs")
    wanted = [
        f"{side}__{name}"
        for side in of_both
        for name in ("slot__room", "conference__pupil", "conference__school_class__school", "conference__round")
    ]
    return swaps.select_related(*wanted).first()


# The list


@dataclass(frozen=True)
class TalkList:
    to_choose: list[Conference]
    coming: list[Conference]
    past: list[Conference]
    wishes: list[ConferenceRound]
    may_ask: bool = False

    @property
    def is_empty(self):
        return not (self.to_choose or self.coming or self.past or self.wishes)


def talk_list(person):
    own = Conference.objects.of_guardian(person) | Conference.objects.of_pupil(person)
    of_person = Conference.objects.visible_to(person).filter(pk__in=own.values("pk"))
    found = of_person.select_related("round", "pupil", "teacher", "school_class__school", "booking__slot__room")
    by_time, by_opening = F("booking__starts_at").asc(nulls_last=True), F("round__opens_at").asc(nulls_first=True)
    called = list(found.open().order_by(by_time, by_opening, "pupil__sort_name"))
    closed = found.exclude(state__in=[Conference.State.CALLED, Conference.State.CANCELLED]).order_by("-ended_at")
    closed = list(closed[:MOST_PAST])
    waiting = [one for one in called if one.time is None and not (one.round and one.round.ended_at)]
    coming = [one for one in [*called, *closed] if one.is_to_come]
    gone = [one for one in called if one.time and not one.is_to_come]  # attendance is not recorded yet
    return TalkList(
        to_choose=waiting,
        coming=sorted(coming, key=lambda one: one.time.starts_at),
        past=[*reversed(gone), *(one for one in closed if not one.is_to_come)],
        wishes=rounds_to_wish_for(person),
        may_ask=guardians(person),
    )


def silent_rounds(person, pupils=None):
    """Those with a talk of the home, which has said no wishes."""
    own = Conference.objects.of_guardian(person, pupils).open().filter(booking=None)
    rounds = ConferenceRound.objects.published().filter(pk__in=own.values("round"))
    return rounds.exclude(wishes__household=person.household_id) if person.household_id else rounds.none()


def rounds_to_wish_for(person, pupils=None):
    silent = silent_rounds(person, pupils)
    return [round for round in silent.select_related("school").order_by("opens_at") if round.takes_wishes()]


def wish_days(round, person):
    today, zone = round.school.today(), round.school.zone
    teachers = Conference.objects.of_guardian(person).filter(round=round).values("teacher")
    slots = ConferenceSlot.objects.filter(
        round=round, teacher__in=teachers, blocked=False, starts_at__gte=timezone.now()
    )
    offered = sorted({moment.astimezone(zone).date() for moment in slots.values_list("starts_at", flat=True)})
    if offered:
        return offered
    first = max(today + timedelta(days=1), round.invite_on + timedelta(days=round.notice_days))
    ahead = (first + timedelta(days=number) for number in range(14))
    return [day for day in ahead if day.weekday() < SATURDAY]
