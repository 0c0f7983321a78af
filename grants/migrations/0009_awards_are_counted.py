from django.db import migrations

NUMBER = """
UPDATE grants_grantapplication SET award_number = 1 WHERE status IN ('approved', 'partly_approved');
"""
COUNT = """
CREATE FUNCTION grants_award_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status NOT IN ('approved', 'partly_approved') THEN
        NEW.award_number := NULL;
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.school_class_id = NEW.school_class_id THEN
        NEW.award_number := OLD.award_number;
    END IF;
    IF NEW.award_number IS NULL THEN
        SELECT MIN(free.number) INTO NEW.award_number
        FROM (SELECT generate_series(1, times) AS number FROM grants_grantscheme WHERE id = NEW.scheme_id) free
        WHERE NOT EXISTS (
            SELECT FROM grants_grantapplication other WHERE other.scheme_id = NEW.scheme_id
            AND other.school_class_id = NEW.school_class_id AND other.award_number = free.number
        );
    END IF;
    IF NEW.award_number IS NULL THEN
        RAISE EXCEPTION 'the class has had what the scheme gives in this period' USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER grants_award_is_counted BEFORE INSERT OR UPDATE ON grants_grantapplication
    FOR EACH ROW EXECUTE FUNCTION grants_award_is_counted();
"""
UNCOUNT = """
DROP TRIGGER grants_award_is_counted ON grants_grantapplication;
DROP FUNCTION grants_award_is_counted();
"""
FIX = """
CREATE FUNCTION grants_scheme_is_relied_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.amount, OLD.grades, OLD.times, OLD.payees, OLD.conditions, OLD.more_conditions, OLD.report_days,
        OLD.appeal_body, OLD.appeal_weeks)
        IS DISTINCT FROM
       (NEW.amount, NEW.grades, NEW.times, NEW.payees, NEW.conditions, NEW.more_conditions, NEW.report_days,
        NEW.appeal_body, NEW.appeal_weeks)
       AND EXISTS (SELECT FROM grants_grantapplication WHERE scheme_id = NEW.id AND submitted_at IS NOT NULL)
    THEN
        RAISE EXCEPTION 'classes have applied under this scheme' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER grants_scheme_is_relied_on BEFORE UPDATE ON grants_grantscheme
    FOR EACH ROW EXECUTE FUNCTION grants_scheme_is_relied_on();
"""
UNFIX = """
DROP TRIGGER grants_scheme_is_relied_on ON grants_grantscheme;
DROP FUNCTION grants_scheme_is_relied_on();
"""


class Migration(migrations.Migration):
    """The database itself numbers the awards of a class, refuses more than the scheme gives, and keeps what a scheme
    offers as it was when the first class applied."""

    dependencies = [("grants", "0008_schemes_say_how_often_and_to_whom")]
    operations = [
        migrations.RunSQL(NUMBER, migrations.RunSQL.noop),
        migrations.RunSQL(COUNT, UNCOUNT),
        migrations.RunSQL(FIX, UNFIX),
    ]
