"""The brake: what an import takes away from each school and class, kind by kind, against what was here before it."""

from portal.people.models import School, SchoolClass
from portal.rosters.staging import ask, run

PART = 10  # per cent of a school, from which on the import asks
FEW = 3  # a class asks when it loses more than a third and at least this many
CHILDREN = 12  # pupils of one guardian, from which on the import asks
STRANGERS = 10  # people under unknown keys, from which on the import asks when they are more than a tenth

HERE = """
    pupils AS (
      SELECT e.id AS place_id, e.pupil_id, c.school_id, c.id AS class_id
      FROM people_enrolment e JOIN people_schoolclass c ON c.id = e.school_class_id
      JOIN schools s ON s.id = c.school_id
      WHERE (e.valid_to IS NULL OR e.valid_to >= %(today)s)),
    duties AS (
      SELECT o.id, o.person_id, s.id AS school_id, c.id AS class_id
      FROM people_role o LEFT JOIN people_schoolclass c ON c.id = o.school_class_id
      JOIN schools s ON s.id = COALESCE(o.school_id, c.school_id)
      WHERE o.state <> 'ended' AND (o.valid_to IS NULL OR o.valid_to >= %(today)s)),
    links AS (
      SELECT g.id, g.guardian_id, u.school_id, u.class_id
      FROM people_guardianrelation g JOIN pupils u ON u.pupil_id = g.pupil_id WHERE g.state <> 'ended')"""

LOOK = f"""CREATE TEMP TABLE r_before ON COMMIT DROP AS
    WITH schools AS (SELECT id FROM people_school
                     WHERE municipality_id = %(municipality)s AND (%(school)s IS NULL OR id = %(school)s)), {HERE}
    SELECT 'places' AS kind, place_id AS id, pupil_id AS person_id, school_id, class_id FROM pupils
    UNION ALL SELECT 'roles', id, person_id, school_id, class_id FROM duties
    UNION ALL SELECT 'relations', id, guardian_id, school_id, class_id FROM links
    UNION ALL SELECT 'classes', c.id, NULL, c.school_id, NULL FROM people_schoolclass c
      JOIN schools s ON s.id = c.school_id JOIN people_schoolyear y ON y.id = c.year_id
      WHERE c.closed_on IS NULL AND y.ends_on >= %(today)s
    UNION ALL SELECT 'persons', w.person_id, w.person_id, w.school_id, NULL FROM (
      SELECT pupil_id AS person_id, school_id FROM pupils UNION SELECT person_id, school_id FROM duties
      UNION SELECT guardian_id, school_id FROM links) w JOIN people_person p ON p.id = w.person_id AND p.is_active
    UNION ALL SELECT 'persons', p.id, p.id, NULL, NULL FROM people_person p
      WHERE p.source = %(source)s AND p.is_active AND %(school)s IS NULL"""  # noqa: S608

GONE = """
    SELECT b.kind, b.school_id, b.class_id, count(DISTINCT b.id),
           count(DISTINCT b.id) FILTER (WHERE CASE b.kind
             WHEN 'persons' THEN EXISTS (SELECT 1 FROM people_person p WHERE p.id = b.id AND NOT p.is_active)
             WHEN 'classes' THEN EXISTS (SELECT 1 FROM people_schoolclass c WHERE c.id = b.id AND c.closed_on IS NOT NULL)
             WHEN 'relations' THEN EXISTS (SELECT 1 FROM people_guardianrelation g WHERE g.id = b.id
                                           AND g.state = 'ended')
             WHEN 'roles' THEN EXISTS (SELECT 1 FROM people_role o WHERE o.id = b.id AND o.state = 'ended')
               AND NOT EXISTS (SELECT 1 FROM people_role o LEFT JOIN people_schoolclass c ON c.id = o.school_class_id
                 WHERE o.person_id = b.person_id AND o.state <> 'ended'
                   AND COALESCE(o.school_id, c.school_id) = b.school_id)
             ELSE EXISTS (SELECT 1 FROM people_enrolment e WHERE e.id = b.id AND e.valid_to < %(today)s)
               AND NOT EXISTS (SELECT 1 FROM people_enrolment e JOIN people_schoolclass c ON c.id = e.school_class_id
                 WHERE e.pupil_id = b.person_id AND c.school_id = b.school_id
                   AND (e.valid_to IS NULL OR e.valid_to >= %(today)s)) END)
    FROM r_before b GROUP BY GROUPING SETS ((b.kind, b.school_id), (b.kind, b.school_id, b.class_id))
    HAVING GROUPING(b.class_id) = 1 OR b.class_id IS NOT NULL
    ORDER BY 1, 2, 3"""


def look(entry, source, today):
    """Note what is here before anything changes."""
    run("DROP TABLE IF EXISTS r_before")
    values = {"municipality": entry.municipality_id, "school": entry.school_id, "source": source, "today": today}
    run(LOOK, named=values)


def weigh(outcome, match, roster, today):
    """Write into the outcome what somebody must agree to: a file without classes, parts that lose too much, and people
    under strange keys."""
    if roster.without_classes:
        outcome.ask("nothing", "", 1, 1)
    found = ask(GONE, named={"today": today}) if outcome.total["deactivated"] else []
    schools = [row for row in found if row[2] is None and _much(row[4], row[3], roster.full)]
    whole = {(kind, school) for kind, school, _class, _there, _gone in schools}
    staffed = {pk for (pk,) in ask("SELECT DISTINCT school_class_id FROM people_role WHERE state <> 'ended'")}
    classes = [
        row
        for row in found
        if row[2] is not None and row[:2] not in whole and _much_of_class(row, staffed, roster.full)
    ]
    names = School.objects.in_bulk({row[1] for row in schools if row[1]})
    class_names = SchoolClass.objects.select_related("school").in_bulk({row[2] for row in classes})
    for kind, school, _none, there, gone in schools:
        outcome.ask(kind, names[school].name if school else "", gone, there)
    for kind, _school, school_class, there, gone in classes:
        one = class_names[school_class]
        outcome.ask(kind, f"{one.name}, {one.school.name}", gone, there)
    everybody = match.strange + match.familiar
    many = match.strange >= STRANGERS and match.strange * 100 > everybody * PART
    if many or (roster.full and match.strange and not match.familiar):
        outcome.ask("keys", "", match.strange, everybody)


def crowds(outcome):
    """Ask about whoever would be proposed as guardian of a whole class: a system's default, as a rule."""
    found = ask(
        """SELECT concat_ws(' ', g.given_name, g.family_name), count(*) FROM r_new n
           JOIN people_person g ON g.id = n.guardian_id GROUP BY g.id HAVING count(*) > %s ORDER BY 2 DESC""",
        CHILDREN,
    )
    for name, count in found:
        outcome.ask("guardian", name, count, count)


def _much(gone, there, full):
    """In a whole file any part above a tenth; one row that a partial file names is meant."""
    return gone * 100 > there * PART and (full or gone > 1)


def _much_of_class(row, staffed, full):
    """More than a third of a class, or everybody who teaches it, with nobody in their place."""
    kind, _school, school_class, there, gone = row
    if kind == "roles":
        return gone == there and school_class not in staffed and (full or gone > 1)
    return gone * 3 > there and gone >= FEW
