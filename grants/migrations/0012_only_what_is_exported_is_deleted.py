from django.db import migrations

FORBID = """
CREATE FUNCTION grants_is_exported(application bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT COALESCE((SELECT submitted_at IS NULL OR exported_at IS NOT NULL FROM grants_grantapplication WHERE id = application), true)
$$;
CREATE FUNCTION grants_case_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL AND OLD.exported_at IS NULL THEN
        RAISE EXCEPTION 'a case is handed over to the archive before it is deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END
$$;
CREATE TRIGGER grants_case_stays BEFORE DELETE ON grants_grantapplication
    FOR EACH ROW EXECUTE FUNCTION grants_case_stays();
CREATE OR REPLACE FUNCTION grants_decision_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    afterwards text[] := ARRAY['told_on', 'told_by_hand', 'last_day_to_appeal'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF grants_is_exported(OLD.application_id) THEN
            RETURN OLD;
        END IF;
    ELSIF to_jsonb(NEW) - afterwards = to_jsonb(OLD) - afterwards THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a decision that is sent does not change: make a corrected version' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION grants_decision_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    afterwards text[] := ARRAY['told_on', 'told_by_hand', 'last_day_to_appeal'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - afterwards = to_jsonb(OLD) - afterwards THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a decision that is sent does not change: make a corrected version' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
DROP TRIGGER grants_case_stays ON grants_grantapplication;
DROP FUNCTION grants_case_stays();
DROP FUNCTION grants_is_exported(bigint);
"""


class Migration(migrations.Migration):
    """The database itself refuses to delete what was not handed over to the archive."""

    dependencies = [("grants", "0011_appeals")]
    operations = [migrations.RunSQL(FORBID, BEFORE)]
