"""Schools, years and classes of a roster, and the part of it that an import may speak about."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.people.models import Cohort, Municipality, Person, RosterChange, School, SchoolClass, SchoolYear, Term
from portal.rosters.records import Problem, RosterError
from portal.rosters.saying import listed
from portal.rosters.values import LONGEST_KEY

ZONES = {"NO": "Europe/Oslo", "DK": "Europe/Copenhagen"}
FORMS = {"NO": "nb", "DK": "da"}
LETTER = re.compile(r"^\s*\d{1,2}\s*\.?\s*(.+)$")


@dataclass
class Scope:
    """Where the file's schools and classes are in the portal: the import touches nothing outside."""

    schools: dict[str, School] = field(default_factory=dict)
    classes: dict[str, SchoolClass] = field(default_factory=dict)
    years: dict[tuple, SchoolYear] = field(default_factory=dict)

    spoken_for: list[int] | None = None  # schools that a partial file speaks for without naming them

    @property
    def school_ids(self):
        return self.spoken_for or [school.pk for school in self.schools.values()]

    @property
    def year_ids(self):
        return [year.pk for year in self.years.values()]


def narrow(roster, school):
    """Cut a roster down to one school, for an office that imports for its own school only."""
    key = _row_of(roster, school)
    here = set() if roster.full else _known_classes(roster, school)
    classes = {name: row for name, row in roster.classes.items() if row.school == key}
    within = classes.keys() | here
    places = {pair: row for pair, row in roster.places.items() if row.school_class in within}
    duties = {
        pair: row
        for pair, row in roster.duties.items()
        if row.school_class in within or (row.school and row.school in (key, school.source_id))
    }
    known = set() if roster.full else _known_persons(roster, school)
    pupils = {row.person for row in places.values()} | (known & roster.pupils)
    relations = {pair: row for pair, row in roster.relations.items() if row.pupil in pupils}
    guardians = {row.guardian for row in relations.values()}
    staff = {row.person for row in duties.values()}
    wanted = pupils | guardians | staff | known
    if roster.persons.keys() - wanted:
        left = _("%(count)s persons belong to other schools or to no class here, and were left out.")
        roster.notes.warn("", 0, left % {"count": len(roster.persons.keys() - wanted)})
    roster.schools, roster.classes = {key: roster.schools[key]} if key in roster.schools else {}, classes
    roster.ended = {pair for pair in roster.ended if pair[1] in within}
    roster.places, roster.duties, roster.relations = places, duties, relations
    roster.persons = {name: row for name, row in roster.persons.items() if name in wanted}
    roster.pupils, roster.guardians, roster.staff = pupils, guardians, staff


def _known_classes(roster, school):
    keys = SchoolClass.objects.filter(school=school, source=roster.source).values_list("source_id", flat=True)
    return {key.rpartition("@")[0] for key in keys}


def _known_persons(roster, school):
    keys = Person.objects.at([school.pk], ended=True).filter(source=roster.source).values_list("source_id", flat=True)
    return set(keys) - {""}


def _row_of(roster, school):
    if not roster.full and not roster.schools:
        return None
    for key, row in roster.schools.items():
        if (row.number and _number(roster, key, row) == school.number) or (
            school.source_id and (roster.source, key) == (school.source, school.source_id)
        ):
            return key
    named = [key for key, row in roster.schools.items() if _same_name(row, school)]
    if len(named) == 1:
        return named[0]
    raise RosterError(
        Problem("", 0, _("%(school)s is not in the file. Check that it is the right one.") % {"school": school.name})
    )


def find_places(roster, entry, outcome):
    """Find or make the schools, years and classes that the roster names."""
    scope = Scope()
    made = {"school": [], "schoolyear": [], "schoolclass": [], "cohort": []}
    _schools(roster, entry, scope, outcome, made)
    _years(roster, scope, made)
    if not roster.full:
        _known_places(roster, entry, scope)
    _classes(roster, entry, scope, outcome, made)
    RosterChange.objects.bulk_create(
        RosterChange(roster=entry, model=model, verb=RosterChange.Verb.CREATED, rows=rows)
        for model, rows in made.items()
        if rows
    )
    return scope


def settle(roster, entry):
    """Whose schools the file is about: the municipality that was chosen, or the only one."""
    if entry.municipality is None:
        entry.municipality = _municipality(roster)


def _municipality(roster):
    there = list(Municipality.objects.all()[:2])
    if len(there) == 1:
        return there[0]
    if there:
        raise RosterError(_("There are several municipalities here. Choose the school that the file is for."))
    return Municipality.objects.create(
        name=roster.owner_name or _("Our municipality"), number=roster.owner_number or "0000"
    )


def _schools(roster, entry, scope, outcome, made):
    if entry.school is not None:
        scope.schools = dict.fromkeys(roster.schools, entry.school)
        outcome.count("schools", "unchanged", 1)
        return
    there = list(School.objects.filter(municipality=entry.municipality))
    by_key = {school.source_id: school for school in there if school.source == roster.source}
    by_number = {school.number: school for school in there}
    country = there[0].country if there else None
    numbers = [_number(roster, key, row) for key, row in roster.schools.items()]
    elsewhere = set(School.objects.filter(number__in=numbers).values_list("number", flat=True))
    names = [row.name.casefold() for row in roster.schools.values()]
    for key, row in roster.schools.items():
        number = _number(roster, key, row)
        named = [one for one in there if _same_name(row, one) and names.count(one.name.casefold()) == 1]
        school = by_key.get(key) or by_number.get(number) or (named[0] if len(named) == 1 else None)
        if school and row.number and school.number != number and school.name.casefold() != row.name.casefold():
            text = _("The key %(key)s, now of %(new)s, is that of %(old)s here. Nothing was imported.")
            raise RosterError(Problem("", 0, text % {"key": key, "new": row.name, "old": school.name}))
        if school is None:
            if number in elsewhere:
                text = _("The school number %(number)s belongs to another municipality.")
                raise RosterError(text % {"number": number})
            school = _make_school(roster, entry, key, row, number, country)
            elsewhere.add(number)
            made["school"].append(school.pk)
            outcome.count("schools", "created", 1)
            outcome.show("schools", "created", [school.name])
        else:
            outcome.count("schools", "unchanged", 1)
        scope.schools[key] = school
    here = {school.pk for school in scope.schools.values()}
    away = [school.name for school in there if school.source == roster.source and school.pk not in here]
    if roster.full and roster.source and away:
        text = _("Not in the file, so nothing changes there: %(schools)s.")
        roster.notes.warn("", 0, text % {"schools": listed(sorted(away))})


def _same_name(row, school):
    """A school of the same name, unless two numbers of one kind say that it is another."""
    apart = row.number.isdigit() and school.number.isdigit() and len(row.number) == len(school.number)
    return row.name.casefold() == school.name.casefold() and not (apart and row.number != school.number)


def _number(roster, key, row):
    """The school's number, whole: two that begin alike are two schools."""
    if row.number and len(row.number) <= LONGEST_KEY:
        return row.number
    return "R" + hashlib.sha256(f"{roster.source} {row.number or key}".encode()).hexdigest()[:10]


def _make_school(roster, entry, key, row, number, country):
    country = country or ("DK" if re.fullmatch(r"\d{6}", number) else "NO")
    return School.objects.create(
        source=roster.source,
        source_id=key,
        municipality=entry.municipality,
        name=row.name,
        number=number,
        country=country,
        language_form=FORMS[country],
        time_zone=ZONES[country],
    )


def _years(roster, scope, made):
    wanted = {(scope.schools[row.school].pk, row.starts_on) for row in roster.classes.values()}
    there = SchoolYear.objects.filter(school__in=scope.school_ids)
    for year in there:
        first = date(year.starts_on.year if year.starts_on.month >= 7 else year.starts_on.year - 1, 8, 1)
        if (year.school_id, first) in wanted:
            scope.years[year.school_id, first] = year
    begun = [
        SchoolYear(school_id=school, starts_on=first, ends_on=date(first.year + 1, 7, 31))
        for school, first in sorted(wanted - scope.years.keys())
    ]
    SchoolYear.objects.bulk_create(begun)
    Term.objects.bulk_create(term for year in begun for term in _terms(year))
    scope.years |= {(year.school_id, year.starts_on): year for year in begun}
    made["schoolyear"] += [year.pk for year in begun]


def _terms(year):
    new_year = date(year.ends_on.year, 1, 1)
    yield Term(year=year, season=Term.Season.AUTUMN, starts_on=year.starts_on, ends_on=new_year - timedelta(days=1))
    yield Term(year=year, season=Term.Season.SPRING, starts_on=new_year, ends_on=year.ends_on)


def _classes(roster, entry, scope, outcome, made):
    there = list(SchoolClass.objects.filter(year__in=scope.year_ids))
    by_key = {school_class.source_id: school_class for school_class in there if school_class.source == roster.source}
    by_name = {(school_class.year_id, school_class.name): school_class for school_class in there}
    cohorts = {
        (cohort.school_id, cohort.letter, cohort.started_on): cohort
        for cohort in Cohort.objects.filter(school__in=scope.school_ids)
    }
    new, begun = [], []
    named = {_dated(key, row) for key, row in roster.classes.items()}
    for key, row in roster.classes.items():
        year = scope.years[scope.schools[row.school].pk, row.starts_on]
        dated = _dated(key, row)
        found = _class_here(roster, key, row, by_key) or by_name.get((year.pk, row.name))
        if found and (found.source_id == dated or found.source_id not in named):
            scope.classes[key] = found
            by_key[dated] = found
            _change_class(entry, found, row, (roster.source, dated), by_name, outcome)
            continue
        name = row.name if (year.pk, row.name) not in by_name else f"{row.name} ({key})"[:80]
        made_class = SchoolClass(
            source=roster.source,
            source_id=dated,
            year=year,
            school_id=year.school_id,
            name=name,
            grades=list(row.grades),
            cohort=_cohort(year.school_id, row, cohorts, begun),
        )
        by_name[year.pk, name] = scope.classes[key] = made_class
        new.append(made_class)
    Cohort.objects.bulk_create(begun, batch_size=500)
    for school_class in new:
        school_class.cohort = school_class.cohort  # takes over the key that the cohort has now
    SchoolClass.objects.bulk_create(new, batch_size=500)
    made["cohort"] += [cohort.pk for cohort in begun]
    made["schoolclass"] += [school_class.pk for school_class in new]
    outcome.count("classes", "created", len(new))
    outcome.show("classes", "created", [school_class.name for school_class in new[:20]])
    if not roster.full:
        by_key = {one.source_id: one for one in _here(roster, entry, scope) if _key(one) in roster.closed}
    _close(roster, entry, by_key, scope, outcome)


def _dated(key, row):
    """A class is another one every school year, also where the file keeps its key."""
    return f"{key}@{row.starts_on.year}"


def _key(school_class):
    return school_class.source_id.rpartition("@")[0]


def _class_here(roster, key, row, by_key):
    """The class of this key, or of a key that the file says it had before."""
    keys = (key, *roster.old_keys.get(key, ()))
    return next((by_key[_dated(one, row)] for one in keys if _dated(one, row) in by_key), None)


def _here(roster, entry, scope):
    """Classes of this system that are here now or soon, the nearest year first."""
    there = SchoolClass.objects.filter(
        source=roster.source, school__in=scope.school_ids, closed_on=None, year__ends_on__gte=timezone.localdate()
    )
    return there.select_related("year").order_by("year__starts_on")


def _known_places(roster, entry, scope):
    """A partial file may name schools and classes that are here and not in it. What is nowhere is told and left out."""
    schools = School.objects.filter(municipality=entry.municipality)
    scope.spoken_for = [entry.school_id] if entry.school else list(schools.values_list("pk", flat=True))
    for school in schools.filter(source=roster.source, pk__in=scope.spoken_for):
        scope.schools.setdefault(school.source_id, school)
    for school_class in _here(roster, entry, scope):
        if _key(school_class) not in roster.classes:
            scope.classes.setdefault(_key(school_class), school_class)
            scope.years[school_class.school_id, school_class.year.starts_on] = school_class.year
    known = scope.classes.keys() | roster.classes.keys()
    places = {pair: row for pair, row in roster.places.items() if row.school_class in known}
    duties = {
        pair: row
        for pair, row in roster.duties.items()
        if row.school_class in known or (not row.school_class and row.school in scope.schools)
    }
    lost = len(roster.places) + len(roster.duties) - len(places) - len(duties)
    if lost:
        text = ngettext(
            "%(count)s row is about a school or class that is neither in the file nor here, and was left out.",
            "%(count)s rows are about a school or class that is neither in the file nor here, and were left out.",
            lost,
        )
        roster.notes.warn("", 0, text % {"count": lost})
    roster.places, roster.duties = places, duties


def _change_class(entry, found, row, source, by_name, outcome):
    before = {name: getattr(found, name) for name in ("name", "grades", "closed_on", "source", "source_id")}
    if found.source_id:
        found.source, found.source_id = source
    if found.source_id and (found.year_id, row.name) not in by_name:
        found.name = row.name
    if found.source_id and row.grades:
        found.grades = list(row.grades)
    found.closed_on = None
    _save_class(entry, found, before, "updated", outcome)


def _close(roster, entry, by_key, scope, outcome):
    here = {school_class.pk for key, school_class in scope.classes.items() if key not in roster.closed}
    here |= {school_class.pk for school_class in by_key.values() if _key(school_class) in roster.aside_classes}
    for school_class in by_key.values():
        if school_class.pk not in here and school_class.closed_on is None:
            before = {"name": school_class.name, "grades": school_class.grades, "closed_on": None}
            school_class.closed_on = timezone.localdate()
            _save_class(entry, school_class, before, "deactivated", outcome)


def _save_class(entry, school_class, before, verb, outcome):
    after = {name: getattr(school_class, name) for name in before}
    if after == before:
        outcome.count("classes", "unchanged", 1)
        return
    school_class.save(update_fields=list(before))
    outcome.count("classes", verb, 1)
    outcome.show("classes", verb, [school_class.name])
    texts = [{**each, "closed_on": each["closed_on"] and each["closed_on"].isoformat()} for each in (before, after)]
    RosterChange.objects.create(
        roster=entry,
        model="schoolclass",
        verb=RosterChange.Verb.UPDATED,
        rows=[school_class.pk],
        before=texts[0],
        after=texts[1],
    )


def _cohort(school_id, row, cohorts, begun):
    """The children who started together; without a grade nobody knows when that was."""
    if not row.grades:
        return None
    first = max(min(row.grades), 1)
    started = row.starts_on.replace(year=row.starts_on.year - first + 1)
    found = LETTER.match(row.name)
    letter = (found[1] if found else row.name)[:40]
    if (school_id, letter, started) not in cohorts:
        cohort = Cohort(school_id=school_id, letter=letter, started_on=started)
        cohorts[school_id, letter, started] = cohort
        begun.append(cohort)
    return cohorts[school_id, letter, started]
