from django.db import migrations

GUARD = """
CREATE FUNCTION principles_hearing_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM principles_answer
        WHERE hearing_id = NEW.id AND theme_id IS NULL AND (text IS NOT NULL OR suggestion IS NOT NULL);
    IF FOUND THEN
        RAISE EXCEPTION 'an answer has no theme' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'hearing_closes_with_replies';
    END IF;
    PERFORM 1 FROM principles_theme WHERE hearing_id = NEW.id AND outcome = '';
    IF FOUND THEN
        RAISE EXCEPTION 'a theme has no reply' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'hearing_closes_with_replies';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER hearing_closes_with_replies BEFORE UPDATE OF closed_at ON principles_hearing
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL)
    EXECUTE FUNCTION principles_hearing_closes();

CREATE FUNCTION principles_answer_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM principles_hearing WHERE id = NEW.hearing_id AND closed_at IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'an answer to a closed hearing never changes' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'answer_to_closed_hearing_stands';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER answer_to_closed_hearing_stands
    BEFORE INSERT OR UPDATE OF words, other_words, stood, verdict, choice, lineage_id ON principles_answer
    FOR EACH ROW EXECUTE FUNCTION principles_answer_stands();
"""

LIFT = """
DROP TRIGGER answer_to_closed_hearing_stands ON principles_answer;
DROP FUNCTION principles_answer_stands();
DROP TRIGGER hearing_closes_with_replies ON principles_hearing;
DROP FUNCTION principles_hearing_closes();
"""


class Migration(migrations.Migration):
    """Nobody is left without a reply, and no answer is rewritten afterwards, by anyone, through any program."""

    dependencies = [("principles", "0011_hearings")]

    operations = [migrations.RunSQL(GUARD, LIFT)]
