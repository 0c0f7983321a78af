"""What the pages of the school year read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, Value, When
from django.utils import timezone

from portal.ledger.models import Event
from portal.menu import settings_elsewhere
from portal.people import protection
from portal.people.models import Person, School, SchoolClass, SchoolYear, keys_of
from portal.schoolyear.models import Holiday, SchoolEvent, SchoolSetting

EARLIER = 20
AHEAD = 40


@dataclass(frozen=True)
class Said:
    """By whom something was set, and when: empty where it stands as it came."""

    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class AtSchool:
    """What somebody reads of one school: when it is closed, what it promises, and whether they plan there."""

    school: School
    holidays: list[Holiday]
    setting: SchoolSetting
    plans: bool = False
    runs: bool = False


def events_for(person):
    """(what comes, what was), as querysets in order of time."""
    seen = SchoolEvent.objects.visible_to(person).select_related("school").prefetch_related("classes")
    earlier = seen.over().order_by("-starts_at", "-pk")[:EARLIER]
    return seen.coming(), earlier


def schools_for(person):
    """Each school of the person's children, and where they work: a handful of queries however many there are."""
    schools = list(School.objects.filter(pk__in=_schools(person)).order_by("name"))
    settings = {one.school_id: one for one in SchoolSetting.objects.filter(school__in=schools)}
    closed = {}
    for holiday in Holiday.objects.filter(school__in=schools, ends_on__gte=timezone.localdate()):
        closed.setdefault(holiday.school_id, []).append(holiday)
    run = set(School.objects.run_by(person).values_list("pk", flat=True))
    taught = SchoolClass.objects.filter(pk__in=keys_of.classes_taught(person))
    planned = run | set(taught.values_list("school", flat=True))
    return [
        AtSchool(
            school=school,
            holidays=closed.get(school.pk, [])[:AHEAD],
            setting=settings.get(school.pk) or SchoolSetting(school=school),
            plans=school.pk in planned,
            runs=school.pk in run,
        )
        for school in schools
    ]


def _schools(person):
    """Not those that one only serves from the municipality."""
    classes = SchoolClass.objects.visible_to(person).current()
    return [*person.roles.schools_served().values_list("school", flat=True), *classes.values_list("school", flat=True)]


def classes_to_choose(person, school, event=None):
    """Of this year and the next, and those that it is for already: all for whoever runs the office, otherwise those that
    the person teaches."""
    today, own = school.today(), SchoolClass.objects.filter(events=event) if event else SchoolClass.objects.none()
    classes = SchoolClass.objects.filter(school=school, year__ends_on__gte=today)
    classes = classes.filter(Q(closed_on=None) | Q(pk__in=own.values("pk")))
    if not School.objects.run_by(person).filter(pk=school.pk).exists():
        classes = classes.filter(pk__in=keys_of.classes_taught(person))
    of_today = When(year__starts_on__lte=today, then=Value(True))
    return (
        classes.annotate(is_of_today=Case(of_today, default=Value(False)))
        .select_related("year")
        .order_by("year__starts_on", "grades", "name")
    )


@dataclass(frozen=True)
class YearTerms:
    year: SchoolYear
    terms: list
    said: Said


@dataclass(frozen=True)
class Elsewhere:
    """A part that a room keeps on a page of its own."""

    label: str
    icon: str
    page: str
    said: Said


@dataclass(frozen=True)
class SettingPage:
    school: School
    setting: SchoolSetting
    years: list[YearTerms]
    holidays: list[Holiday]
    promised: Said
    closed: Said
    opened: Said
    elsewhere: list[Elsewhere]


def setting_of(school):
    return SchoolSetting.objects.filter(school=school).first() or SchoolSetting(school=school)


def setting_page(school):
    setting, today = setting_of(school), school.today()
    years = list(school.years.filter(ends_on__gte=today).order_by("starts_on").prefetch_related("terms"))
    places = settings_elsewhere()
    rows = [place.about(school) for place in places]
    said = _said([setting, school, *years, *rows])
    return SettingPage(
        school=school,
        setting=setting,
        years=[YearTerms(year, list(year.terms.all()), said(year, "schoolyear.terms_set")) for year in years],
        holidays=list(school.holidays.filter(ends_on__gte=today)),
        promised=said(setting, "schoolyear.promises_set"),
        closed=said(setting, "schoolyear.holidays_added", "schoolyear.holiday_removed"),
        opened=said(school, "people.school_opened"),
        elsewhere=[
            Elsewhere(label=place.label, icon=place.icon, page=place.page, said=said(row, place.verb))
            for place, row in zip(places, rows, strict=True)
        ],
    )


def _said(rows) -> Callable:
    """A function that answers by whom and when the last of some verbs was done to one of these rows, and three queries
    in all. A name that others must not read is left out."""
    about = Q(pk=None)
    for row in rows:
        if row.pk is not None:
            about |= Q(subject_type=row._meta.label, subject_id=str(row.pk))
    kinds = ("subject_type", "subject_id", "verb")
    last = Event.objects.filter(about).order_by(*kinds, "-pk").distinct(*kinds)
    found = {(one.subject_type, one.subject_id, one.verb): one for one in last}
    keys = {one.by for one in found.values()}
    hidden = protection.covered_among(keys) if keys else set()
    names = {one.pk: one.full_name for one in Person.objects.filter(pk__in=keys - set(hidden))}

    def said(row, *verbs):
        done = [found[key] for verb in verbs if (key := (row._meta.label, str(row.pk), verb)) in found]
        newest = max(done, key=lambda one: one.pk, default=None)
        return Said(by=names.get(newest.by, ""), at=newest.at) if newest else Said()

    return said
