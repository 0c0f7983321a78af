"""The class contact's page of one class."""

from dataclasses import dataclass

from django.utils import timezone

from networks.models import Gathering
from networks.queries.history import EarlierYear, earlier_years
from portal.people.models import SchoolClass, Term


@dataclass(frozen=True)
class TermCoverage:
    term: Term
    state: str
    gathering: Gathering | None


@dataclass(frozen=True)
class ClassOverview:
    school_class: SchoolClass
    drafts: list[Gathering]
    upcoming: list[Gathering]
    past: list[Gathering]
    earlier: list[EarlierYear]
    terms: list[TermCoverage]


def class_overview(school_class, person):
    gatherings = list(school_class.gatherings.all())
    told = [gathering for gathering in gatherings if not gathering.is_draft]
    return ClassOverview(
        school_class=school_class,
        drafts=[gathering for gathering in gatherings if gathering.is_draft],
        upcoming=[gathering for gathering in told if not gathering.is_over()],
        past=[gathering for gathering in reversed(told) if gathering.is_over()],
        earlier=earlier_years(school_class),
        terms=[_coverage(term, told) for term in Term.objects.filter(year=school_class.year_id)],
    )


def _coverage(term, told):
    within = [
        gathering
        for gathering in told
        if not gathering.is_cancelled
        and term.starts_on <= timezone.localtime(gathering.starts_at).date() <= term.ends_on
    ]
    if not within:
        return TermCoverage(term, "missing", None)
    held = [gathering for gathering in within if gathering.is_over()]
    return TermCoverage(term, "held" if held else "planned", (held or within)[0])


def missing_terms(school_class):
    today = school_class.school.today()
    told = list(school_class.gatherings.exclude(state=Gathering.State.DRAFT))
    now = Term.objects.filter(year=school_class.year_id, starts_on__lte=today, ends_on__gte=today)
    return [term for term in now if _coverage(term, told).state == "missing"]
