"""The teacher's day: the talks with a time as one list, and the children who have none yet. Three queries at any size."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, JSONObject
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from conferences.calendar import place_of
from conferences.languages import language_name
from conferences.models import (
    Conference,
    ConferenceRound,
    Hold,
    InterpreterRequest,
    LearningPlanRef,
    Participant,
    PlanOpening,
    TimeRequest,
)
from portal.messaging.models import Notice
from portal.messaging.queries import reach_of
from portal.people.models import AccessRestriction, AddressProtection, GuardianRelation, Person
from portal.standing import standing

INVITED = "conferences.round_invited"
REMINDERS = ("conferences.round_reminder", "conferences.unbooked_reminded")
TOLD_AT_ONCE = 2  # families who are told that the teacher is late
FURTHEST = timedelta(days=3660)
SHORTEST_PAUSE = timedelta(minutes=10)
SIBLING_WAIT = timedelta(minutes=45)  # the longest between two siblings' talks that still counts as straight after


@dataclass(frozen=True)
class Guardian:
    """What staff may know of a guardian; a protected one has no phone here."""

    pk: int
    name: str
    given_name: str
    household_id: int | None
    phone: str
    is_reachable: bool
    prefers_call: bool


@dataclass(frozen=True)
class Talk:
    """One talk with a time, as the teacher sees it on the day."""

    conference: Conference
    guardians: list[Guardian]
    is_now: bool = False
    is_next: bool = False
    other_home: "Conference | None" = None
    pause_from: datetime | None = None

    @property
    def booking(self):
        return self.conference.booking

    @property
    def place(self):
        return place_of(self.booking)

    @property
    def who(self):
        """First names, the guardians' first and then those who were asked along."""
        along = [one["name"] or one["given"] for one in self.conference.along if one["name"] or one["given"]]
        return [guardian.given_name for guardian in self.guardians] + along

    @property
    def interpreters(self):
        """[(language, state in words, whether it is certain)]."""
        states = dict(InterpreterRequest.State.choices)
        return [
            (
                str(language_name(one["language"])),
                states[one["state"]],
                one["state"] == InterpreterRequest.State.CONFIRMED,
            )
            for one in self.conference.languages
        ]

    @property
    def is_over(self):
        return not self.conference.is_open

    @property
    def waits_for_attendance(self):
        return self.conference.is_open and self.booking.ends_at <= timezone.now()


@dataclass(frozen=True)
class Silent:
    """A child without a time: why, as far as we know, and how far the family has been reached."""

    conference: Conference
    guardians: list[Guardian]
    state: str
    at: datetime | None = None

    @property
    def gets_reminder(self):
        return self.state in ("queued", "sent", "opened", "reminded")

    @property
    def waits_for_us(self):
        return self.state in ("asked", "missed")


@dataclass
class Day:
    """One day of one teacher."""

    teacher: Person
    on: date
    today: date
    talks: list[Talk] = field(default_factory=list)
    silent: list[Silent] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    booked: int = 0
    requests: int = 0
    rounds: list[ConferenceRound] = field(default_factory=list)

    @property
    def is_today(self):
        return self.on == self.today

    @property
    def school(self):
        first = next((talk.conference for talk in self.talks), None) or next(
            (row.conference for row in self.silent), None
        )
        return first.school_class.school if first else None

    @property
    def classes(self):
        return sorted({talk.conference.school_class.name for talk in self.talks})

    @property
    def rooms(self):
        return sorted({talk.booking.slot.room.name for talk in self.talks if talk.booking.slot.room})

    @property
    def waiting(self):
        """The next families, who are told when the teacher is late."""
        return next_ones(self.talks) if self.is_today else []

    @property
    def unbooked(self):
        return [row for row in self.silent if row.state != "not_needed"]

    @property
    def reminded(self):
        return sum(row.gets_reminder for row in self.silent)

    @property
    def round(self):
        return self.rounds[0] if self.rounds else None


def day_named(on):
    """The day of an address, as in 2026-11-12; today without one."""
    if on is None:
        return timezone.localdate()
    try:
        day = date.fromisoformat(on)
    except ValueError as error:
        raise Http404 from error
    if abs(day - timezone.localdate()) > FURTHEST:
        raise Http404
    return day


def whose_day(viewer, key):
    """The viewer; or the teacher with this key, for those who lead the school or keep its office."""
    if not key:
        return viewer
    if not key.isdecimal():
        raise Http404
    led = Conference.objects.of_leader(viewer).values("teacher")
    return get_object_or_404(Person.objects.filter(pk__in=led), pk=int(key))


def hosted_by(person):
    """The talks that somebody has to do with as staff, without the children of whom they must know nothing."""
    mine = Conference.objects.of_teacher(person).values("pk")
    led = Conference.objects.of_leader(person).values("pk")
    kept = AccessRestriction.objects.keeps(person).values("pupil")
    return Conference.objects.told().filter(Q(pk__in=mine) | Q(pk__in=led)).exclude(pupil__in=kept)


def held_by(teacher, viewer):
    """The talks that a teacher holds or was asked to, as far as the viewer may see them."""
    joined = Participant.objects.filter(person=teacher, kind=Participant.Kind.TEACHER).values("conference")
    return hosted_by(viewer).filter(Q(teacher=teacher) | Q(pk__in=joined))


def day_of(teacher, on, viewer):
    """The day of one teacher, with now, next and the pauses, and who has not chosen a time."""
    today = timezone.localdate()
    start = datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
    a_day = timedelta(days=1)
    rows = _asked(teacher.pk, viewer.pk, start - a_day, start + 2 * a_day, timezone.now() - a_day)
    day = Day(teacher=teacher, on=on, today=today)
    booked = sorted((row for row in rows if row.time), key=lambda row: (row.booking.starts_at, row.pk))
    day.days = sorted({local_day(row) for row in booked if local_day(row) >= today} | {on})
    day.talks = _talks([row for row in booked if local_day(row) == on], rows)
    own = [row for row in rows if row.teacher_id == teacher.pk and row.round and row.round.is_published]
    called = [row for row in own if row.time or not row.round.opens_later()]  # nobody is silent who may not choose yet
    day.booked = sum(row.time is not None and row.state != Conference.State.MISSED for row in called)
    day.silent = silent_of([row for row in called if lacks_time(row)])
    day.requests = sum(row.state == "asked" for row in day.silent)
    day.rounds = sorted({row.round for row in called}, key=lambda round: round.opens_at, reverse=True)
    return day


def _rows(teacher, viewer, after: datetime, before: datetime, lately: datetime):
    around = Q(booking__starts_at__gte=after, booking__starts_at__lt=before)
    published = Q(round__state=ConferenceRound.State.PUBLISHED)
    ahead = Q(kind=Conference.Kind.EXTRA, booking__starts_at__gte=lately)
    return with_facts(held_by(Person(pk=teacher), Person(pk=viewer)).filter(around | published | ahead))


def lacks_time(conference):
    """Without a time, or with one that nobody came to."""
    missed = conference.state == Conference.State.MISSED
    return missed or (conference.is_open and conference.time is None)


def local_day(conference):
    return conference.booking.starts_at.astimezone(conference.school_class.school.zone).date()


def next_ones(talks):
    """The next talks that have not begun, as many as are told at once."""
    now = timezone.now()
    return [talk for talk in talks if talk.conference.is_open and talk.booking.starts_at > now][:TOLD_AT_ONCE]


def with_facts(conferences):
    """The conferences with what a list of them shows, in the one query that fetches them."""
    near = Hold.objects.filter(
        household__in=Hold.objects.filter(booking=OuterRef(OuterRef("booking")), household__isnull=False).values(
            "household"
        ),
        booking__ends_at__lte=OuterRef("booking__starts_at"),
    ).filter(~Q(booking__conference__pupil=OuterRef("pupil")))
    wait = ExpressionWrapper(F("booking__ends_at") + SIBLING_WAIT, DateTimeField())
    near = near.annotate(until=wait).filter(until__gte=OuterRef("booking__starts_at"))
    plans = LearningPlanRef.objects.sent().filter(conference=OuterRef("pk"))
    opened = PlanOpening.objects.filter(plan__conference=OuterRef("pk")).exclude(person=OuterRef("teacher"))
    asked = TimeRequest.objects.waiting().filter(conference=OuterRef("pk")).order_by("at")
    along = Participant.objects.filter(
        conference=OuterRef("pk"), kind__in=[Participant.Kind.TEACHER, Participant.Kind.SUPPORT]
    ).order_by("pk")
    ordered = InterpreterRequest.objects.exclude(state=InterpreterRequest.State.CANCELLED).filter(
        conference=OuterRef("pk")
    )
    return conferences.select_related(
        "pupil", "teacher", "round", "booking__slot__room", "school_class__school"
    ).annotate(
        adults=ArraySubquery(_adults()),
        along=ArraySubquery(along.values(json=JSONObject(name="name", given="person__given_name"))),
        languages=ArraySubquery(ordered.values(json=JSONObject(language="language", state="state"))),
        after_sibling=Exists(near),
        plan_sent=Exists(plans),
        plan_opened=Exists(opened),
        asked=Subquery(asked.values("text")[:1]),
        reminded_at=Subquery(_told_again()),
    )


def _adults():
    """The live guardians of a conference's child, as far as staff may know them."""
    protected = AddressProtection.objects.current().filter(
        Q(person=OuterRef("guardian"))
        | Q(person=OuterRef("pupil"))
        | Q(person__household=OuterRef("guardian__household"))
    )
    return (
        GuardianRelation.objects.live()
        .filter(pupil=OuterRef("pupil"))
        .order_by("guardian__sort_name", "guardian_id")
        .annotate(protected=Exists(protected))
        .values(
            json=JSONObject(
                pk="guardian_id",
                given="guardian__given_name",
                family="guardian__family_name",
                home="guardian__household_id",
                phone="guardian__phone",
                email="guardian__email",
                failed_at="guardian__email_failed_at",
                call="guardian__household__prefers_call",
                protected="protected",
            )
        )
    )


def _told_again():
    """When the guardians were last reminded of choosing a time in this round."""
    return (
        Notice.objects.told()
        .filter(
            kind__in=REMINDERS,
            subject_type=ConferenceRound._meta.label,
            subject_id=Cast(OuterRef("round_id"), CharField()),
            recipient__in=GuardianRelation.objects.filter(pupil=OuterRef(OuterRef("pupil"))).values("guardian"),
        )
        .order_by(F("told_at").desc(nulls_last=True))
        .values("told_at")[:1]
    )


def guardians_of(row):
    """Those of the homes that the talk is for."""
    return [
        Guardian(
            pk=one["pk"],
            name=f"{one['given']} {one['family']}".strip(),
            given_name=one["given"],
            household_id=one["home"],
            phone="" if one["protected"] else one["phone"],
            is_reachable=bool(one["phone"] or (one["email"] and not one["failed_at"])),
            prefers_call=bool(one["call"]),
        )
        for one in row.adults
        if row.home_id in (None, one["home"])
    ]


def silent_of(rows):
    """The children without a time, those who wait for us first. Two queries for each round."""
    reached = {}
    for round in {row.round for row in rows if row.round_id}:
        reached[round.pk] = reach_of(round, INVITED)
    found = [_silent(row, reached.get(row.round_id, {})) for row in rows]
    order = ["asked", "missed", "no_guardian", "call", "no_address", "failed"]
    return sorted(
        found,
        key=lambda one: (
            order.index(one.state) if one.state in order else len(order) + (one.state == "not_needed"),
            one.conference.pupil.sort_name,
        ),
    )


def _silent(row, reached):
    guardians = guardians_of(row)
    return Silent(row, guardians, *_state(row, guardians, reached))


def _state(row, guardians, reached):
    if row.asked is not None:
        return "asked", None
    if row.state == Conference.State.MISSED:
        return "missed", None
    if row.wanted == Conference.Wanted.NOT_NEEDED:
        return "not_needed", None
    if not guardians:
        return "no_guardian", None
    if all(guardian.prefers_call for guardian in guardians):
        return "call", None
    if not any(guardian.is_reachable for guardian in guardians):
        return "no_address", None
    if row.reminded_at:
        return "reminded", row.reminded_at
    known = [reached[guardian.pk] for guardian in guardians if guardian.pk in reached]
    return next(
        ((key, reach.at) for key in ("opened", "sent", "queued", "failed") for reach in known if reach.state == key),
        ("queued", None),
    )


def _talks(booked, rows):
    now, talks, end = timezone.now(), [], None
    following = next((row for row in booked if row.is_open and row.booking.starts_at > now), None)
    for row in booked:
        starts_at, ends_at = row.booking.starts_at, row.booking.ends_at
        pause = end if end and starts_at - end >= SHORTEST_PAUSE else None
        talks.append(
            Talk(
                conference=row,
                guardians=guardians_of(row),
                is_now=row.is_open and starts_at <= now < ends_at,
                is_next=row is following,
                other_home=_of_other_home(row, rows) if row.home_id else None,
                pause_from=pause,
            )
        )
        end = max(end, ends_at) if end else ends_at
    return talks


def _of_other_home(row, rows):
    return next((one for one in rows if one.pupil_id == row.pupil_id and one.home_id != row.home_id), None)


def teachers_on(viewer, on):
    """The other teachers whose day the viewer may see, for those who lead a school or keep its office. One query."""
    start = datetime.combine(on, time.min, tzinfo=timezone.get_current_timezone())
    theirs = Conference.objects.of_leader(viewer).filter(
        booking__starts_at__gte=start, booking__starts_at__lt=start + timedelta(days=1)
    )
    return list(Person.objects.filter(pk__in=theirs.values("teacher")).in_name_order())


def on_the_door(day):
    """The talks of the day with the child's first name, or without any for a child whose family is protected."""
    pupils = {talk.conference.pupil_id for talk in day.talks}
    kept = set(AddressProtection.objects.current().filter(person__in=pupils).values_list("person", flat=True))
    return [
        (talk, "" if _is_protected(talk.conference, kept) else talk.conference.pupil.given_name) for talk in day.talks
    ]


def _is_protected(row, kept):
    """The child, a guardian in either home, or somebody who lives with one."""
    return row.pupil_id in kept or any(adult["protected"] for adult in row.adults)


def expected_at(conference):
    """The guardians of the homes that the talk is for, and the pupil: those whose coming is written down. One query."""
    relations = GuardianRelation.objects.live().filter(pupil=conference.pupil_id)
    if conference.home_id:
        relations = relations.filter(guardian__household=conference.home_id)
    guardians = Person.objects.filter(pk__in=relations.values("guardian")).in_name_order()
    return [*guardians, conference.pupil]


_asked = standing(_rows)
