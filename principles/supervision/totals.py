"""Totals that nobody can be counted out of. Whatever two of them are laid beside each other, of any class, school or period,
they differ by nobody or by five or more: people are counted in fives. What has fewer than five is not shown, and neither is
the half-year beside one that is not, since the year less that half would tell it."""

from dataclasses import dataclass
from datetime import date

from portal.figures import FIGURES, SMALLEST, in_fives
from portal.people.models import SchoolYear
from portal.speech import capital, dated_short


@dataclass(frozen=True)
class Span:
    """A school year or one of its halves; `beside` are the other halves of that year."""

    key: str
    starts_on: date
    ends_on: date
    name: str = ""
    beside: tuple = ()

    @property
    def label(self):
        first, last = (dated_short(one) for one in (self.starts_on, self.ends_on))
        return f"{self.name}: {first} – {last}"


def spans_of(school):
    """What a board may look at: the last three school years that have begun, and the halves of each. Free days would let
    one be subtracted from another. Two queries."""
    today = school.today()
    years = SchoolYear.objects.filter(school=school, starts_on__lte=today).order_by("-starts_on")
    return [span for year in years.prefetch_related("terms")[:3] for span in _spans(year, today)]


def _spans(year, today):
    terms = [(term.starts_on, term.ends_on) for term in year.terms.all()]
    yield Span(f"y{year.pk}", year.starts_on, year.ends_on, str(year))
    for term in year.terms.all():
        if term.starts_on <= today:
            own = (term.starts_on, term.ends_on)
            name = f"{capital(term.get_season_display())} {term.starts_on.year}"
            yield Span(f"t{term.pk}", *own, name, tuple(one for one in terms if one != own))


def totals_over(school, names, starts_on, ends_on):
    """{figure: [part, whole], or None where it is not shown}, from `starts_on` to today or `ends_on`."""
    beside = next((one.beside for one in spans_of(school) if (one.starts_on, one.ends_on) == (starts_on, ends_on)), ())
    return {name: _total(FIGURES[name], school, (starts_on, ends_on), beside) for name in names if name in FIGURES}


def _total(figure, school, span, beside):
    total = _counted(figure, school, span)
    if figure.smallest < SMALLEST:
        return [total.part, total.whole] if total.whole >= figure.smallest else None  # classes, and no people
    if total.whole < SMALLEST or any(0 < _counted(figure, school, one).whole < SMALLEST for one in beside):
        return None
    return [in_fives(total.part), in_fives(total.whole)]


def _counted(figure, school, span):
    start, end = span
    return figure.query(school, start, max(start, min(end, school.today())))


@dataclass(frozen=True)
class Shown:
    """A figure as it is read: no numbers where too few are counted."""

    label: str
    unit: str
    part: int | None
    whole: int | None
    target: int | None
    counts_people: bool

    @property
    def share(self):
        return round(100 * self.part / self.whole) if self.whole else 0

    @property
    def is_hidden(self):
        return self.part is None

    @property
    def is_met(self):
        return None if self.is_hidden or self.target is None else self.share >= self.target


def shown_of(name, evidence):
    figure = FIGURES.get(name)
    if figure is None or name not in evidence:
        return None
    part, whole = evidence[name] or (None, None)
    people = figure.smallest >= SMALLEST
    return Shown(str(figure.label), str(figure.unit), part, whole, figure.target, people)
