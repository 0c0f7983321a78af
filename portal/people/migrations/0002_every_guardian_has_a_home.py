from django.db import migrations

GUARD = """
DO $$
DECLARE alone bigint; home bigint;
BEGIN
    FOR alone IN
        SELECT id FROM people_person WHERE household_id IS NULL AND id IN
            (SELECT guardian_id FROM people_guardianrelation WHERE state = 'confirmed')
    LOOP
        INSERT INTO people_household (interpreter_language, prefers_call) VALUES ('', false) RETURNING id INTO home;
        UPDATE people_person SET household_id = home WHERE id = alone;
    END LOOP;
END
$$;
CREATE FUNCTION people_guardian_has_a_home() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM people_person WHERE id = NEW.guardian_id FOR SHARE;
    PERFORM 1 FROM people_guardianrelation AS relation JOIN people_person AS person ON person.id = relation.guardian_id
        WHERE relation.id = NEW.id AND relation.state = 'confirmed' AND person.household_id IS NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'a confirmed guardian has a home' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER people_guardian_has_a_home AFTER INSERT OR UPDATE OF state, guardian_id
    ON people_guardianrelation DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'confirmed') EXECUTE FUNCTION people_guardian_has_a_home();
CREATE FUNCTION people_guardian_keeps_a_home() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM people_guardianrelation WHERE guardian_id = NEW.id AND state = 'confirmed';
    IF FOUND THEN
        RAISE EXCEPTION 'a confirmed guardian keeps a home' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER people_guardian_keeps_a_home AFTER UPDATE OF household_id ON people_person
    FOR EACH ROW WHEN (NEW.household_id IS NULL AND OLD.household_id IS NOT NULL)
    EXECUTE FUNCTION people_guardian_keeps_a_home();
"""
LIFT = """
DROP TRIGGER people_guardian_keeps_a_home ON people_person;
DROP TRIGGER people_guardian_has_a_home ON people_guardianrelation;
DROP FUNCTION people_guardian_keeps_a_home();
DROP FUNCTION people_guardian_has_a_home();
"""


class Migration(migrations.Migration):
    """Whoever is confirmed as a guardian has a home: what is kept for each home is never shared by two who have none.
    Read when the transaction ends, for the action confirms first and gives the home then."""

    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, LIFT)]
