"""What a family reads where it chooses times: all its children on one page."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from conferences.models import (
    Conference,
    ConferenceRound,
    ConferenceSlot,
    InterpreterRequest,
    Participant,
    TimeRequest,
    TimeWish,
)
from conferences.queries.times import Time, Times, holds_in_force, is_offered, laid_out, offered_to
from conferences.spans import overlaps
from conferences.unnamed import unname
from portal.clauses import Clause, clause_of
from portal.messaging.holders import Child
from portal.people.languages import language_name, languages
from portal.people.models import Enrolment, GuardianRelation, Household, Person
from portal.standing import standing

OPEN, SOON, OVER = "open", "soon", "over"


@dataclass
class OwnTalk:
    conference: Conference
    times: Times = field(default_factory=Times)
    chosen: Time | None = None
    near: list[Time] = field(default_factory=list)
    ways: object = None

    @property
    def child(self):
        return self.conference.pupil

    @property
    def called(self):
        return getattr(self.child, "called", self.child.given_name)

    @property
    def booking(self):
        return self.conference.time

    @property
    def days(self):
        return self.times.days if self.near else self.times.without_reserved


@dataclass
class Choosing:
    """`talks` are all the family's, `current` those of the child whose turn it is."""

    round: ConferenceRound | None
    person: Person
    talks: list[OwnTalk]
    current: list[OwnTalk]
    window: str
    home_speaks: str = ""
    interpreter: str = ""
    focus: int | None = None
    lost: str = ""
    asks_language: bool = False
    is_neutral: bool = False
    clause: Clause | None = None

    def name_nobody(self):
        """From here on nothing on the page says whose talks these are."""
        times = [time for talk in self.current for time in talk.times.all]
        others = [time.beside or time.meets for time in times]
        shown = [talk.conference for talk in self.talks] + [talk for talk in others if talk]
        unname(list({id(one): one for one in shown}.values()))
        self.is_neutral = True

    @property
    def child(self):
        return self.current[0].child if self.current else None

    @property
    def school(self):
        return self.talks[0].conference.school_class.school

    @property
    def chosen(self):
        return [talk for talk in self.current if talk.chosen]

    @property
    def is_done(self):
        return not self.current

    @property
    def waiting(self):
        now = {talk.conference.pk for talk in self.current}
        return [talk for talk in self.talks if talk.booking is None and talk.conference.pk not in now]

    @property
    def booked(self):
        return [talk for talk in self.talks if talk.booking is not None]

    @property
    def names(self):
        return list(dict.fromkeys(talk.child.given_name for talk in self.talks))

    @property
    def names_booked(self):
        return list(dict.fromkeys(talk.child.given_name for talk in self.booked))

    @property
    def has_wishes(self):
        return self.round is not None and self.round.takes_wishes()

    @property
    def speaks_of_interpreters(self):
        return bool(self.interpreter or self.home_speaks) or self.window == "open"

    @property
    def is_focused(self):
        return self.focus is not None

    @property
    def minutes(self):
        doubled = bool(self.interpreter) or any(talk.conference.has_interpreter for talk in self.current)
        return self.round.minutes * (2 if doubled else 1)  # everything is said twice

    @property
    def place(self):
        rooms = {time.slot.room for talk in self.current for time in talk.times.all}
        return rooms.pop() if len(rooms) == 1 else None

    @property
    def interpreter_name(self):
        return language_name(self.interpreter or self.home_speaks)

    @property
    def languages(self):
        return languages()

    @property
    def is_moving(self):
        return any(talk.booking for talk in self.current)

    @property
    def homes(self):
        return max((len(talk.conference.homes) for talk in self.current), default=1)


def own_talks(person):
    team = Participant.objects.filter(
        conference=OuterRef("pk"), kind=Participant.Kind.TEACHER, person__isnull=False
    ).values("person")
    asked = InterpreterRequest.objects.not_cancelled().filter(conference=OuterRef("pk"))
    waiting = TimeRequest.objects.waiting().filter(conference=OuterRef("pk"), household=person.household_id)
    places = Enrolment.objects.current().filter(pupil=OuterRef("pupil"), school_class=OuterRef("school_class"))
    return (
        Conference.objects.of_guardian(person)
        .with_homes()
        .select_related("round", "pupil", "teacher", "school_class__school", "booking__slot__room")
        .annotate(
            joined=ArraySubquery(team),
            has_interpreter=Exists(asked),
            has_asked=Exists(waiting),
            is_placed=Exists(places),
        )
        .order_by("pupil__sort_name", "teacher__sort_name", "pk")
    )


def children_of_link(link):
    """A link to a talk of a round is for all the family's children in the round."""
    about = link.subject
    talks = Conference.objects.of_guardian(link.person).select_related("pupil", "school_class")
    if isinstance(about, Conference) and about.round_id is None:
        talks = talks.filter(pk=about.pk)
    else:
        talks = talks.filter(round=about.round_id if isinstance(about, Conference) else about.pk)
    found = {talk.pupil_id: Child(talk.pupil, talk.school_class.name) for talk in talks.order_by("pupil__sort_name")}
    return list(found.values())


def choosing(person, *, round=None, conference=None, focus=None, chosen=(), interpreter=None):
    """The page of a round, or of one extra talk, for one guardian; None if none of its talks is theirs. Three queries
    for any number of children and slots, and one more where the round carries out a point of a principle. `focus` is the
    talk to choose for, `chosen` the slots by talk, and `interpreter` a language, "" for none, None for what the home
    needs."""
    now = timezone.now()
    found = _found(person.pk, person.household_id, round, conference, now)
    mine = [talk for talk in found if (talk.round_id == round if round else talk.pk == conference)]
    if not mine:
        return None
    wish = mine[0].wish or {}
    talks = [OwnTalk(one) for one in mine if one.is_open and (one.is_placed or one.time or one.round is None)]
    current = _current(talks, focus)
    language = _language(mine, current)
    page = Choosing(
        round=mine[0].round,
        person=person,
        talks=talks or [OwnTalk(one) for one in mine],
        current=current,
        window=_window(mine[0].round, now, early=wish.get("cannot_move", False)),
        home_speaks=language,
        interpreter=language if interpreter is None else interpreter,
        focus=focus,
        clause=clause_of(mine[0].round),
    )
    if page.current:
        coming = [one for one in found if one.is_open and one.time and one.time.starts_at >= now]
        _lay_out(page, coming, set(wish.get("times", ())), dict(chosen))
    return page


def _language(mine, current):
    """The interpreter that the home needs, so that it is not asked again for each child: the one for all its talks, or
    for one that it has booked here. A talk that is being moved keeps what it has."""
    if mine[0].speaks or any(talk.booking for talk in current):
        return mine[0].speaks or ""
    return next((one.asked_for for one in mine if one.asked_for), "")


def _asked(person, home, round, conference, now):
    asked = InterpreterRequest.objects.not_cancelled().filter(conference=OuterRef("pk"), household=home)
    coming = Q(state=Conference.State.CALLED, booking__starts_at__gte=now)
    language = Household.objects.filter(pk=home).values("interpreter_language")
    wishes = TimeWish.objects.filter(household=home, round=OuterRef("round"))
    wish = wishes.values(json=JSONObject(times="times", cannot_move="cannot_move"))
    return (
        own_talks(Person(pk=person, household_id=home))
        .filter(Q(round=round) | Q(pk=conference) | coming)
        .annotate(speaks=Subquery(language), wish=Subquery(wish), asked_for=Subquery(asked.values("language")[:1]))
    )


_found = standing(_asked, now=datetime)


def _current(talks, focus):
    if focus:
        return [talk for talk in talks if talk.conference.pk == focus]
    waiting = [talk for talk in talks if talk.booking is None]
    wanted = [talk for talk in waiting if talk.conference.wanted != Conference.Wanted.NOT_NEEDED]
    return [talk for talk in wanted if talk.child == wanted[0].child]


def _window(round, now, early):
    if round is None:
        return OPEN
    if round.takes_bookings(now, early=early):
        return OPEN
    return SOON if round.is_published and now < round.opens_at else OVER


def _lay_out(page, coming, suited, chosen):
    """A time chosen with one teacher is busy for the next. `coming` are the family's talks that have a time."""
    conferences = [talk.conference for talk in page.current]
    from_ = page.round.last_start_to_book() if page.round else None
    slots = offered_to(conferences[0], from_=from_)
    holds = _holds(conferences, slots)
    taken = []
    for talk in page.current:
        conference = talk.conference
        own = [slot for slot in slots if is_offered(slot, conference) and (slot.reserved_for_id or page.window == OPEN)]
        talk.times = laid_out(
            conference,
            own,
            [*_busy(holds, conference), *((start, end) for start, end, _talk in taken)],
            siblings=[one for one in coming if one.pupil_id != conference.pupil_id],
            mine=[*((one.time.starts_at, one.time.ends_at, one) for one in coming if one != conference), *taken],
            suited=suited,
            interpreted=bool(page.interpreter) or conference.has_interpreter,
        )
        talk.chosen = next((time for time in talk.times.free if time.slot.pk == chosen.get(conference.pk)), None)
        if talk.chosen:
            talk.chosen.is_chosen = True
            taken.append((talk.chosen.starts_at, talk.chosen.ends_at, conference))


def _holds(conferences, slots):
    if not slots:
        return []
    first, last = slots[0].starts_at, max(slot.ends_at for slot in slots) + timedelta(hours=2)
    one = conferences[0]
    return _busy_then(one.pupil_id, one.round_id, one.pk, first, last)


def _busy_with(pupil, round, conference, first, last):
    """When those who take part in a child's talks of a round, or in one extra talk, are busy. Their keys are found
    first: otherwise the database looks at every home in town."""
    talks = Conference.objects.filter(Q(round=round) | Q(pk=conference), pupil=pupil).order_by()
    joined = Participant.objects.filter(conference__in=talks.values("pk"), kind=Participant.Kind.TEACHER).order_by()
    homes = GuardianRelation.objects.live().filter(pupil=pupil).homes()
    team = Q(teacher__among=talks.values("teacher")) | Q(teacher__among=joined.values("person"))
    return (
        holds_in_force()
        .filter(team | Q(pupil=pupil) | Q(household__among=homes))
        .filter(overlaps(first, last, of="booking__"))
        .values_list("during", "teacher", "pupil", "household", "booking__conference")
    )


_busy_then = standing(_busy_with, first=datetime, last=datetime)


def _busy(holds, conference):
    team, homes = {conference.teacher_id, *conference.joined}, conference.homes
    return [
        (during.lower, during.upper)
        for during, teacher, pupil, home, of in holds
        if of != conference.pk
        and (teacher in team or pupil == conference.pupil_id or (home is not None and home in homes))
    ]


def choice_of(person, round, pairs):
    """[(talk, slot)] of what was pressed, with None for a slot that is gone. None instead of the list if a pair is
    forged or not about their own child. Two queries."""
    keys = {conference for conference, _slot in pairs}
    talks = Conference.objects.of_guardian(person).filter(pk__in=keys, round=round)
    talks = talks.select_related("round", "pupil", "teacher", "school_class__school", "booking").in_bulk()
    slots = ConferenceSlot.objects.filter(pk__in=[slot for _conference, slot in pairs]).in_bulk()
    found = [(talks.get(conference), slots.get(slot)) for conference, slot in pairs]
    return found if found and len(keys) == len(pairs) and all(_fits(talk, slot) for talk, slot in found) else None


def _fits(talk, slot):
    return talk is not None and (
        slot is None
        or (
            slot.teacher_id == talk.teacher_id
            and slot.round_id in (talk.round_id, None)
            and slot.reserved_for_id in (talk.pk, None)
            and (slot.round_id is not None or slot.reserved_for_id is not None)
        )
    )


def times_asked_for(conference, person):
    return TimeRequest.objects.waiting().filter(conference=conference, household=person.household_id).first()
