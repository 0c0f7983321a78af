"""What those who lead a round see: whom it calls, what is missing before families are told, and how far it has come."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Min, Q
from django.utils import timezone

from conferences.before.queries.plans import plans_of_round
from conferences.models import (
    Conference,
    ConferenceRound,
    ConferenceSlot,
    TimeRequest,
)
from conferences.models.rounds import LEADING
from portal.people.models import AccessRestriction, Enrolment, Person, Role, SchoolClass, keys_of
from portal.people.rules import TEACHERS
from portal.standing import standing

MY_ROUNDS = 50


visible_round = standing(
    lambda person, round: (
        ConferenceRound.objects.visible_to(Person(pk=person)).filter(pk=round).select_related("school")
    )
)


def classes_to_call(school):
    return SchoolClass.objects.on(school.today()).filter(school=school, closed_on=None)


def teachers_of(round):
    roles = Role.objects.live(kinds=TEACHERS).filter(school_class__in=round.classes.all())
    return Person.objects.filter(pk__in=roles.values("person")).in_name_order()


def all_teachers_of(round):
    offering = Person.objects.filter(pk__in=ConferenceSlot.objects.filter(round=round).values("teacher"))
    return (teachers_of(round) | offering.in_name_order()).distinct()


def open_slots(round):
    return ConferenceSlot.objects.filter(round=round, blocked=False, reserved_for=None, starts_at__gt=timezone.now())


# Whom the round calls


@dataclass(frozen=True)
class Call:
    pupil_id: int
    school_class_id: int
    teacher_id: int
    joined: tuple[int, ...] = ()  # the class's other contact teachers
    wanted: str = Conference.Wanted.PLEASE

    @property
    def is_main(self):
        return self.wanted == Conference.Wanted.PLEASE


@dataclass
class Roster:
    calls: list[Call] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)
    without_times: list[Person] = field(default_factory=list)
    without_teacher: list[SchoolClass] = field(default_factory=list)

    @property
    def children(self):
        return len({call.pupil_id for call in self.calls if call.is_main})


def roster_of(round):
    """Every child of the round's classes with the contact teacher, and with those subject teachers who offer times. Of
    two contact teachers the first with times holds the talk, and the other takes part. Five queries at any size."""
    roster = Roster(classes=list(round.classes.all()))
    pupils, team = _pupils(roster.classes), _team(roster.classes)
    offering = set(open_slots(round).values_list("teacher", flat=True))
    restricted = _restricted(person for people in team.values() for person in people)
    for school_class in roster.classes:
        contacts, subjects = team[school_class.pk, True], team[school_class.pk, False]
        _say_what_is_missing(roster, school_class, contacts, offering)
        first = sorted(contacts, key=lambda person: person.pk not in offering)
        extra = [person for person in subjects if person.pk in offering and person not in contacts]
        for pupil in pupils[school_class.pk]:
            roster.calls += _calls(pupil, school_class.pk, first, extra, restricted)
    return roster


def _pupils(classes):
    places = Enrolment.objects.current().filter(school_class__in=classes, pupil__is_active=True)
    pupils = defaultdict(list)
    for pupil, school_class in places.order_by("pupil__sort_name", "pupil").values_list("pupil", "school_class"):
        pupils[school_class].append(pupil)
    return pupils


def _team(classes):
    team = defaultdict(list)
    roles = Role.objects.live(kinds=TEACHERS).filter(school_class__in=classes).select_related("person")
    for role in roles.order_by("valid_from", "pk"):
        team[role.school_class_id, role.kind == Role.Kind.CONTACT_TEACHER].append(role.person)
    return team


def _restricted(teachers):
    restrictions = AccessRestriction.objects.in_force(timezone.localdate()).filter(guardian__in=list(teachers))
    return set(restrictions.values_list("guardian", "pupil"))


def _say_what_is_missing(roster, school_class, contacts, offering):
    if not contacts:
        roster.without_teacher.append(school_class)
    elif not any(person.pk in offering for person in contacts) and contacts[0] not in roster.without_times:
        roster.without_times.append(contacts[0])


def _calls(pupil, school_class, contacts, subjects, restricted):
    may = [person.pk for person in contacts if (person.pk, pupil) not in restricted]
    if may:
        yield Call(pupil, school_class, may[0], tuple(may[1:]))
    for person in subjects:
        if (person.pk, pupil) not in restricted:
            yield Call(pupil, school_class, person.pk, wanted=Conference.Wanted.OFFERED)


# Before families are told


@dataclass(frozen=True)
class Check:
    roster: Roster
    first_at: object
    notice_days: int | None
    times: int
    is_late: bool

    @property
    def is_ready(self):
        return bool(self.roster.children and self.first_at) and not (
            self.roster.without_times or self.roster.without_teacher
        )


def check_of(round):
    slots = open_slots(round).aggregate(first=Min("starts_at"), times=Count("pk"))
    first, invited = slots["first"], max(round.invite_on, round.school.today())
    days = (first.astimezone(round.school.zone).date() - invited).days if first else None
    is_late = days is not None and days < round.notice_days
    return Check(roster_of(round), first, days, slots["times"], is_late)


def beside(round):
    """Their families would hear of both rounds at once."""
    others = ConferenceRound.objects.published().filter(closes_at__gt=timezone.now(), classes__in=round.classes.all())
    return others.exclude(pk=round.pk).distinct()


# How far it has come


@dataclass(frozen=True)
class Standing:
    children: int
    booked: int
    not_booked: int
    asked: int
    plans_in_time: int
    held: int


def standing_of(round, person):
    """Counts children, in the talks that they are asked to come to and that the person may see. Five queries."""
    seen = _followed(round, person)
    called = seen.exclude(state=Conference.State.CANCELLED).filter(wanted=Conference.Wanted.PLEASE)
    counts = called.aggregate(
        children=Count("pupil", distinct=True),
        free=Count("pupil", distinct=True, filter=Q(booking=None, state=Conference.State.CALLED)),
        held=Count("pupil", distinct=True, filter=Q(state=Conference.State.HELD)),
    )
    asked = TimeRequest.objects.waiting().filter(conference__in=seen).values("conference").distinct().count()
    return Standing(
        children=counts["children"],
        booked=counts["children"] - counts["free"],  # a child with a talk in each home has a time when both have
        not_booked=counts["free"],
        asked=asked,
        plans_in_time=plans_of_round(round, called).in_time,
        held=counts["held"],
    )


def _followed(round, person):
    """The whole round for a leader, their own talks for a teacher. Asked apart, since both at once join more tables."""
    objects = Conference.objects
    led = ConferenceRound.objects.led_by(person).filter(pk=round.pk).exists()
    return (objects.of_leader(person) if led else objects.of_teacher(person)).filter(round=round)


@dataclass(frozen=True)
class TeacherRow:
    teacher: Person
    classes: list[str]
    times: int
    booked: int
    is_contact: bool


def teacher_rows(round):
    counts = {
        row["teacher"]: row
        for row in ConferenceSlot.objects.filter(round=round, blocked=False)
        .values("teacher")
        .annotate(times=Count("pk"), booked=Count("booking"))
    }
    found = {}
    roles = Role.objects.live(kinds=TEACHERS).filter(school_class__in=round.classes.all())
    for role in roles.select_related("person", "school_class").order_by("person__sort_name", "person", "pk"):
        row = counts.get(role.person_id, {"times": 0, "booked": 0})
        made = found.setdefault(role.person_id, [role.person, [], row, False])
        if role.school_class.name not in made[1]:
            made[1].append(role.school_class.name)
        made[3] = made[3] or role.kind == Role.Kind.CONTACT_TEACHER
    rows = [TeacherRow(who, classes, row["times"], row["booked"], main) for who, classes, row, main in found.values()]
    return sorted(rows, key=lambda row: (not row.is_contact, row.times > 0))


@dataclass(frozen=True)
class RoundRow:
    round: ConferenceRound
    children: int
    booked: int
    share: int


def round_rows(person):
    led = ConferenceRound.objects.led_by(person).values("pk")
    taught = ConferenceRound.classes.through.objects.filter(schoolclass__in=keys_of.classes_taught(person))
    rounds = ConferenceRound.objects.filter(Q(pk__in=led) | Q(pk__in=taught.values("conferenceround")))
    main = Q(conferences__wanted=Conference.Wanted.PLEASE) & ~Q(conferences__state=Conference.State.CANCELLED)
    counted = rounds.select_related("school").annotate(
        children=Count("conferences__pupil", distinct=True, filter=main),
        booked=Count("conferences__pupil", distinct=True, filter=main & Q(conferences__booking__isnull=False)),
    )
    return [
        RoundRow(one, one.children, one.booked, round(100 * one.booked / one.children) if one.children else 0)
        for one in counted.order_by("-opens_at", "pk")[:MY_ROUNDS]
    ]


def last_round(school):
    return ConferenceRound.objects.filter(school=school).told().first()


def late_rows(person):
    roles = person.roles.live(kinds=[Role.Kind.BOARD_MEMBER, *LEADING])
    rounds = ConferenceRound.objects.told().filter(school__in=roles.values("school")).exclude(late_reason="")
    return list(rounds.select_related("school").order_by("-published_at"))
