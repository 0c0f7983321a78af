"""What matching found, written down: people who have a new key, and pairs that a person must judge."""

from collections import defaultdict

from django.utils.translation import gettext as _

from portal.people.models import Doubt, Person, PersonKey
from portal.rosters.saying import listed
from portal.rosters.staging import ask, copy, run

KEYS = ("source", "source_id")
RAISED_ANEW = ("answer", "answered_by", "answered_at", "roster", "school", "row", "signs", "other")
BATCH = 1000
OWNED = (
    ("people_enrolment", "enrolment", "t.pupil_id"),
    ("people_role", "role", "t.person_id"),
    ("people_guardianrelation", "guardianrelation", "t.guardian_id"),
    ("people_guardianrelation", "guardianrelation", "t.pupil_id"),
)


def move(loading, match):
    """Give people the key that they have from now on. Their earlier keys still lead to them, and what an earlier
    system brought for them is looked after by the new one."""
    run("DROP TABLE IF EXISTS r_moved")
    run("CREATE TEMP TABLE r_moved (id bigint, source text, source_id text) ON COMMIT DROP")
    copy("r_moved", ("id", *KEYS), ((pk, source, key) for pk, (source, key) in match.moved.items()))
    if not match.moved:
        return
    run("DELETE FROM r_moved m USING r_elsewhere e WHERE e.id = m.id AND %s", bool(loading.entry.school_id))
    run("UPDATE r_moved SET source_id = '' WHERE source_id IS NULL")
    _keep_earlier_keys(loading)
    for table, name, column in OWNED:
        run(
            f"""CREATE TEMP TABLE r_change ON COMMIT DROP AS
                SELECT t.id, m.source, CASE WHEN t.source_id = '' THEN '' ELSE 'moved/#' || t.id END AS source_id
                FROM {table} t JOIN r_moved m ON m.id = {column} JOIN people_person p ON p.id = m.id
                WHERE t.source = p.source AND t.source <> m.source AND t.source <> ''"""  # noqa: S608
        )
        loading._write(table, name, KEYS)
    run("CREATE TEMP TABLE r_change ON COMMIT DROP AS SELECT * FROM r_moved")
    names = ask(
        "SELECT concat_ws(' ', p.given_name, p.family_name) FROM people_person p JOIN r_moved m ON m.id = p.id "
        "WHERE m.source_id <> '' ORDER BY p.sort_name"
    )
    loading._write("people_person", "person", KEYS, clear="source_id")
    if names:
        text = _("%(count)s people have a new key in the file, and stay who they are here: %(names)s.")
        loading.roster.notes.warn("", 0, text % {"count": len(names), "names": listed(name for (name,) in names)})


def _keep_earlier_keys(loading):
    loading._insert_new(
        PersonKey,
        "personkey",
        """SELECT p.id AS person_id, p.source, p.source_id FROM people_person p JOIN r_moved m ON m.id = p.id
           WHERE p.source_id <> '' AND m.source_id <> ''
             AND NOT EXISTS (SELECT 1 FROM r_moved o WHERE o.source = p.source AND o.source_id = p.source_id)
             AND NOT EXISTS (SELECT 1 FROM people_personkey k WHERE k.source = p.source
                             AND k.source_id = p.source_id)""",
        person="n.person_id",
        source="n.source",
    )


def set_aside(loading, match):
    """Write down the pairs that wait for a person, and forget those that the file no longer raises."""
    ids = _ids(loading.roster, match)
    wanted = {}
    for key, (pk, signs) in match.aside.items():
        wanted[key, pk] = {"signs": sorted(signs), "other_id": None}
    for one, other, signs in match.pairs:
        pk, twin = (each if isinstance(each, int) else ids.get(each) for each in (one, other))
        if pk and twin and pk != twin:
            key = f"#{twin}" if isinstance(other, int) else other
            wanted[key, pk] = {"signs": sorted(signs), "other_id": twin}
    rows = _rows(loading, match)
    there = {(doubt.source_id, doubt.person_id): doubt for doubt in Doubt.objects.filter(source=loading.source)}
    names = Person.objects.only("given_name", "family_name").in_bulk({pk for _key, pk in wanted})
    apart = {frozenset((one.person_id, one.other_id)) for one in there.values() if one.answer and one.other_id}
    schools, raised = _schools(loading, rows, wanted), []
    for (key, pk), values in wanted.items():
        there.pop((key, pk), None)
        if frozenset((pk, values["other_id"])) in apart:  # whichever of them stands first in the file today
            continue
        place = {"roster": loading.entry, "school_id": schools.get((key, pk))}
        doubt = Doubt(source=loading.source, source_id=key, person_id=pk, row=rows.get(key, {}), **place, **values)
        raised.append(doubt)
        _warn(loading.roster, key, names[pk], doubt)
    Doubt.objects.bulk_create(
        raised, BATCH, update_conflicts=True, unique_fields=["source", "source_id", "person"], update_fields=RAISED_ANEW
    )
    _forget(loading, there.values())


def _ids(roster, match):
    keys = [key for pair in match.pairs for key in pair[:2] if isinstance(key, str)]
    return dict(ask("SELECT key, id FROM r_ref WHERE key = ANY (%s)", keys)) if keys else {}


def _forget(loading, doubts):
    """A whole file that no longer holds such a pair has settled it."""
    if loading.roster.full:
        school = loading.entry.school_id
        gone = [doubt.pk for doubt in doubts if not doubt.answer and (not school or doubt.school_id == school)]
        Doubt.objects.filter(pk__in=gone, roster__municipality=loading.entry.municipality).delete()


def _rows(loading, match):
    """{key: what the file says of the person}, as far as somebody who judges later needs it."""
    if not match.aside:
        return {}
    roster, scope, rows = loading.roster, loading.scope, {}
    told = defaultdict(lambda: {"places": [], "roles": [], "relations": []})
    for place in roster.places.values():
        if place.person in match.aside and place.school_class in scope.classes:
            school_class = scope.classes[place.school_class]
            dates = _dates(place.valid_from or school_class.year.starts_on, place.valid_to or school_class.year.ends_on)
            told[place.person]["places"].append({"school_class": school_class.pk, **dates})
    for duty in roster.duties.values():
        if duty.person in match.aside:
            school_class, school = scope.classes.get(duty.school_class), scope.schools.get(duty.school)
            where = {"school_class": school_class.pk} if school_class else {"school": school.pk}
            begins = duty.valid_from or (school_class.year.starts_on if school_class else loading.today)
            dates = _dates(begins, duty.valid_to or (school_class.year.ends_on if school_class else None))
            told[duty.person]["roles"].append({"kind": duty.kind, **where, **dates})
    for pair in roster.relations.values():
        for key, other, side in ((pair.guardian, pair.pupil, "guardian"), (pair.pupil, pair.guardian, "pupil")):
            if key in match.aside:
                told[key]["relations"].append({"side": side, "other": other, "kind": pair.kind})
    for key in match.aside:
        person = roster.persons[key]
        rows[key] = {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "email": person.email,
            "phone": person.phone,
            "born_on": person.born_on and person.born_on.isoformat(),
            **told[key],
        }
    return rows


def _dates(begins, ends):
    ends = ends and max(begins, ends)
    return {"valid_from": begins.isoformat(), "valid_to": ends and ends.isoformat()}


def _schools(loading, rows, wanted):
    """{(key, id): whose office can judge}: that of the school in the row, of its children, or where the person is."""
    if loading.entry.school_id:
        return dict.fromkeys(wanted, loading.entry.school_id)
    classes = {one.pk: one.school_id for one in loading.scope.classes.values()}
    of_pupils = {}
    for place in loading.roster.places.values() if rows else ():
        if place.school_class in loading.scope.classes:
            of_pupils.setdefault(place.person, loading.scope.classes[place.school_class].school_id)
    found = {}
    for key, pk in wanted:
        row = rows.get(key, {})
        told = [
            one.get("school") or classes[one["school_class"]] for one in (*row.get("places", ()), *row.get("roles", ()))
        ]
        pupils = [one["other"] for one in row.get("relations", ()) if one["side"] == "guardian"]
        told += [of_pupils[pupil] for pupil in pupils if pupil in of_pupils]
        if told:
            found[key, pk] = told[0]
    here = _schools_here([pk for key, pk in wanted if (key, pk) not in found])
    return {(key, pk): found.get((key, pk)) or here.get(pk) for key, pk in wanted}


def _schools_here(people):
    """{id: school} of people as they stand here; of several schools always the same one."""
    return dict(
        ask(
            """WITH asked AS (SELECT unnest(%s::bigint[]) AS id)
               SELECT id, min(school_id) FROM (
                 SELECT a.id, c.school_id FROM asked a JOIN people_enrolment e ON e.pupil_id = a.id
                   JOIN people_schoolclass c ON c.id = e.school_class_id
                 UNION SELECT a.id, c.school_id FROM asked a JOIN people_guardianrelation g ON g.guardian_id = a.id
                   JOIN people_enrolment e ON e.pupil_id = g.pupil_id
                   JOIN people_schoolclass c ON c.id = e.school_class_id
                 UNION SELECT a.id, COALESCE(r.school_id, c.school_id) FROM asked a
                   JOIN people_role r ON r.person_id = a.id
                   LEFT JOIN people_schoolclass c ON c.id = r.school_class_id) here
               GROUP BY id""",
            people,
        )
    )


def _warn(roster, key, person, doubt):
    if doubt.other_id:
        text = _("%(name)s seems to be there under two keys.")
        roster.notes.warn("", 0, text % {"name": person.full_name})
        return
    name = f"{doubt.row['given_name']} {doubt.row['family_name']}".strip()
    text = _(
        "%(name)s (%(key)s) may be %(here)s, who is here already. The import takes in nothing of the row, and leaves the "
        "person as they are."
    )
    roster.notes.warn("", roster.persons[key].row, text % {"name": name, "key": key, "here": person.full_name})
