"""The roster in temporary tables, with the portal's own keys beside the file's: r_person, r_place, r_relation, r_role.

r_elsewhere holds whoever has ties to schools that the file does not speak for; r_held whoever stands in a row that was
not understood, and so keeps what they have.
"""

from portal.people.models import Person
from portal.people.rosters import warnings
from portal.people.rosters.staging import ask, copy, run


class Staged:
    def __init__(self, roster, entry, scope, today):
        self.roster, self.entry, self.scope, self.today = roster, entry, scope, today
        self.source = roster.source

    def stage(self):
        run("DROP TABLE IF EXISTS r_read, r_person, r_elsewhere, r_place, r_relation, r_role, r_change, r_held")
        run("""CREATE TEMP TABLE r_read (key text, given_name text, family_name text, email text, phone text,
               born_on date, number text, language text) ON COMMIT DROP""")
        copy(
            "r_read",
            ("key", "given_name", "family_name", "email", "phone", "born_on", "number", "language"),
            self._rows(),
        )
        run(
            """CREATE TEMP TABLE r_person ON COMMIT DROP AS
               SELECT r.*, COALESCE(p.id, nextval(pg_get_serial_sequence('people_person', 'id'))) AS id,
                      p.id IS NULL AS is_new, p.is_active IS FALSE AS returns, FALSE AS elsewhere
               FROM r_read r LEFT JOIN people_person p ON p.source = %s AND p.source_id = r.key""",
            self.source,
        )
        run("DROP TABLE r_read")
        run("CREATE INDEX ON r_person (id)")
        run("CREATE INDEX ON r_person (key)")
        run("ANALYZE r_person")
        self._elsewhere()
        self._held()
        self._stage_places()
        self._stage_duties()

    def _rows(self):
        """Persons for COPY. A national number that has not changed keeps its ciphertext, so it compares as equal."""
        known = {}
        field = Person._meta.get_field("national_number")
        if any(person.number for person in self.roster.persons.values()):
            known = dict(
                ask(
                    "SELECT source_id, national_number FROM people_person WHERE source = %s AND national_number <> ''",
                    self.source,
                )
            )
        for person in self.roster.persons.values():
            number = person.number
            if number:
                old = known.get(person.key)
                same = old and field.from_db_value(old, None, None) == number
                number = old if same else field.get_prep_value(number)
            yield (*person[:6], number, person.language)

    def _elsewhere(self):
        """Persons with ties to schools that the file does not speak for: an office does not change them."""
        run(
            """CREATE TEMP TABLE r_elsewhere ON COMMIT DROP AS
               WITH pupils AS (
                 SELECT e.pupil_id AS id FROM people_enrolment e JOIN people_schoolclass c ON c.id = e.school_class_id
                 WHERE c.school_id <> ALL (%s) AND (e.valid_to IS NULL OR e.valid_to >= %s))
               SELECT id FROM pupils
               UNION SELECT g.guardian_id FROM people_guardianrelation g JOIN pupils ON pupils.id = g.pupil_id
                 WHERE g.state <> 'ended'
               UNION SELECT r.person_id FROM people_role r LEFT JOIN people_schoolclass c ON c.id = r.school_class_id
                 WHERE r.state <> 'ended' AND (r.valid_to IS NULL OR r.valid_to >= %s)
                   AND COALESCE(r.school_id, c.school_id, 0) <> ALL (%s)""",
            self.scope.school_ids,
            self.today,
            self.today,
            self.scope.school_ids,
        )
        if self.entry.school_id:
            run("UPDATE r_person SET elsewhere = TRUE FROM r_elsewhere e WHERE e.id = r_person.id")

    def _held(self):
        run(
            """CREATE TEMP TABLE r_held ON COMMIT DROP AS SELECT id FROM people_person WHERE source = %s
               AND (source_id = ANY (%s) OR lower(concat_ws(' ', given_name, NULLIF(family_name, ''))) = ANY (%s))""",
            self.source,
            list(self.roster.held),
            list(self.roster.held_names),
        )

    def _stage_places(self):
        run("""CREATE TEMP TABLE r_place_read (key text, class_id bigint, valid_from date, valid_to date)
               ON COMMIT DROP""")
        ends = {year.pk: year.ends_on for year in self.scope.years.values()}
        copy("r_place_read", ("key", "class_id", "valid_from", "valid_to"), self._place_rows(ends))
        run("""CREATE TEMP TABLE r_place ON COMMIT DROP AS
               SELECT s.id AS pupil_id, s.elsewhere AND NOT EXISTS (SELECT 1 FROM people_enrolment e
                        WHERE e.pupil_id = s.id AND e.school_class_id = r.class_id) AS refused,
                      r.class_id, c.source_id || '/' || r.key AS source_id, r.valid_from,
                      GREATEST(r.valid_from, r.valid_to) AS valid_to
               FROM r_place_read r JOIN r_person s ON s.key = r.key JOIN people_schoolclass c ON c.id = r.class_id""")
        run("DROP TABLE r_place_read")
        warnings.pupils_elsewhere(self.roster.notes)
        run("DELETE FROM r_place WHERE refused")
        run("ANALYZE r_place")

    def _place_rows(self, ends):
        for place in self.roster.places.values():
            school_class = self.scope.classes[place.school_class]
            starts = self.roster.classes[place.school_class].starts_on
            yield (
                place.person,
                school_class.pk,
                place.valid_from or starts,
                place.valid_to or ends[school_class.year_id],
            )

    def _stage_duties(self):
        run("CREATE TEMP TABLE r_relation_read (guardian text, pupil text, kind text) ON COMMIT DROP")
        copy("r_relation_read", ("guardian", "pupil", "kind"), self.roster.relations.values())
        run("""CREATE TEMP TABLE r_relation ON COMMIT DROP AS
               SELECT g.id AS guardian_id, p.id AS pupil_id, r.kind, r.guardian || '/' || r.pupil AS source_id
               FROM r_relation_read r JOIN r_person g ON g.key = r.guardian JOIN r_person p ON p.key = r.pupil
               WHERE NOT (p.elsewhere AND NOT EXISTS (SELECT 1 FROM r_place e WHERE e.pupil_id = p.id))""")
        run("DROP TABLE r_relation_read")
        run("ANALYZE r_relation")
        run("""CREATE TEMP TABLE r_role_read (key text, kind text, school_id bigint, class_id bigint, source_id text,
               valid_from date, valid_to date) ON COMMIT DROP""")
        columns = ("key", "kind", "school_id", "class_id", "source_id", "valid_from", "valid_to")
        copy("r_role_read", columns, self._duty_rows())
        run("""CREATE TEMP TABLE r_role ON COMMIT DROP AS
               SELECT s.id AS person_id, r.kind, r.school_id, r.class_id, r.source_id, r.valid_from, r.valid_to
               FROM r_role_read r JOIN r_person s ON s.key = r.key""")
        run("DROP TABLE r_role_read")

    def _duty_rows(self):
        ends = {year.pk: year.ends_on for year in self.scope.years.values()}
        for duty in self.roster.duties.values():
            school_class = self.scope.classes.get(duty.school_class)
            if school_class:
                where, starts = school_class.source_id, self.roster.classes[duty.school_class].starts_on
            else:
                where, starts = duty.school, self.today
            begins = duty.valid_from or starts
            finish = duty.valid_to or (ends[school_class.year_id] if school_class else None)
            yield (
                duty.person,
                duty.kind,
                None if school_class else self.scope.schools[duty.school].pk,
                school_class.pk if school_class else None,
                f"{where}/{duty.kind}/{duty.person}",
                begins,
                max(begins, finish) if finish else None,
            )
