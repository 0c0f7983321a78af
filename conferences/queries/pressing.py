"""Whether a time that is pressed is still free, asked before anything else is read: when hundreds choose at once, most
come too late. It handles only the plain case, a talk without a time and a time offered to all; the rest is read in
full. It gives nobody a time: the rule and the constraints decide that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from conferences.models import Conference, ConferenceRound, ConferenceSlot, InterpreterRequest, Participant
from conferences.queries.times import Time, Times, holds_in_force
from conferences.spans import overlapping, overlaps
from portal.people.models import GuardianRelation, Person
from portal.standing import standing

NEAR = timedelta(days=7)


@dataclass(frozen=True)
class Pressed:
    conference: int
    slot: int
    round: int
    teacher: int
    pupil: int
    starts_at: datetime
    lead_hours: int
    taken_by: int | None
    zone: str

    @property
    def near(self):
        """The closest times that are free for everybody who takes part. At most two queries."""
        early, late = self.starts_at - NEAR, self.starts_at + NEAR
        from_ = max(early, timezone.now() + timedelta(hours=self.lead_hours))
        slots = [
            ConferenceSlot(pk=key, starts_at=a, ends_at=b) for key, a, b in _free(self.round, self.teacher, from_, late)
        ]
        busy = _busy(self.conference, self.teacher, self.pupil, early, late) if slots else []
        free = [slot for slot in slots if not any(overlapping(busy, slot.starts_at, slot.ends_at))]
        times = [Time(f"{self.conference}-{slot.pk}", slot, slot.ends_at, is_free=True) for slot in free]
        return Times({None: times}).near(self.starts_at)

    def pair(self):
        """The talk and the slot, for the action; None if either is gone by now. Two queries."""
        found = (*_talk(self.conference), *_slot(self.slot))
        return found if len(found) == 2 else None


def pressed_by(person, round, conference, slot):
    """None unless it is the plain case and the round takes bookings."""
    now = timezone.now()
    found = [
        Pressed(conference, slot, round, *row)
        for row in _looked(person.pk, person.household_id, round, conference, slot, now)
    ]
    return next((one for one in found if one.starts_at >= now + timedelta(hours=one.lead_hours)), None)


def _plain(person, home, round, conference, slot, now):
    asked = InterpreterRequest.objects.not_cancelled().filter(conference=OuterRef("pk"))
    return (
        Conference.objects.of_guardian(Person(pk=person, household_id=home))
        .filter(~Exists(asked), pk=conference, home=None, state=Conference.State.CALLED, booking=None)
        .filter(
            round=round,
            round__state=ConferenceRound.State.PUBLISHED,
            round__opens_at__lte=now,
            round__closes_at__gt=now,
            round__slots=slot,
            round__slots__teacher=F("teacher"),
            round__slots__blocked=False,
            round__slots__reserved_for=None,
        )
        .order_by()
        .values_list(
            "teacher",
            "pupil",
            "round__slots__starts_at",
            "round__lead_hours",
            "round__slots__booking",
            "school_class__school__time_zone",
        )
    )


def _free_slots(round, teacher, from_, late):
    open_to_all = ConferenceSlot.objects.free().filter(round=round, teacher=teacher, reserved_for=None)
    return (
        open_to_all.filter(starts_at__range=(from_, late))
        .order_by("starts_at")
        .values_list("pk", "starts_at", "ends_at")
    )


def _busy_times(conference, teacher, pupil, early, late):
    joined = Participant.objects.filter(conference=conference, kind=Participant.Kind.TEACHER, person__isnull=False)
    homes = GuardianRelation.objects.live().filter(pupil=pupil).homes()
    team = Q(teacher=teacher) | Q(teacher__in=joined.order_by().values("person"))
    own = team | Q(pupil=pupil) | Q(household__in=homes)
    during = holds_in_force().filter(own, overlaps(early, late, of="booking__"))
    return during.values_list("booking__starts_at", "booking__ends_at")


_looked = standing(_plain, now=datetime)
_free = standing(_free_slots, from_=datetime, late=datetime)
_busy = standing(_busy_times, early=datetime, late=datetime)
_talk = standing(
    lambda conference: (
        Conference.objects.filter(pk=conference).order_by().select_related("round", "school_class", "booking")
    )
)
_slot = standing(lambda slot: ConferenceSlot.objects.filter(pk=slot).order_by())
