"""The roster in temporary tables, with the portal's own keys beside the file's: r_person, r_place, r_relation, r_role.

r_ref leads from every key that the file may name to a person. r_elsewhere holds whoever has ties to schools that the
file does not speak for, r_aside whoever must be judged first, or stands in a row that was not understood: neither is
changed.
"""

from portal.people.models import Person, School
from portal.rosters import warnings
from portal.rosters.matching import Matching
from portal.rosters.staging import ask, copy, run

TIED_ELSEWHERE = """
    WITH pupils AS (
      SELECT e.pupil_id AS id FROM people_enrolment e JOIN people_schoolclass c ON c.id = e.school_class_id
      WHERE c.school_id <> ALL (%s) AND (e.valid_to IS NULL OR e.valid_to >= %s))
    SELECT id FROM pupils
    UNION SELECT g.guardian_id FROM people_guardianrelation g JOIN pupils ON pupils.id = g.pupil_id
      WHERE g.state <> 'ended'
    UNION SELECT r.person_id FROM people_role r LEFT JOIN people_schoolclass c ON c.id = r.school_class_id
      WHERE r.state <> 'ended' AND (r.valid_to IS NULL OR r.valid_to >= %s)
        AND COALESCE(r.school_id, c.school_id, 0) <> ALL (%s)"""


class Staged:
    def __init__(self, roster, entry, scope, today):
        self.roster, self.entry, self.scope, self.today = roster, entry, scope, today
        self.source = roster.source

    def stage(self):
        """Match and stage; the pairs that were found."""
        run(
            "DROP TABLE IF EXISTS r_read, r_ref, r_who, r_aside, r_person, r_elsewhere, r_place, r_relation, r_role, r_change"
        )
        self.match = Matching(self.roster, self.scope, self._outside()).find()
        run("CREATE TEMP TABLE r_aside (id bigint) ON COMMIT DROP")
        copy("r_aside", ("id",), {(pk,) for pk, _signs in self.match.aside.values()})
        self._not_understood()
        run("CREATE TEMP TABLE r_ref (key text, id bigint) ON COMMIT DROP")
        copy("r_ref", ("key", "id"), self.match.known.items())
        run("ANALYZE r_ref")
        run("""CREATE TEMP TABLE r_read (key text, given_name text, family_name text, email text, phone text,
               born_on date, number text, language text) ON COMMIT DROP""")
        copy(
            "r_read",
            ("key", "given_name", "family_name", "email", "phone", "born_on", "number", "language"),
            self._rows(),
        )
        run(
            """CREATE TEMP TABLE r_person ON COMMIT DROP AS
               SELECT r.*, COALESCE(p.id, nextval((SELECT pg_get_serial_sequence('people_person', 'id')))) AS id,
                      p.id IS NULL AS is_new, p.is_active IS FALSE AS returns, FALSE AS elsewhere
               FROM r_read r LEFT JOIN r_ref k ON k.key = r.key LEFT JOIN people_person p ON p.id = k.id"""
        )
        run("DROP TABLE r_read")
        run("INSERT INTO r_ref SELECT key, id FROM r_person WHERE is_new")
        run("CREATE INDEX ON r_person (id)")
        run("CREATE INDEX ON r_ref (key)")
        run("ANALYZE r_ref")
        self._one_row_each()
        run("ANALYZE r_person")
        self._elsewhere()
        self._stage_places()
        self._stage_duties()
        return self.match

    def _one_row_each(self):
        """Of two rows about one person, the one under the person's own key speaks; both may be referred to."""
        run(
            """DELETE FROM r_person s USING r_person o WHERE s.id = o.id AND s.key <> o.key AND
                 (s.key = (SELECT p.source_id FROM people_person p WHERE p.id = s.id AND p.source = %s), s.key)
                 < (o.key = (SELECT p.source_id FROM people_person p WHERE p.id = o.id AND p.source = %s), o.key)""",
            self.source,
            self.source,
        )

    def _outside(self):
        """Persons tied to schools that whoever imports has no say about: they are not looked for here."""
        schools = [self.entry.school_id]
        if not self.entry.school_id:
            schools = list(School.objects.filter(municipality=self.entry.municipality).values_list("pk", flat=True))
        return {pk for (pk,) in ask(TIED_ELSEWHERE, schools, self.today, self.today, schools)}

    def _rows(self):
        """Persons for COPY. A national number that has not changed keeps its ciphertext, so it compares as equal."""
        known = {}
        field = Person._meta.get_field("national_number")
        if any(person.number for person in self.roster.persons.values()):
            known = dict(
                ask("""SELECT k.key, p.national_number FROM r_ref k JOIN people_person p ON p.id = k.id
                       WHERE p.national_number <> ''""")
            )
        for person in self.roster.persons.values():
            if person.key in self.match.aside:
                continue
            number = person.number
            if number:
                old = known.get(person.key)
                same = old and field.from_db_value(old, None, None) == number
                number = old if same else field.get_prep_value(number)
            yield (*person[:6], number, person.language)

    def _elsewhere(self):
        """Persons with ties to schools that the file does not speak for: an office does not change them."""
        run(
            f"CREATE TEMP TABLE r_elsewhere ON COMMIT DROP AS {TIED_ELSEWHERE}",
            self.scope.school_ids,
            self.today,
            self.today,
            self.scope.school_ids,
        )
        if self.entry.school_id:
            run("UPDATE r_person SET elsewhere = TRUE FROM r_elsewhere e WHERE e.id = r_person.id")
        run(
            """CREATE TEMP TABLE r_who ON COMMIT DROP AS
               SELECT k.key, k.id, %s AND EXISTS (SELECT 1 FROM r_elsewhere e WHERE e.id = k.id) AS elsewhere
               FROM r_ref k LEFT JOIN people_person p ON p.id = k.id
               WHERE p.id IS NULL OR p.is_active OR EXISTS (SELECT 1 FROM r_person s WHERE s.id = k.id)""",
            bool(self.entry.school_id),
        )
        run("CREATE INDEX ON r_who (key)")
        run("ANALYZE r_who")

    def _not_understood(self):
        """Persons of rows that give nothing, by their key, an earlier one, or their name where the row has no key."""
        keys = list(self.roster.aside)
        run(
            """INSERT INTO r_aside SELECT id FROM people_person WHERE source = %s
                 AND (source_id = ANY (%s) OR lower(concat_ws(' ', given_name, NULLIF(family_name, ''))) = ANY (%s))
               UNION SELECT person_id FROM people_personkey WHERE source = %s AND source_id = ANY (%s)""",
            self.source,
            keys,
            list(self.roster.aside_names),
            self.source,
            keys,
        )
        copy("r_aside", ("id",), {(self.match.known[key],) for key in keys if key in self.match.known})

    def _stage_places(self):
        run("""CREATE TEMP TABLE r_place_read (key text, class_id bigint, valid_from date, valid_to date)
               ON COMMIT DROP""")
        ends = {year.pk: year.ends_on for year in self.scope.years.values()}
        copy("r_place_read", ("key", "class_id", "valid_from", "valid_to"), self._place_rows(ends))
        run("""CREATE TEMP TABLE r_place ON COMMIT DROP AS
               SELECT DISTINCT ON (s.id, r.class_id) s.id AS pupil_id, s.elsewhere AND NOT EXISTS (SELECT 1 FROM people_enrolment e
                        WHERE e.pupil_id = s.id AND e.school_class_id = r.class_id) AS refused,
                      r.class_id, c.source_id || '/#' || s.id AS source_id, r.valid_from,
                      GREATEST(r.valid_from, r.valid_to) AS valid_to
               FROM r_place_read r JOIN r_who s ON s.key = r.key JOIN people_schoolclass c ON c.id = r.class_id
               ORDER BY s.id, r.class_id, r.valid_from""")
        run("DROP TABLE r_place_read")
        warnings.pupils_elsewhere(self.roster.notes)
        run("DELETE FROM r_place WHERE refused")
        run("ANALYZE r_place")

    def _place_rows(self, ends):
        for place in self.roster.places.values():
            school_class = self.scope.classes[place.school_class]
            starts = self._starts(place.school_class)
            yield (
                place.person,
                school_class.pk,
                place.valid_from or starts,
                place.valid_to or ends[school_class.year_id],
            )

    def _starts(self, key):
        row = self.roster.classes.get(key)
        return row.starts_on if row else self.scope.classes[key].year.starts_on

    def _stage_duties(self):
        run("CREATE TEMP TABLE r_relation_read (guardian text, pupil text, kind text) ON COMMIT DROP")
        copy("r_relation_read", ("guardian", "pupil", "kind"), self.roster.relations.values())
        run("""CREATE TEMP TABLE r_relation ON COMMIT DROP AS
               SELECT DISTINCT ON (g.id, p.id) g.id AS guardian_id, p.id AS pupil_id, r.kind,
                      '#' || g.id || '/' || p.id AS source_id
               FROM r_relation_read r JOIN r_who g ON g.key = r.guardian JOIN r_who p ON p.key = r.pupil
               WHERE g.id <> p.id AND NOT (p.elsewhere AND NOT EXISTS (SELECT 1 FROM r_place e WHERE e.pupil_id = p.id))
               ORDER BY g.id, p.id, r.kind""")
        run("DROP TABLE r_relation_read")
        run("ANALYZE r_relation")
        run("""CREATE TEMP TABLE r_role_read (key text, kind text, school_id bigint, class_id bigint, source_id text,
               valid_from date, valid_to date) ON COMMIT DROP""")
        columns = ("key", "kind", "school_id", "class_id", "source_id", "valid_from", "valid_to")
        copy("r_role_read", columns, self._duty_rows())
        run("""CREATE TEMP TABLE r_role ON COMMIT DROP AS
               SELECT DISTINCT ON (s.id, r.kind, r.school_id, r.class_id) s.id AS person_id, r.kind, r.school_id,
                      r.class_id, r.source_id || s.id AS source_id, r.valid_from, r.valid_to
               FROM r_role_read r JOIN r_who s ON s.key = r.key
               ORDER BY s.id, r.kind, r.school_id, r.class_id, r.valid_from""")
        run("DROP TABLE r_role_read")

    def _duty_rows(self):
        ends = {year.pk: year.ends_on for year in self.scope.years.values()}
        for duty in self.roster.duties.values():
            school_class = self.scope.classes.get(duty.school_class)
            if school_class:
                where, starts = school_class.source_id, self._starts(duty.school_class)
            else:
                where, starts = duty.school, self.today
            begins = duty.valid_from or starts
            finish = duty.valid_to or (ends[school_class.year_id] if school_class else None)
            yield (
                duty.person,
                duty.kind,
                None if school_class else self.scope.schools[duty.school].pk,
                school_class.pk if school_class else None,
                f"{where}/{duty.kind}/#",
                begins,
                max(begins, finish) if finish else None,
            )
