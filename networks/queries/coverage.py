"""One gathering in the autumn and one in the spring: how far each class has come, for its contact and its school; and for
the municipality as totals."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import Exists, F, OuterRef, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from networks.models import Bulletin, Gathering
from portal.figures import FIGURES, SMALLEST, Total
from portal.people.models import Role, School, SchoolClass, SchoolYear, Term

WELL_BEGUN = timedelta(weeks=3)


class Stage(TextChoices):
    HELD = "held", _("Held")
    PLANNED = "planned", _("Planned")
    MISSING = "missing", _("Not planned yet")
    LATER = "later", _("Not yet begun")


STATUSES = {Stage.HELD: "done", Stage.PLANNED: "planned", Stage.MISSING: "waiting", Stage.LATER: "later"}


@dataclass(frozen=True)
class Half:
    """A half-year of one class, with what was held in it, or the first that is planned."""

    term: Term
    stage: Stage
    gathering: Gathering | None = None
    is_over: bool = False

    @property
    def status(self):
        return "no" if self.stage == Stage.MISSING and self.is_over else STATUSES[self.stage]

    @property
    def word(self):
        return _("Not held") if self.stage == Stage.MISSING and self.is_over else self.stage.label


def half_of(term, told, today):
    """`told` are the gatherings of the class that its families know of and that are not called off."""
    within = [one for one in told if term.starts_on <= timezone.localdate(one.starts_at) <= term.ends_on]
    held = [one for one in within if one.took_place]
    is_over = term.ends_on < today
    if held or within:
        return Half(term, Stage.HELD if held else Stage.PLANNED, (held or within)[0], is_over)
    return Half(term, Stage.LATER if today < term.starts_on else Stage.MISSING, None, is_over)


def halves_of(school_class, gatherings):
    """One query."""
    today, told = school_class.school.today(), [one for one in gatherings if one.is_published]
    return [half_of(term, told, today) for term in Term.objects.filter(year=school_class.year_id)]


def missing_terms(school_class):
    """Of the half-year that runs."""
    halves = halves_of(school_class, school_class.gatherings.all())
    return [half.term for half in halves if half.stage == Stage.MISSING and not half.is_over]


def without_a_plan(today):
    """Classes with nothing held, planned or drafted in the half-year that runs, with the key of the `term`."""
    term = "year__terms"
    running = SchoolClass.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today)).annotate(
        term=F(term), first=F(f"{term}__starts_on"), last=F(f"{term}__ends_on")
    )
    within = Gathering.objects.filter(
        school_class=OuterRef("pk"), starts_at__date__gte=OuterRef("first"), starts_at__date__lte=OuterRef("last")
    )
    known = within.filter(state__in=[Gathering.State.PUBLISHED, Gathering.State.HELD])
    return running.filter(~Exists(known), ~Exists(within.drafts().upcoming()), first__lte=today, last__gte=today)


def without_a_contact(classes):
    contacts = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class=OuterRef("pk"))
    return classes.filter(~Exists(contacts))


def _word(stage):
    words = {
        Stage.HELD: gettext("have met"),
        Stage.PLANNED: gettext("have planned"),
        Stage.MISSING: gettext("without a gathering"),
        Stage.LATER: gettext("not yet begun"),
    }
    return words[stage]


@dataclass(frozen=True)
class Tally:
    """How many classes stand where in one half-year."""

    term: Term | None
    counts: Counter

    @property
    def whole(self):
        return sum(self.counts.values())

    @property
    def stages(self):
        """(stage, its status, how many), those that there are."""
        return [(stage, STATUSES[stage], self.counts[stage]) for stage in Stage if self.counts[stage]]

    @property
    def said(self):
        """(status, what it says), those that there are."""
        return [(status, f"{n} {_word(stage)}") for stage, status, n in self.stages]


@dataclass(frozen=True)
class ClassRow:
    school_class: SchoolClass
    halves: list[Half]
    has_contact: bool


@dataclass(frozen=True)
class Trend:
    """A figure, half-year by half-year: None where it rests on fewer than five."""

    label: str
    totals: list[tuple[Term, Total | None]]


@dataclass(frozen=True)
class SchoolMap:
    school: School
    year: SchoolYear | None
    terms: list[Term]
    rows: list[ClassRow]
    trends: list[Trend]
    hours: list[tuple[Term, int | None]]

    @property
    def tallies(self):
        return [
            Tally(term, Counter(row.halves[place].stage for row in self.rows)) for place, term in enumerate(self.terms)
        ]

    @property
    def groups(self):
        """The picture: in each half-year, which classes stand where."""
        return [
            (tally, [(status, _word(stage), self._standing(place, stage)) for stage, status, _n in tally.stages])
            for place, tally in enumerate(self.tallies)
        ]

    def _standing(self, place, stage):
        return [row.school_class for row in self.rows if row.halves[place].stage == stage]


def year_shown(school, today):
    """The school year that runs, or in summer the one to come."""
    years = school.years.filter(ends_on__gte=today).order_by("starts_on")
    return years.first() or school.years.first()


def school_map(school):
    """Every class of the school: as many queries for three as for three hundred."""
    today = school.today()
    year = year_shown(school, today)
    terms = list(Term.objects.filter(year=year)) if year else []
    classes = SchoolClass.objects.filter(Q(closed_on=None) | Q(closed_on__gt=today), school=school, year=year)
    told, alone = _told(classes), set(without_a_contact(classes).values_list("pk", flat=True))
    rows = [
        ClassRow(one, [half_of(term, told[one.pk], today) for term in terms], has_contact=one.pk not in alone)
        for one in classes
    ]
    return SchoolMap(
        school, year, terms, rows, [_trend(name, school, terms, today) for name in TRENDS], _hours(school, terms)
    )


TRENDS = (
    "networks.families_reached",
    "networks.families_came",
    "networks.children_involved",
    "networks.pulse_adults",
    "networks.pulse_children",
)


def _trend(name, school, terms, today):
    figure = FIGURES[name]
    begun = {
        one.pk: figure.over(school, one.starts_on, min(today, one.ends_on)) for one in terms if one.starts_on <= today
    }
    return Trend(figure.label, [(term, begun.get(term.pk)) for term in terms])


def _hours(school, terms):
    """From when something was noticed until the families were told of it: the hours of the notice in the middle, of all
    notices of the school together; None where they are fewer than five. One query."""
    sent = Bulletin.objects.sent().filter(school_class__school=school, noticed_at__isnull=False)
    took = [(timezone.localdate(told), told - noticed) for noticed, told in sent.values_list("noticed_at", "sent_at")]
    found = [(term, [spent for on, spent in took if term.starts_on <= on <= term.ends_on]) for term in terms]
    return [(term, _middle(spent) if len(spent) >= SMALLEST else None) for term, spent in found]


def _middle(spent):
    return math.ceil(median(spent) / timedelta(hours=1))


def _told(classes):
    found = defaultdict(list)
    known = Gathering.objects.filter(state__in=[Gathering.State.PUBLISHED, Gathering.State.HELD])
    for one in known.filter(school_class__in=classes.order_by().values("pk")):
        found[one.school_class_id].append(one)
    return found


@dataclass(frozen=True)
class SchoolTotals:
    """`tallies` in the order of the seasons; empty where there is nothing to show."""

    name: object
    classes: int
    tallies: list[Tally]


@dataclass(frozen=True)
class MunicipalityTotals:
    schools: list[SchoolTotals]
    whole: SchoolTotals | None
    left_out: int

    @property
    def rows(self):
        return [*self.schools, self.whole] if self.whole else self.schools


def municipality_totals(municipality):
    """Never a class: schools with fewer than five classes are counted together, and left out where even that is fewer
    than five, so that no sum gives them away."""
    today = timezone.localdate()
    classes = SchoolClass.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=today),
        school__municipality=municipality,
        year__starts_on__lte=today,
        year__ends_on__gte=today,
    )
    counted = _counted(classes, today)
    large = {school: counts for school, counts in counted.items() if _classes(counts) >= SMALLEST}
    small = [counts for school, counts in counted.items() if school not in large]
    together = _added(small)
    rows = [SchoolTotals(school.name, _classes(counts), _tallies(counts)) for school, counts in large.items()]
    is_shown = len(small) > 1 and _classes(together) >= SMALLEST
    if is_shown:
        rows.append(
            SchoolTotals(_("Schools with fewer than five classes, together"), _classes(together), _tallies(together))
        )
    whole = _added([*large.values(), *(small if is_shown else [])])
    return MunicipalityTotals(
        schools=rows,
        whole=SchoolTotals(_("All of these"), _classes(whole), _tallies(whole)) if len(rows) > 1 else None,
        left_out=0 if is_shown else len(small),
    )


def _counted(classes, today):
    """{school: {season: Counter of stages}} in order of name. Three queries."""
    told, terms, found = _told(classes), defaultdict(dict), {}
    for term in Term.objects.filter(year__in=classes.order_by().values("year")):
        terms[term.year_id][term.season] = term
    for one in classes.select_related("school").order_by("school__name", "school"):
        counts = found.setdefault(one.school, {season: Counter() for season in Term.Season})
        for season in Term.Season:
            term = terms[one.year_id].get(season)
            counts[season][half_of(term, told[one.pk], today).stage if term else Stage.LATER] += 1
    return found


def _classes(counts):
    return max((sum(counter.values()) for counter in counts.values()), default=0)


def _added(many):
    return {season: sum((counts[season] for counts in many), Counter()) for season in Term.Season}


def _tallies(counts):
    return [Tally(None, counts[season]) for season in Term.Season]
