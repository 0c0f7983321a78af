from django.db import migrations

GUARD = """
CREATE FUNCTION principles_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a published version is never deleted' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'published_version_is_frozen';
    END IF;
    IF to_jsonb(NEW) - 'effective_to' <> to_jsonb(OLD) - 'effective_to' THEN
        RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'published_version_is_frozen';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER published_version_is_frozen BEFORE UPDATE OR DELETE ON principles_principleversion
    FOR EACH ROW EXECUTE FUNCTION principles_version_is_frozen();

CREATE FUNCTION principles_text_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM principles_principleversion
        WHERE state <> 'draft' AND (
            (TG_OP <> 'INSERT' AND id = OLD.version_id) OR (TG_OP <> 'DELETE' AND id = NEW.version_id)
        );
    IF FOUND THEN
        RAISE EXCEPTION 'the text of a published version never changes' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'published_text_is_frozen';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER published_text_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON principles_principlesection
    FOR EACH ROW EXECUTE FUNCTION principles_text_is_frozen();
CREATE TRIGGER published_text_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON principles_clause
    FOR EACH ROW EXECUTE FUNCTION principles_text_is_frozen();
"""

LIFT = """
DROP TRIGGER published_text_is_frozen ON principles_clause;
DROP TRIGGER published_text_is_frozen ON principles_principlesection;
DROP TRIGGER published_version_is_frozen ON principles_principleversion;
DROP FUNCTION principles_text_is_frozen();
DROP FUNCTION principles_version_is_frozen();
"""


class Migration(migrations.Migration):
    """What the board has adopted is not rewritten afterwards, by anyone, through any program: only its last day."""

    dependencies = [("principles", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, LIFT)]
