from django.db import migrations

FOUND = """
CREATE FUNCTION principles_clause_has_a_lineage() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO principles_lineage (principle_id, number)
        SELECT principle_id, NEW.number FROM principles_principleversion WHERE id = NEW.version_id
        ON CONFLICT (principle_id, number) DO NOTHING;
    RETURN NEW;
END $$;

CREATE TRIGGER clause_has_a_lineage BEFORE INSERT OR UPDATE OF number, version_id ON principles_clause
    FOR EACH ROW EXECUTE FUNCTION principles_clause_has_a_lineage();

INSERT INTO principles_lineage (principle_id, number)
    SELECT DISTINCT version.principle_id, clause.number
    FROM principles_clause clause JOIN principles_principleversion version ON version.id = clause.version_id
    ON CONFLICT (principle_id, number) DO NOTHING;
"""

FORGOTTEN = """
DROP TRIGGER clause_has_a_lineage ON principles_clause;
DROP FUNCTION principles_clause_has_a_lineage();
DELETE FROM principles_lineage;
"""


class Migration(migrations.Migration):
    """A point carries its number on from the version before, so points of one number are one lineage, past and to come."""

    dependencies = [("principles", "0004_points_have_a_lineage")]

    operations = [migrations.RunSQL(FOUND, FORGOTTEN)]
