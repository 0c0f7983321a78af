from django.db import migrations

GUARD = """
INSERT INTO principles_descent (version_id, lineage_id, kind)
    SELECT version.id, lineage.id, CASE
        WHEN was.id IS NULL THEN 'new'
        WHEN now.id IS NULL THEN 'gone'
        WHEN was.text <> now.text THEN 'changed'
        WHEN was.party <> now.party OR under.kind <> above.kind THEN 'moved'
        ELSE 'kept' END
    FROM principles_principleversion version
    JOIN principles_principleversion earlier
        ON earlier.principle_id = version.principle_id AND earlier.number = version.number - 1
    JOIN principles_lineage lineage ON lineage.principle_id = version.principle_id
    LEFT JOIN principles_clause now ON now.version_id = version.id AND now.number = lineage.number
    LEFT JOIN principles_clause was ON was.version_id = earlier.id AND was.number = lineage.number
    LEFT JOIN principles_principlesection above ON above.id = now.section_id
    LEFT JOIN principles_principlesection under ON under.id = was.section_id
    WHERE now.id IS NOT NULL OR was.id IS NOT NULL;

CREATE TRIGGER published_text_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON principles_descent
    FOR EACH ROW EXECUTE FUNCTION principles_text_is_frozen();

CREATE FUNCTION principles_each_point_has_its_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM principles_clause clause
        JOIN principles_principleversion version ON version.id = clause.version_id
        JOIN principles_lineage lineage
            ON lineage.principle_id = version.principle_id AND lineage.number = clause.number
        LEFT JOIN principles_descent step ON step.version_id = NEW.id AND step.lineage_id = lineage.id
        WHERE version.principle_id = NEW.principle_id AND version.number IN (NEW.number - 1, NEW.number)
            AND NEW.number > 1 AND step.id IS NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'a point has no step from the version before' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'each_point_has_its_step';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER each_point_has_its_step BEFORE UPDATE OF state ON principles_principleversion
    FOR EACH ROW WHEN (NEW.state IN ('board_adoption', 'published') AND OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION principles_each_point_has_its_step();
"""

LIFT = """
DROP TRIGGER each_point_has_its_step ON principles_principleversion;
DROP FUNCTION principles_each_point_has_its_step();
DROP TRIGGER published_text_is_frozen ON principles_descent;
DELETE FROM principles_descent;
"""


class Migration(migrations.Migration):
    """What was there before gets the step that its words and its place show. From now on no version is decided or published
    in which a point has none, and those of a published one never change."""

    dependencies = [("principles", "0021_what_became_of_each_point")]

    operations = [migrations.RunSQL(GUARD, LIFT)]
