from django.db import migrations

FORBID = """
CREATE FUNCTION grants_decision_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a decision that is sent does not change: make a corrected version' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER grants_decision_is_final BEFORE UPDATE OR DELETE ON grants_decision
    FOR EACH ROW EXECUTE FUNCTION grants_decision_is_final();
"""
ALLOW = """
DROP TRIGGER grants_decision_is_final ON grants_decision;
DROP FUNCTION grants_decision_is_final();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change or delete a decision."""

    dependencies = [("grants", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
