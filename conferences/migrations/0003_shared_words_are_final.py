from django.db import migrations

FORBID = """
CREATE FUNCTION conferences_shared_words_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM conferences_conferencesummary WHERE id = NEW.summary_id AND shared_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'what is shared does not change: make a corrected version' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER conferences_shared_goals_are_final
    BEFORE INSERT OR UPDATE OF summary_id, place, kind, text, seen_by ON conferences_focuspoint
    FOR EACH ROW EXECUTE FUNCTION conferences_shared_words_are_final();
CREATE TRIGGER conferences_shared_agreements_are_final
    BEFORE INSERT OR UPDATE OF summary_id, place, what, owner, who, how_often, due_on ON conferences_agreedaction
    FOR EACH ROW EXECUTE FUNCTION conferences_shared_words_are_final();
"""
ALLOW = """
DROP TRIGGER conferences_shared_goals_are_final ON conferences_focuspoint;
DROP TRIGGER conferences_shared_agreements_are_final ON conferences_agreedaction;
DROP FUNCTION conferences_shared_words_are_final();
"""


class Migration(migrations.Migration):
    """Goals and agreements are as final as the summary that they stand in; how it goes with them may be told."""

    dependencies = [("conferences", "0002_shared_summary_is_final")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
