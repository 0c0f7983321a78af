"""Which children go to after-school care, as a column of the file says: yes puts a child on the school's list, no takes
it off, and an empty cell changes nothing. It gives nobody a role."""

from portal.people.models import CarePlace, School
from portal.rosters.staging import ask, copy, run

FEW = 3  # children of a school, from which on it asks before all of them are put on its list, or all taken off


def bring(loading):
    """Only at schools of the import that have after-school care, and for children with a place there now or to come."""
    said = loading.roster.care
    schools = list(School.objects.with_care().filter(pk__in=loading.scope.school_ids).values_list("pk", flat=True))
    if not said or not schools:
        return
    run("CREATE TEMP TABLE r_care_read (key text, goes boolean) ON COMMIT DROP")
    copy("r_care_read", ("key", "goes"), said.items())
    run(
        """CREATE TEMP TABLE r_care ON COMMIT DROP AS
           SELECT DISTINCT ON (s.id, c.school_id) s.id AS pupil_id, c.school_id, r.goes, p.id AS place_id, p.goes AS went
           FROM r_care_read r JOIN r_who s ON s.key = r.key
           JOIN people_enrolment e ON e.pupil_id = s.id AND (e.valid_to IS NULL OR e.valid_to >= %s)
           JOIN people_schoolclass c ON c.id = e.school_class_id AND c.school_id = ANY (%s)
           LEFT JOIN people_careplace p ON p.pupil_id = s.id AND p.school_id = c.school_id
           WHERE NOT EXISTS (SELECT 1 FROM r_aside b WHERE b.id = s.id)
           ORDER BY s.id, c.school_id""",
        loading.today,
        schools,
    )
    _ask_where_all_are_the_same(loading.outcome, loading.today)
    made = loading._insert_plain(
        CarePlace,
        "careplace",
        "SELECT * FROM r_care WHERE goes AND place_id IS NULL",
        goes="TRUE",
        pupil="n.pupil_id",
        school="n.school_id",
    )
    run(
        """CREATE TEMP TABLE r_change ON COMMIT DROP AS
           SELECT place_id AS id, goes FROM r_care WHERE place_id IS NOT NULL AND goes <> went"""
    )
    changed = loading._write("people_careplace", "careplace", ("goes",))
    there = ask("SELECT count(*) FROM r_care")[0][0]
    for verb, number in (("created", made), ("updated", changed), ("unchanged", there - made - changed)):
        loading.outcome.count("care", verb, number)
    run("DROP TABLE r_care_read, r_care")


def _ask_where_all_are_the_same(outcome, today):
    """Yes for every child of a school, or no for whoever has a word, is a system's default, as a rule."""
    found = ask(
        """SELECT s.name, bool_and(r.goes), count(*) FILTER (WHERE r.goes <> COALESCE(r.went, FALSE)), count(*),
             (SELECT count(DISTINCT e.pupil_id) FROM people_enrolment e JOIN people_schoolclass c ON c.id = e.school_class_id
              WHERE c.school_id = s.id AND (e.valid_to IS NULL OR e.valid_to >= %s))
           FROM r_care r JOIN people_school s ON s.id = r.school_id
           GROUP BY s.id HAVING bool_and(r.goes) OR NOT bool_or(r.goes) ORDER BY s.name""",
        today,
    )
    for school, all_go, changed, said, pupils in found:
        if changed >= FEW and (said == pupils or not all_go):
            outcome.ask("care_yes" if all_go else "care_no", school, changed, said)
