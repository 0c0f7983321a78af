from django.db import migrations

FORBID = """
CREATE FUNCTION conferences_shared_summary_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a summary that is shared does not change: make a corrected version' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER conferences_shared_summary_is_final BEFORE UPDATE ON conferences_conferencesummary
    FOR EACH ROW WHEN (OLD.shared_at IS NOT NULL) EXECUTE FUNCTION conferences_shared_summary_is_final();
"""
ALLOW = """
DROP TRIGGER conferences_shared_summary_is_final ON conferences_conferencesummary;
DROP FUNCTION conferences_shared_summary_is_final();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change a summary that families have."""

    dependencies = [("conferences", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
