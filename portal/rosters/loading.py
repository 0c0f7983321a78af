"""Load a roster in one transaction: stage by COPY, compare by joins, write what differs, write down what was written.

What would change is found by loading and rolling back, so that what was shown is what is done.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.people.ages import ADULT_FROM, years_before
from portal.people.models import Enrolment, GuardianRelation, Person, Role
from portal.rosters import braking, caring, reaching, rekeying, speaking, warnings
from portal.rosters import scope as scopes
from portal.rosters.outcome import Outcome
from portal.rosters.records import rows_only
from portal.rosters.staged import Staged
from portal.rosters.staging import ask, copy, run
from portal.rosters.writing import Writing

PERSON = ("given_name", "family_name", "email", "email_failed_at", "phone", "born_on", "national_number", "is_active")
PLACE = ("valid_to",)
RELATION = ("state", "source", "source_id", "confirmed_at", "confirmed_by_id")
ROLE = ("state", "source", "source_id", "confirmed_by_id")
EXAMPLES = 20
NO_PASSWORD = "!"  # noqa: S105 the mark of an account without one


@rows_only()
def load(roster, entry, progress=lambda share: None):
    """Write the roster. Must run inside a transaction; rolling it back leaves nothing behind."""
    run("SET LOCAL work_mem = '64MB'")
    run("SET LOCAL jit = off")
    loading = Loading(roster, entry)
    steps = (loading.places, loading.stage, loading.persons, loading.pupils_places, loading.relations, loading.roles)
    steps += (lambda: caring.bring(loading),)
    for done, step in enumerate(steps, 1):
        step()
        progress(done / len(steps))
    loading.finish()
    return loading.outcome


class Loading(Writing):
    def __init__(self, roster, entry):
        self.roster, self.entry, self.source = roster, entry, roster.source
        self.outcome = Outcome()
        self.today = timezone.localdate()

    # Schools, years and classes are few; the rest is staged.

    def places(self):
        scopes.settle(self.roster, self.entry)
        braking.look(self.entry, self.source, self.today)
        self.scope = scopes.find_places(self.roster, self.entry, self.outcome)

    def stage(self):
        self.match = Staged(self.roster, self.entry, self.scope, self.today).stage()
        rekeying.move(self, self.match)

    # Persons

    def persons(self):
        reaching.spare(self.entry, "SELECT id, email, phone FROM r_person WHERE NOT is_new")
        warnings.spared_addresses(self.roster.notes)
        warnings.shared_addresses(self.roster.notes)
        warnings.taken_addresses(self.roster.notes)
        warnings.birth_dates(self.roster.notes, years_before(self.today, ADULT_FROM))
        self._change_persons()
        made = self._insert_new(
            Person,
            "person",
            f"""SELECT s.*, COALESCE(o.language_form, %s) AS speaks
                FROM r_person s LEFT JOIN ({speaking.OWN}) o ON o.id = s.id WHERE s.is_new""",  # noqa: S608
            speaking.usual(self.scope),
            constants={"password": NO_PASSWORD},
            id="n.id",
            language="n.speaks",
            key="gen_random_uuid()",
            source_id="n.key",
            given_name="n.given_name",
            family_name="COALESCE(n.family_name, '')",
            email="COALESCE(n.email, '')",
            phone="COALESCE(n.phone, '')",
            born_on="n.born_on",
            national_number="n.number",
        )
        self.outcome.count("persons", "created", made)
        self._names("persons", "created", "r_person s WHERE s.is_new")
        self._remove_persons()

    def _change_persons(self):
        """What the file says of persons already here. Who is in r_own keeps the address and phone they have;
        an empty cell changes nothing; a birth date that would make a grown person a child again is held back."""
        run(
            """CREATE TEMP TABLE r_change ON COMMIT DROP AS SELECT * FROM (
                 SELECT p.id, s.given_name, COALESCE(s.family_name, '') AS family_name,
                   CASE WHEN own.id IS NULL THEN COALESCE(s.email, p.email) ELSE p.email END AS email,
                   CASE WHEN own.id IS NULL AND COALESCE(s.email, p.email) <> p.email THEN NULL
                        ELSE p.email_failed_at END AS email_failed_at,
                   CASE WHEN own.id IS NULL THEN COALESCE(s.phone, p.phone) ELSE p.phone END AS phone,
                   CASE WHEN p.born_on <= %s AND s.born_on > p.born_on THEN p.born_on
                        ELSE COALESCE(s.born_on, p.born_on) END AS born_on,
                   COALESCE(s.number, p.national_number) AS national_number, TRUE AS is_active
                 FROM r_person s JOIN people_person p ON p.id = s.id
                 LEFT JOIN r_own own ON own.id = p.id
                 WHERE NOT s.is_new AND NOT s.elsewhere) n
               WHERE EXISTS (SELECT 1 FROM people_person p WHERE p.id = n.id AND
                 (p.given_name, p.family_name, p.email, p.phone, p.born_on, p.national_number, p.is_active)
                 IS DISTINCT FROM
                 (n.given_name, n.family_name, n.email, n.phone, n.born_on, n.national_number, n.is_active))""",
            years_before(self.today, ADULT_FROM),
        )
        self._names("persons", "updated", "people_person s WHERE s.id IN (SELECT id FROM r_change)")
        moved = ask(
            """SELECT count(*) FROM r_moved m JOIN r_person s ON s.id = m.id
               WHERE NOT EXISTS (SELECT 1 FROM r_change n WHERE n.id = m.id)"""
        )[0][0]
        changed = self._write("people_person", "person", PERSON)
        there = ask("SELECT count(*) FROM r_person WHERE NOT is_new")[0][0]
        self._count("persons", 0, changed + moved, there - changed - moved)
        self._ask_again()

    def _ask_again(self):
        """Whoever comes back starts without rights: what a person once confirmed must be confirmed once more, and
        whoever is shut out is not even proposed."""
        returned = "(SELECT id FROM r_person WHERE returns AND NOT elsewhere)"
        run(
            f"""CREATE TEMP TABLE r_change ON COMMIT DROP AS
                SELECT g.id, CASE WHEN a.shut THEN 'ended' ELSE 'proposed' END AS state,
                       CASE WHEN a.shut THEN '' ELSE g.source END AS source,
                       CASE WHEN a.shut THEN '' ELSE g.source_id END AS source_id,
                       NULL::timestamptz AS confirmed_at, NULL::bigint AS confirmed_by_id
                FROM people_guardianrelation g, LATERAL (SELECT EXISTS (
                  SELECT 1 FROM people_accessrestriction a WHERE a.guardian_id = g.guardian_id
                    AND a.pupil_id = g.pupil_id AND a.lift_confirmed_by_id IS NULL
                    AND (a.valid_to IS NULL OR a.valid_to >= %s)) AS shut) a
                WHERE g.state = 'confirmed' AND (g.guardian_id IN {returned} OR g.pupil_id IN {returned})""",  # noqa: S608
            self.today,
        )
        self._write("people_guardianrelation", "guardianrelation", RELATION)
        run(
            f"""CREATE TEMP TABLE r_change ON COMMIT DROP AS
                SELECT id, 'proposed' AS state, source, source_id, NULL::bigint AS confirmed_by_id FROM people_role
                WHERE state = 'confirmed' AND person_id IN {returned}"""  # noqa: S608
        )
        self._write("people_role", "role", ROLE)

    def _remove_persons(self):
        missing, given = "NOT EXISTS (SELECT 1 FROM r_person s WHERE s.id = p.id)", []
        if not self.roster.full:
            missing, given = "p.source_id = ANY (%s)", [list(self.roster.gone)]
        run(
            f"""CREATE TEMP TABLE r_change ON COMMIT DROP AS
                SELECT p.id, p.given_name, p.family_name, p.email, p.email_failed_at, p.phone, p.born_on,
                       p.national_number, FALSE AS is_active
                FROM people_person p WHERE p.source = %s AND p.is_active AND {missing}
                  AND NOT EXISTS (SELECT 1 FROM r_aside b WHERE b.id = p.id)
                  AND NOT EXISTS (SELECT 1 FROM r_elsewhere e WHERE e.id = p.id) {self._tied("p.id")}""",  # noqa: S608
            self.source,
            *given,
        )
        self._names("persons", "deactivated", "people_person s WHERE s.id IN (SELECT id FROM r_change)")
        self.outcome.count("persons", "deactivated", self._write("people_person", "person", PERSON))

    def _tied(self, column):
        """An office's file says nothing about people who never belonged to its school."""
        if not self.entry.school_id:
            return ""
        school = int(self.entry.school_id)
        return f"""AND {column} IN (
            WITH pupils AS (SELECT e.pupil_id AS id FROM people_enrolment e
                            JOIN people_schoolclass c ON c.id = e.school_class_id WHERE c.school_id = {school})
            SELECT id FROM pupils
            UNION SELECT g.guardian_id FROM people_guardianrelation g JOIN pupils ON pupils.id = g.pupil_id
            UNION SELECT r.person_id FROM people_role r LEFT JOIN people_schoolclass c ON c.id = r.school_class_id
                  WHERE COALESCE(r.school_id, c.school_id) = {school})"""  # noqa: S608

    # Places in classes

    def pupils_places(self):
        run("""CREATE TEMP TABLE r_there ON COMMIT DROP AS
               SELECT DISTINCT ON (e.pupil_id, e.school_class_id) e.id, e.pupil_id, e.school_class_id, e.valid_from,
                      e.valid_to, r.valid_to AS wanted
               FROM r_place r JOIN people_enrolment e ON e.pupil_id = r.pupil_id AND e.school_class_id = r.class_id
               ORDER BY e.pupil_id, e.school_class_id, e.valid_from DESC""")
        run("""CREATE TEMP TABLE r_change ON COMMIT DROP AS
               SELECT id, GREATEST(valid_from, wanted) AS valid_to FROM r_there
               WHERE valid_to IS NOT NULL AND valid_to <> GREATEST(valid_from, wanted)""")
        there = ask("SELECT count(*) FROM r_there")[0][0]
        changed = self._write("people_enrolment", "enrolment", PLACE)
        made = self._insert_new(
            Enrolment,
            "enrolment",
            """SELECT r.* FROM r_place r LEFT JOIN r_there t ON t.pupil_id = r.pupil_id
               AND t.school_class_id = r.class_id WHERE t.id IS NULL""",
            pupil="n.pupil_id",
            school_class="n.class_id",
            valid_from="n.valid_from",
            valid_to="n.valid_to",
        )
        self._count("places", made, changed, there - changed)
        run("DROP TABLE r_there")
        self._end_places()

    def _end_places(self):
        yesterday = self.today - timedelta(days=1)
        if not self.roster.full:
            self._end_named_places(yesterday)
            return
        run(
            """CREATE TEMP TABLE r_change ON COMMIT DROP AS
               SELECT e.id, GREATEST(e.valid_from, %s) AS valid_to
               FROM people_enrolment e JOIN people_schoolclass c ON c.id = e.school_class_id
               WHERE e.source = %s AND c.school_id = ANY (%s) AND c.year_id = ANY (%s)
                 AND (e.valid_to IS NULL OR e.valid_to > GREATEST(e.valid_from, %s))
                 AND NOT EXISTS (SELECT 1 FROM r_place r
                                 WHERE r.pupil_id = e.pupil_id AND r.class_id = e.school_class_id)
                 AND NOT EXISTS (SELECT 1 FROM r_aside b WHERE b.id = e.pupil_id)""",
            yesterday,
            self.source,
            self.scope.school_ids,
            self.scope.year_ids,
            yesterday,
        )
        self.outcome.count("places", "deactivated", self._write("people_enrolment", "enrolment", PLACE))

    def _end_named_places(self, yesterday):
        """Places that a partial file removes, and those of whoever it removes."""
        run("CREATE TEMP TABLE r_ended (key text, class_id bigint) ON COMMIT DROP")
        classes = self.scope.classes
        named = [(person, classes[key].pk) for person, key in self.roster.ended if key in classes]
        copy("r_ended", ("key", "class_id"), named + [(key, None) for key in self.roster.gone])
        run(
            f"""CREATE TEMP TABLE r_change ON COMMIT DROP AS
               SELECT DISTINCT e.id, GREATEST(e.valid_from, %s) AS valid_to
               FROM r_ended n JOIN r_ref k ON k.key = n.key JOIN people_enrolment e ON e.pupil_id = k.id
                 AND e.school_class_id = COALESCE(n.class_id, e.school_class_id)
               WHERE e.source = %s AND (e.valid_to IS NULL OR e.valid_to > GREATEST(e.valid_from, %s))
                 AND NOT EXISTS (SELECT 1 FROM r_place r
                                 WHERE r.pupil_id = e.pupil_id AND r.class_id = e.school_class_id)
                 AND NOT EXISTS (SELECT 1 FROM r_aside b WHERE b.id = e.pupil_id)
                 AND NOT EXISTS (SELECT 1 FROM r_elsewhere o WHERE o.id = e.pupil_id) {self._tied("e.pupil_id")}""",  # noqa: S608
            yesterday,
            self.source,
            yesterday,
        )
        self.outcome.count("places", "deactivated", self._write("people_enrolment", "enrolment", PLACE))
        self._end_named_roles()
        run("DROP TABLE r_ended")

    def _end_named_roles(self):
        run(
            f"""CREATE TEMP TABLE r_change ON COMMIT DROP AS
               SELECT DISTINCT o.id, 'ended' AS state, '' AS source, '' AS source_id, o.confirmed_by_id
               FROM r_ended n JOIN r_ref k ON k.key = n.key JOIN people_role o ON o.person_id = k.id
               WHERE o.source = %s AND o.state <> 'ended'
                 AND (n.class_id IS NULL OR o.school_class_id = n.class_id)
                 AND NOT EXISTS (SELECT 1 FROM r_person s WHERE s.id = o.person_id AND n.class_id IS NULL)
                 AND NOT EXISTS (SELECT 1 FROM r_role r WHERE r.person_id = o.person_id
                                 AND r.class_id = o.school_class_id AND r.kind = o.kind)
                 AND NOT EXISTS (SELECT 1 FROM r_aside b WHERE b.id = o.person_id)
                 AND NOT EXISTS (SELECT 1 FROM r_elsewhere e WHERE e.id = o.person_id) {self._tied("o.person_id")}""",  # noqa: S608
            self.source,
        )
        self.outcome.count("roles", "deactivated", self._write("people_role", "role", ROLE))

    # Relations and roles: proposed, or ended; never more

    def relations(self):
        """A pair that has an open relation keeps it as it is; one that a person turned down stays turned down, and one
        that is shut out is not even proposed."""
        run("""CREATE TEMP TABLE r_down ON COMMIT DROP AS SELECT DISTINCT r.guardian_id, r.pupil_id
               FROM r_relation r JOIN people_guardianrelation g ON g.guardian_id = r.guardian_id
                 AND g.pupil_id = r.pupil_id AND g.state = 'ended' AND g.source_id <> ''""")
        run(
            """CREATE TEMP TABLE r_shut ON COMMIT DROP AS SELECT DISTINCT r.guardian_id, r.pupil_id
               FROM r_relation r JOIN people_accessrestriction a ON a.guardian_id = r.guardian_id
                 AND a.pupil_id = r.pupil_id
               WHERE a.lift_confirmed_by_id IS NULL AND (a.valid_to IS NULL OR a.valid_to >= %s)""",
            self.today,
        )
        run("""CREATE TEMP TABLE r_new ON COMMIT DROP AS SELECT r.* FROM r_relation r
               WHERE NOT EXISTS (SELECT 1 FROM people_guardianrelation g WHERE g.guardian_id = r.guardian_id
                       AND g.pupil_id = r.pupil_id AND g.state <> 'ended')
                 AND NOT EXISTS (SELECT 1 FROM r_down d WHERE d.guardian_id = r.guardian_id
                       AND d.pupil_id = r.pupil_id)
                 AND NOT EXISTS (SELECT 1 FROM r_shut d WHERE d.guardian_id = r.guardian_id
                       AND d.pupil_id = r.pupil_id)""")
        self._tell_of_relations()
        made = self._insert_new(
            GuardianRelation,
            "guardianrelation",
            "SELECT * FROM r_new",
            guardian="n.guardian_id",
            pupil="n.pupil_id",
            kind="n.kind",
            state="'proposed'",
            valid_from=f"DATE '{self.today.isoformat()}'",
        )
        run("DROP TABLE r_new, r_down, r_shut")
        there = ask("SELECT count(*) FROM r_relation")[0][0]
        self._count("relations", made, 0, there - made)
        self._end_relations()

    def _end_relations(self):
        """Those that this source brought and no longer knows of, in a file that is whole."""
        if self.roster.full:
            run(
                f"""CREATE TEMP TABLE r_change ON COMMIT DROP AS
                   SELECT g.id, 'ended' AS state, '' AS source, '' AS source_id, g.confirmed_at, g.confirmed_by_id
                   FROM people_guardianrelation g WHERE g.source = %s AND g.state <> 'ended'
                     AND NOT EXISTS (SELECT 1 FROM r_relation r WHERE r.guardian_id = g.guardian_id
                                     AND r.pupil_id = g.pupil_id)
                     AND NOT EXISTS (SELECT 1 FROM r_aside b WHERE b.id IN (g.pupil_id, g.guardian_id))
                     AND NOT EXISTS (SELECT 1 FROM r_elsewhere e WHERE e.id = g.pupil_id) {self._tied("g.pupil_id")}""",  # noqa: S608
                self.source,
            )
            ended = self._write("people_guardianrelation", "guardianrelation", RELATION)
            self.outcome.count("relations", "deactivated", ended)

    def _tell_of_relations(self):
        notes = self.roster.notes
        warnings.not_proposed(notes)
        warnings.restricted(notes, self.today)
        warnings.ended_before(notes)
        warnings.too_young(notes, years_before(self.today, ADULT_FROM))
        if not self.roster.full:
            warnings.named_no_more(notes, self.source)
        braking.crowds(self.outcome)
        self._relation_names()

    def roles(self):
        warnings.restricted_staff(self.roster.notes, self.today)
        there = ask("SELECT count(*) FROM r_role")[0][0]
        made = self._insert_new(
            Role,
            "role",
            """SELECT r.* FROM r_role r WHERE NOT EXISTS (
                 SELECT 1 FROM people_role o WHERE (o.source = %s AND o.source_id = r.source_id) OR
                   (o.person_id = r.person_id AND o.kind = r.kind AND (o.state <> 'ended' OR o.source_id <> '')
                    AND o.school_id IS NOT DISTINCT FROM r.school_id
                    AND o.school_class_id IS NOT DISTINCT FROM r.class_id))""",
            self.source,
            person="n.person_id",
            kind="n.kind",
            school="n.school_id",
            school_class="n.class_id",
            state="'proposed'",
            valid_from="n.valid_from",
            valid_to="n.valid_to",
        )
        self._count("roles", made, 0, there - made)
        if self.roster.full:
            run(
                """CREATE TEMP TABLE r_change ON COMMIT DROP AS
                   SELECT o.id, 'ended' AS state, '' AS source, '' AS source_id, o.confirmed_by_id
                   FROM people_role o LEFT JOIN people_schoolclass c ON c.id = o.school_class_id
                   WHERE o.source = %s AND o.state <> 'ended' AND (o.valid_to IS NULL OR o.valid_to >= %s)
                     AND COALESCE(o.school_id, c.school_id) = ANY (%s) AND (c.id IS NULL OR c.year_id = ANY (%s))
                     AND NOT EXISTS (SELECT 1 FROM r_role r WHERE r.person_id = o.person_id AND r.kind = o.kind
                                     AND r.school_id IS NOT DISTINCT FROM o.school_id
                                     AND r.class_id IS NOT DISTINCT FROM o.school_class_id)
                     AND NOT EXISTS (SELECT 1 FROM r_aside b WHERE b.id = o.person_id)""",
                self.source,
                self.today,
                self.scope.school_ids,
                self.scope.year_ids,
            )
            self.outcome.count("roles", "deactivated", self._write("people_role", "role", ROLE))

    # Numbers and names

    def _count(self, kind, created, updated, unchanged):
        for verb, number in (("created", created), ("updated", updated), ("unchanged", unchanged)):
            self.outcome.count(kind, verb, number)

    def _names(self, kind, verb, rows):
        names = ask(f"SELECT concat_ws(' ', s.given_name, s.family_name) FROM {rows} LIMIT {EXAMPLES}")  # noqa: S608
        self.outcome.show(kind, verb, [name for (name,) in names])

    def _relation_names(self):
        names = ask(
            """SELECT concat_ws(' ', g.given_name, g.family_name), concat_ws(' ', p.given_name, p.family_name)
               FROM r_new n JOIN people_person g ON g.id = n.guardian_id JOIN people_person p ON p.id = n.pupil_id
               LIMIT %s""",
            EXAMPLES,
        )
        words = _("%(guardian)s for %(pupil)s")
        self.outcome.show(
            "relations", "created", [words % {"guardian": guardian, "pupil": pupil} for guardian, pupil in names]
        )

    def finish(self):
        rekeying.set_aside(self, self.match)
        braking.weigh(self.outcome, self.match, self.roster, self.today)
        run(
            "DROP TABLE IF EXISTS r_person, r_ref, r_who, r_aside, r_moved, r_before, r_elsewhere, r_place, r_relation, r_role"
        )
