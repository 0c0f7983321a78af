from django.db import migrations

GUARD = """
CREATE FUNCTION principles_version_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state NOT IN ('idea', 'draft') THEN
            RAISE EXCEPTION 'a version begins as an idea or a draft' USING ERRCODE = 'restrict_violation',
                CONSTRAINT = 'version_moves_by_the_table';
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('idea', 'draft'),
        ('draft', 'board_first_reading'),
        ('draft', 'published'),
        ('board_first_reading', 'draft'),
        ('board_first_reading', 'hearing'),
        ('board_first_reading', 'board_adoption'),
        ('hearing', 'board_first_reading'),
        ('hearing', 'board_adoption'),
        ('board_adoption', 'board_first_reading'),
        ('board_adoption', 'published')
    ) THEN
        RAISE EXCEPTION 'no move from % to %', OLD.state, NEW.state USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'version_moves_by_the_table';
    END IF;
    IF (OLD.state, NEW.state) = ('draft', 'published') AND NEW.adopted_on > NEW.begun_on THEN
        RAISE EXCEPTION 'adopted after it was begun here' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'version_moves_by_the_table';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER version_begins_as_idea_or_draft BEFORE INSERT ON principles_principleversion
    FOR EACH ROW EXECUTE FUNCTION principles_version_moves();
CREATE TRIGGER version_moves_by_the_table BEFORE UPDATE OF state ON principles_principleversion
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION principles_version_moves();

CREATE OR REPLACE FUNCTION principles_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'published' THEN
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

CREATE OR REPLACE FUNCTION principles_text_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM principles_principleversion
        WHERE state IN ('board_adoption', 'published') AND (
            (TG_OP <> 'INSERT' AND id = OLD.version_id) OR (TG_OP <> 'DELETE' AND id = NEW.version_id)
        );
    IF FOUND THEN
        RAISE EXCEPTION 'the text that is decided never changes' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'published_text_is_frozen';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

# As migration 0002 wrote them.
LIFT = """
DROP TRIGGER version_moves_by_the_table ON principles_principleversion;
DROP TRIGGER version_begins_as_idea_or_draft ON principles_principleversion;
DROP FUNCTION principles_version_moves();

CREATE OR REPLACE FUNCTION principles_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION principles_text_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    """The table of moves (`principles.moves`) is kept by the database too, and what lies before the board is not reworded."""

    dependencies = [("principles", "0009_life_as_moves")]

    operations = [migrations.RunSQL(GUARD, LIFT)]
