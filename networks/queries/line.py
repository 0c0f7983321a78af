"""Who has a place at a gathering with room for only so many, who waits for one, and whose turn it is.

A turn is a place that is kept for a home until a moment; it runs out by itself. It is offered by day, and never runs out
at night."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from networks.models import Gathering, Rsvp
from portal.messaging.models import Preference
from portal.messaging.timing import after_quiet
from portal.people.models import GuardianRelation

RESERVED_FOR = timedelta(hours=24)
LEAST = timedelta(hours=1)  # a shorter turn helps nobody
KNOWN_BEFORE = timedelta(hours=2)  # the organisers know by then who comes
MORNING = timedelta(hours=2)  # to read it, after the quiet hours
HOUSE = Preference()  # what counts as night, for whoever has chosen nothing


def is_night(moment):
    return after_quiet(moment, HOUSE) != moment


def runs_out_at(gathering, arrives):
    """When a turn that is read of at `arrives` runs out; None when too little time is left for one."""
    latest = gathering.starts_at - KNOWN_BEFORE
    until = min(arrives + RESERVED_FOR, latest)
    if is_night(until):
        morning = after_quiet(until, HOUSE) + MORNING
        until = morning if morning <= latest else _evening_before(until)
    return until if until - arrives >= LEAST else None


def _evening_before(moment):
    local = timezone.localtime(moment)
    if local.time() < HOUSE.quiet_from:
        local -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(local.date(), HOUSE.quiet_from)) - LEAST


def guest(household_id, *, adults=1, siblings=0, pupils=()):
    """A home as it would come, before anything is saved."""
    coming = Rsvp(household_id=household_id, adults=adults, siblings=siblings)
    coming.pupil_keys = [pupil.pk for pupil in pupils]
    return coming


def people_in(rsvps):
    """Grown-ups, children of the class and siblings. A child whom two homes bring is one."""
    rsvps = list(rsvps)
    pupils = {key for rsvp in rsvps for key in rsvp.pupil_keys}
    return len(pupils) + sum(rsvp.adults + rsvp.siblings for rsvp in rsvps)


@dataclass(frozen=True)
class Line:
    """`coming` have a place; `waiting` stand in the order in which they came."""

    gathering: Gathering
    now: datetime
    coming: list[Rsvp]
    waiting: list[Rsvp]

    @property
    def standing(self):
        return [rsvp for rsvp in self.waiting if not rsvp.has_missed(self.now)]

    @property
    def with_turn(self):
        return [rsvp for rsvp in self.waiting if rsvp.has_turn(self.now)]

    @property
    def reserved_people(self):
        return people_in([*self.coming, *self.with_turn]) - self.coming_people

    @property
    def coming_people(self):
        return people_in(self.coming)

    @property
    def is_over(self):
        """More come than there is room for: it was made smaller, or somebody came back to the class."""
        capacity = self.gathering.capacity
        return capacity is not None and self.coming_people > capacity

    def of_home(self, household_id):
        return next((one for one in (*self.coming, *self.waiting) if one.household_id == household_id), None)

    def number_of(self, household_id):
        """The home's place in line, the first is 1; None when it does not stand there."""
        homes = [one.household_id for one in self.standing]
        return homes.index(household_id) + 1 if household_id in homes else None

    def fits(self, home, before=None):
        """Whether there is room for the home as `home` says; for no more people than `before` there always is."""
        if self.gathering.capacity is None:
            return True
        others = [one for one in (*self.coming, *self.with_turn) if one.household_id != home.household_id]
        had = people_in([*others, before]) if before else 0
        return people_in([*others, home]) <= max(self.gathering.capacity, had)

    def takes(self, home):
        """Whether a home that says yes now comes, rather than waits: a place is kept for it, or there is room and nobody
        who would fit stands before it. So near the gathering that no turn can be offered, there is no line."""
        if home.has_turn(self.now):
            return True
        if not self.fits(home):
            return False
        if self.gathering.capacity is None or not self.offers_turns:
            return True
        return not any(self.fits(one) for one in self._before(home) if not one.has_turn(self.now))

    @property
    def offers_turns(self):
        return runs_out_at(self.gathering, after_quiet(self.now, HOUSE)) is not None

    def _before(self, home):
        number = self.number_of(home.household_id)
        return self.standing if number is None else self.standing[: number - 1]

    def next(self):
        """The first in line whose turn it can be."""
        return next((one for one in self.standing if one.turn_until is None and self.fits(one)), None)


def line_of(gathering, now=None):
    """Homes that have left the class count no more than on the board. Two queries."""
    here = GuardianRelation.objects.live().in_class(gathering.school_class_id)
    homes = set(here.homes().values_list("guardian__household", flat=True))
    rsvps = gathering.rsvps.filter(answer__in=[Rsvp.Answer.YES, Rsvp.Answer.WAITING]).with_pupil_keys()
    return in_line(gathering, (rsvp for rsvp in rsvps if rsvp.household_id in homes), now)


def number_in_line(gathering, household_id):
    line = line_of(gathering)
    rsvp = line.of_home(household_id)
    return line.number_of(household_id) if rsvp and rsvp.is_waiting and not rsvp.has_turn(line.now) else None


def in_line(gathering, rsvps, now=None):
    rsvps = list(rsvps)
    coming = [rsvp for rsvp in rsvps if rsvp.answer == Rsvp.Answer.YES]
    waiting = sorted((rsvp for rsvp in rsvps if rsvp.is_waiting), key=lambda rsvp: (rsvp.waiting_since, rsvp.pk))
    return Line(gathering, now or timezone.now(), coming, waiting)
