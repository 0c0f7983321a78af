from django.db import migrations

FORBID = """
CREATE FUNCTION grants_reason_stands_in_a_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM grants_decision WHERE OLD.id = ANY (reason_keys)) THEN
        IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'valid_to') <> (to_jsonb(OLD) - 'valid_to') THEN
            RAISE EXCEPTION 'a reason that stands in a letter does not change: end it' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER grants_reason_stands_in_a_letter BEFORE UPDATE OR DELETE ON grants_keptreason
    FOR EACH ROW EXECUTE FUNCTION grants_reason_stands_in_a_letter();
CREATE FUNCTION grants_rule_stands_in_a_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM grants_decision decision
        JOIN grants_grantapplication application ON application.id = decision.application_id
        JOIN grants_grantscheme scheme ON scheme.id = application.scheme_id
        WHERE scheme.municipality_id = OLD.municipality_id AND OLD.label = ANY (decision.rules)
    ) THEN
        IF TG_OP = 'DELETE' OR (to_jsonb(NEW) - 'valid_to') <> (to_jsonb(OLD) - 'valid_to') THEN
            RAISE EXCEPTION 'a rule that stands in a letter does not change: end it' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER grants_rule_stands_in_a_letter BEFORE UPDATE OR DELETE ON grants_rulereference
    FOR EACH ROW EXECUTE FUNCTION grants_rule_stands_in_a_letter();
"""
ALLOW = """
DROP TRIGGER grants_rule_stands_in_a_letter ON grants_rulereference;
DROP FUNCTION grants_rule_stands_in_a_letter();
DROP TRIGGER grants_reason_stands_in_a_letter ON grants_keptreason;
DROP FUNCTION grants_reason_stands_in_a_letter();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change what a letter was decided by; only its last day may be set."""

    dependencies = [("grants", "0006_reasons_are_kept_and_awards_lapse")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
