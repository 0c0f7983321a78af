"""Who comes when: by lot, those who have had no turn first, and never two turns of one home in the same half-year."""

from collections import Counter
from secrets import SystemRandom

from networks.models import Gathering, Turn
from networks.rota.halves import half_around, half_today, last_half
from portal.people.models import GuardianRelation

FEW, MANY = 2, 3  # homes for each half-year
lot = SystemRandom()


def new_turns(school_class):
    """Turns to be made: for every home without one; when all have had theirs, for all of them anew. Brothers and sisters
    count: a home that has had turns in another class comes after those that have had none."""
    homes = set(
        GuardianRelation.objects.live().in_class(school_class).homes().values_list("guardian__household", flat=True)
    )
    everywhere = list(Turn.objects.filter(household__in=homes).exclude(state=Turn.State.PASSED))
    own = [turn for turn in everywhere if turn.cohort_id == school_class.cohort_id]
    now = first_half(school_class)
    ahead = {turn.household_id for turn in own if not turn.is_accepted or turn.half >= now}
    had = {turn.household_id for turn in own if turn.is_accepted}
    without = homes - ahead - had or homes - ahead
    times = Counter(turn.household_id for turn in everywhere if turn.is_accepted)
    drawn = lot.sample(sorted(without), len(without))
    line = sorted(drawn, key=lambda home: times[home])
    taken = Counter(turn.half for turn in own)
    busy = {(turn.household_id, turn.half) for turn in everywhere}
    return [
        Turn(cohort_id=school_class.cohort_id, household_id=home, half=half)
        for home, half in placed(line, range(now, last_half(school_class) + 1), taken, busy)
    ]


def placed(line, halves, taken, busy):
    """[(home, half-year)] in order of the line: each into the first half-year with room in which it has no other turn.
    Who finds none before the class leaves school has none."""
    taken, busy, found = Counter(taken), set(busy), []
    most = FEW if FEW * len(halves) >= len(line) + sum(taken[half] for half in halves) else MANY
    for home in line:
        half = next((half for half in halves if taken[half] < most and (home, half) not in busy), None)
        if half is not None:
            taken[half] += 1
            found.append((home, half))
    return found


def first_half(school_class):
    """This one, unless its gathering is planned already."""
    now = half_today(school_class)
    told = Gathering.objects.filter(school_class=school_class).exclude(
        state__in=[Gathering.State.DRAFT, Gathering.State.CANCELLED]
    )
    return now + any(half_around(gathering) == now for gathering in told.select_related("school_class__school"))


def next_in_line(turn, school_class):
    """The first home after this half-year that is only planned, lives in the class today and has no other turn then, nor
    has passed it."""
    busy = Turn.objects.filter(half=turn.half).values("household")
    waiting = Turn.objects.of_class(school_class).planned().filter(half__gt=turn.half)
    return waiting.exclude(household__in=busy).order_by("half", "pk").first()
