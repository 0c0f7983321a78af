"""What a home reads of a poll, what its organisers read, and what is said beside a time."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import holidays as public
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Value
from django.db.models.functions import Cast, TruncDate
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from networks.models import FaithDay, Gathering, Poll, PollAnswer, PollTime
from networks.models.traditions import in_each_language
from networks.polls.hearing import homes_to_hear
from networks.queries import Row, name_of
from portal.figures import SMALLEST
from portal.people.models import GuardianRelation, Household, Person
from portal.people.queries import families_of
from portal.schoolyear.models import Holiday, SchoolEvent

Suits = PollAnswer.Suits
LANGUAGES = {"nb": "no", "nn": "no", "da": "da", "en": "en_US"}


@dataclass(frozen=True)
class Suiting:
    """How many homes a time suits. `silent` is its own number, and never a no."""

    yes: int = 0
    if_need_be: int = 0
    no: int = 0
    silent: int = 0

    @property
    def can_come(self):
        return self.yes + self.if_need_be


@dataclass(frozen=True)
class TimeRow:
    time: PollTime
    hints: list[str]
    answer: Suits | None = None
    suiting: Suiting | None = None
    is_best: bool = False
    written_by: str = ""


def poll_of(person, key):
    """The poll that the person reads in place of this gathering; None when it has none, or has become an invitation."""
    polls = Poll.objects.visible_to(person).sent().filter(gathering=key, gathering__state=Gathering.State.DRAFT)
    return polls.select_related("gathering__school_class__school", "gathering__school_class__year").first()


def homes_of(gathering):
    return GuardianRelation.objects.live().in_class(gathering.school_class_id).homes()


def said_to_fixed(gathering, household_id):
    """What the home said to the time that was fixed; None where it said nothing, or nobody was asked."""
    fixed = PollAnswer.objects.filter(time__is_fixed=True, time__poll__gathering=gathering, household=household_id)
    said = fixed.exclude(household=None).values_list("suits", flat=True).first()
    return Suits(said) if said else None


def suitings(poll, times, homes):
    """{time's key: Suiting}. Only homes that are in the class today count."""
    counted, of_class = defaultdict(Counter), homes.distinct().count()
    said = PollAnswer.objects.filter(time__in=[one.pk for one in times], household__in=homes).order_by()
    for key, suits, many in said.values_list("time", "suits").annotate(Count("pk")):
        counted[key][suits] = many
    return {
        one.pk: Suiting(
            counted[one.pk][Suits.YES],
            counted[one.pk][Suits.IF_NEED_BE],
            counted[one.pk][Suits.NO],
            max(0, of_class - sum(counted[one.pk].values())),
        )
        for one in times
    }


def few_can_come(time):
    """Nobody, or fewer than half of the homes that have said something about this time."""
    gathering = time.poll.gathering
    suiting = suitings(time.poll, [time], homes_of(gathering))[time.pk]
    return suiting.can_come == 0 or 2 * suiting.can_come < suiting.can_come + suiting.no


def best_of(times, suiting, now):
    """The time at which most can come, of those to come; with as many, the one with more who say yes; then the first."""
    ahead = [one for one in times if not one.is_past(now) and suiting[one.pk].can_come]
    return max(ahead, key=lambda one: (suiting[one.pk].can_come, suiting[one.pk].yes), default=None)


# What is said beside a time


def hints_of(school_class, times, *, for_organisers=False):
    """{time's key: what is so on its days, in neutral words}. One query at any size. Organisers alone read that homes keep
    a day free, never which or how many: among themselves families would guess."""
    school = school_class.school
    days = {one.pk: _days(one, school.zone) for one in times}
    every = sorted({day for both in days.values() for day in both})
    known = _public_holidays(school.country, {day.year for day in every})
    there = list(_on_days(school_class, every, for_organisers=for_organisers)) if every else []
    found = {}
    for time in times:
        own = days[time.pk]
        said = [_("%(name)s: a public holiday") % {"name": known[day]} for day in own if day in known]
        said += [_beside(what, name) for what, name, first, last in there if any(first <= day <= last for day in own)]
        found[time.pk] = list(dict.fromkeys(said))
    return found


def _beside(what, name):
    words = {
        "1 closed": _("%(name)s: the school is closed"),
        "2 event": _("The same day at school: %(name)s"),
        "3 faith": _("Many celebrate %(name)s on this day"),
        "4 free": _("Some families keep this day free"),
    }
    return words[what] % {"name": in_each_language(name) if what == "3 faith" else name}


def _on_days(school_class, days, *, for_organisers):
    """(what, name, first day, last day) of all that may be said about these days."""
    school = school_class.school
    closed = Holiday.objects.filter(school=school).between(days[0], days[-1])
    local = {"first": TruncDate("starts_at", tzinfo=school.zone), "last": TruncDate("ends_at", tzinfo=school.zone)}
    events = SchoolEvent.objects.standing().meant_for([school_class.pk]).annotate(**local)
    events = events.filter(first__lte=days[-1], last__gte=days[0])
    faith = FaithDay.objects.at(school).filter(day__in=days)
    parts = (
        _as_hints("1 closed", closed, "name", "starts_on", "ends_on"),
        _as_hints("2 event", events, "title", "first", "last"),
        _as_hints("3 faith", faith, "name", "day", "day"),
        *([_as_hints("4 free", _left_free(school_class, days), Value(""), "day", "day")] if for_organisers else []),
    )
    return parts[0].union(*parts[1:]).order_by("hint_what", "hint_first", "hint_name")


def _left_free(school_class, days):
    homes = GuardianRelation.objects.live().in_class(school_class)
    days_off = Func(F("guardian__household__free_days"), function="unnest", output_field=models.DateField())
    return homes.filter(guardian__household__free_days__overlap=days).annotate(day=days_off)


def _as_hints(what, rows, name, first, last):
    said = {
        "hint_what": Value(what, models.CharField()),
        "hint_name": Cast(name, models.CharField()),
        "hint_first": F(first),
        "hint_last": F(last),
    }
    return rows.order_by().annotate(**said).values_list(*said)


def _days(span, zone):
    """The days on which it is: the one on which it begins, and the next where it lasts beyond midnight."""
    first, last = (moment.astimezone(zone) for moment in (span.starts_at, span.ends_at - timedelta(seconds=1)))
    return [first.date()] if first.date() == last.date() else [first.date(), last.date()]


def _public_holidays(country, years):
    own = public.country_holidays(country)
    language = LANGUAGES.get(get_language())
    language = language if language in own.supported_languages else own.default_language
    return public.country_holidays(country, years=sorted(years), language=language)


# A home's page


@dataclass(frozen=True)
class PollPage:
    gathering: Gathering
    poll: Poll
    household: Household | None
    children: list[Person]
    rows: list[TimeRow]
    is_open: bool

    @property
    def may_answer(self):
        return self.household is not None and bool(self.children)

    @property
    def names(self):
        return [child.given_name for child in self.children]

    @property
    def left_open(self):
        return sum(1 for row in self.rows if row.answer is None)


def poll_page(poll, person):
    """As many queries for three homes as for three hundred."""
    gathering, home = poll.gathering, person.household_id
    times = list(poll.times.all())
    said = {one.time_id: one for one in PollAnswer.objects.filter(time__poll=poll, household=home)} if home else {}
    hints, totals = hints_of(gathering.school_class, times), _totals_for_all(poll, times)
    relations = GuardianRelation.objects.live().in_class(gathering.school_class_id).filter(guardian_id=person.pk)
    return PollPage(
        gathering=gathering,
        poll=poll,
        household=person.household,
        children=[one.pupil for one in relations.select_related("pupil").order_by("pupil__sort_name")],
        rows=[
            TimeRow(
                one,
                hints[one.pk],
                Suits(said[one.pk].suits) if one.pk in said else None,
                totals.get(one.pk),
                written_by=said[one.pk].written_by if one.pk in said else "",
            )
            for one in times
        ],
        is_open=poll.is_open(),
    )


def _totals_for_all(poll, times):
    """Nothing where fewer than five homes have answered: it would say who has answered what."""
    if poll.shown_to != Poll.ShownTo.ALL:
        return {}
    homes = homes_of(poll.gathering)
    answered = PollAnswer.objects.filter(time__poll=poll, household__in=homes).values("household").distinct().count()
    return suitings(poll, times, homes) if answered >= SMALLEST else {}


def polls_on_page(school_class, reader):
    """Those that stand, with whether the reader's home `is_silent`. For the guardians of the class. One query."""
    own = PollAnswer.objects.filter(time__poll=OuterRef("pk"), household=reader.household_id)
    asked = Poll.objects.asked_of(reader).filter(gathering__school_class=school_class)
    return list(
        asked.select_related("gathering__school_class__school").annotate(is_silent=~Exists(own)).order_by("closes_at")
    )


def own_polls(person):
    """Open ones that the person's home has said nothing to."""
    said = PollAnswer.objects.filter(time__poll=OuterRef("pk"), household=person.household_id)
    return (
        Poll.objects.asked_of(person)
        .open()
        .filter(~Exists(said))
        .select_related("gathering__school_class__school")
        .order_by("closes_at")
    )


# The organisers' page


@dataclass(frozen=True)
class HomeRow:
    """What one home says to each time, in the order of the times; None where it has not answered."""

    name: str
    children: list[str]
    adults: list[str]
    with_times: list[tuple[datetime, Suits | None]]


@dataclass(frozen=True)
class PollBoard:
    """`rows` have no numbers, and `homes` is empty, while nobody is to see the results."""

    gathering: Gathering
    poll: Poll
    rows: list[TimeRow]
    homes: list[HomeRow] = field(default_factory=list)
    families: int = 0
    answered: int = 0
    unreachable: int = 0
    is_checked: bool = False
    is_hidden: bool = False
    is_open: bool = False
    to_hear: list[Row] = field(default_factory=list)

    @property
    def best(self):
        return next((row for row in self.rows if row.is_best), None)

    @property
    def to_come(self):
        return [row for row in self.rows if not row.time.is_past()]

    @property
    def silent(self):
        return self.families - self.answered


def poll_board(poll, reader):
    """Only in names that the reader may read. As many queries for three homes as for three hundred."""
    gathering, now = poll.gathering, timezone.now()
    times, is_hidden = list(poll.times.all()), poll.hides_from_organisers(now)
    families = families_of(gathering.school_class, seen_by=reader)
    homes, said = {one.household_id for one in families if one.household_id}, defaultdict(dict)
    for answer in PollAnswer.objects.filter(time__in=[one.pk for one in times], household__in=homes):
        said[answer.household_id][answer.time_id] = Suits(answer.suits)
    suiting = {one.pk: _suiting([said[home].get(one.pk) for home in homes]) for one in times}
    best, hints = best_of(times, suiting, now), hints_of(gathering.school_class, times, for_organisers=True)
    rows = [
        TimeRow(
            one, hints[one.pk], suiting=None if is_hidden else suiting[one.pk], is_best=one == best and not is_hidden
        )
        for one in times
    ]
    return PollBoard(
        gathering=gathering,
        poll=poll,
        rows=rows,
        homes=[] if is_hidden else [_home_row(one, said, times) for one in families],
        families=len(families),
        answered=sum(1 for home in homes if said[home]),
        unreachable=sum(1 for one in families if not one.reachable),
        is_checked=hasattr(gathering, "inclusion"),
        is_hidden=is_hidden,
        is_open=poll.is_open(now),
        to_hear=homes_to_hear(poll, families, reader, None if is_hidden else {home for home in homes if said[home]}),
    )


def _suiting(answers):
    counted = Counter(answers)
    return Suiting(counted[Suits.YES], counted[Suits.IF_NEED_BE], counted[Suits.NO], counted[None])


def _home_row(family, said, times):
    shown = ([], []) if family.protected else (family.pupils, family.adults)
    children, adults = ([person.given_name for person in people] for people in shown)
    answers = [(one.starts_at, said[family.household_id].get(one.pk)) for one in times]
    return HomeRow(name_of(family), children, adults, answers)
