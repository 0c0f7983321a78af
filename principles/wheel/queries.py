"""The year of a school as a wheel of twelve months, from August on: what is looked at again, what is done every year. The
picture and the list have the same."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import cos, pi, sin

from django.db.models import Q
from django.urls import reverse
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from portal.people.models import Role, School
from portal.speech import capital, day
from principles.models import Principle, PrincipleVersion
from principles.wheel.models import YearlyItem

FIRST = 8  # August
WIDE, INNER, OUTER, NAMES, DOTS = 200, 62, 150, 172, 106  # of the picture: half its side, and radii


@dataclass(frozen=True)
class Entry:
    """`pk` only of what can be taken out."""

    title: str
    url: str = ""
    when: str = ""
    late: bool = False
    pk: int | None = None


@dataclass
class Month:
    number: int
    place: int
    is_now: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def name(self):
        return capital(str(MONTHS[self.number]))

    @property
    def short(self):
        return str(MONTHS_3[self.number])

    @property
    def path(self):
        """A slice of the ring."""
        first, last = self.place / 12, (self.place + 1) / 12
        (a, b), (c, d) = _at(first, OUTER), _at(last, OUTER)
        (e, f), (g, h) = _at(last, INNER), _at(first, INNER)
        return f"M{a} {b} A{OUTER} {OUTER} 0 0 1 {c} {d} L{e} {f} A{INNER} {INNER} 0 0 0 {g} {h} Z"

    @property
    def label_at(self):
        return _at((self.place + 0.5) / 12, NAMES)

    @property
    def count_at(self):
        return _at((self.place + 0.5) / 12, DOTS)


def _at(turn, radius):
    """From the top, as a clock goes."""
    angle = 2 * pi * turn
    return round(WIDE + radius * sin(angle)), round(WIDE - radius * cos(angle))


@dataclass(frozen=True)
class Wheel:
    school: School
    months: list[Month]

    @property
    def total(self):
        return sum(len(month.entries) for month in self.months)


def schools_planned_by(person):
    roles = Role.objects.filter(person=person.pk).live(kinds=YearlyItem.READERS)
    return School.objects.filter(pk__in=roles.values("school")).order_by("name")


def wheel_of(school, person):
    """From August of this school year; what was due before stands in the month of today, and says so. Five queries."""
    today = school.today()
    start = date(today.year if today.month >= FIRST else today.year - 1, FIRST, 1)
    end = date(start.year + 1, FIRST, 1)
    months = [Month((FIRST - 1 + place) % 12 + 1, place, False) for place in range(12)]
    by_number = {month.number: month for month in months}
    by_number[today.month].is_now = True
    for on, title, url in _dated(school, end, person):
        late = on < today
        where = by_number[today.month if on < start else on.month]
        where.entries.append(Entry(title, url, day(on), late))
    for item in YearlyItem.objects.visible_to(person).filter(school=school):
        by_number[item.month].entries.append(Entry(item.title, pk=item.pk))
    return Wheel(school, months)


def _dated(school, end, person):
    """(day, title, address) of what has a day before `end`, in order. What board and head say to each other is theirs."""
    in_force = PrincipleVersion.objects.in_force().values("principle")
    own = Q(school=school) | Q(school=None, municipality=school.municipality_id)
    principles = Principle.objects.filter(own, pk__in=in_force, review_on__lt=end)
    again = _("Look at “%(title)s” again")
    found = [
        (one.review_on, again % {"title": one.title}, one.get_absolute_url())
        for one in principles.select_related("school", "municipality")
    ]
    asked = PrincipleVersion.objects.visible_to(person).filter(
        principle__school=school,
        hearings__reply_on__lt=end,
        hearings__closed_at=None,
        hearings__called_off_at=None,
    )  # of one and the same hearing
    for title, on, pk in asked.values_list("title", "hearings__reply_on", "hearings"):
        reply = _("Reply to the hearing on “%(title)s”") % {"title": title}
        found.append((on, reply, reverse("principles:hearing_arrange", args=[pk])))
    supervised = school.supervisions.visible_to(person).select_related("version")
    for one in supervised.next_by(end - timedelta(days=1)):
        found.append((one.next_on, _("Supervise “%(title)s”") % {"title": one.version.title}, one.get_absolute_url()))
    for one in supervised.exclude(state="concluded").filter(statement_by__lt=end):
        title = _("The head’s statement on “%(title)s”") % {"title": one.version.title}
        found.append((one.statement_by, title, one.get_absolute_url()))
    return sorted(found)
