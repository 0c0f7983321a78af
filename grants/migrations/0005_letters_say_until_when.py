from django.db import migrations, models

FORBID = """
CREATE OR REPLACE FUNCTION grants_decision_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    afterwards text[] := ARRAY['told_on', 'told_by_hand', 'last_day_to_appeal'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - afterwards = to_jsonb(OLD) - afterwards THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a decision that is sent does not change: make a corrected version' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION grants_decision_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a decision that is sent does not change: make a corrected version' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
"""


class Migration(migrations.Migration):
    """When the class was told is written after the letter is sent; nothing else of a decision changes."""

    dependencies = [
        ("grants", "0004_theme_evenings_may_be_supported"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="after",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "an error"),
                    ("review", "an appeal, changed by those who look at it first"),
                    ("appeal", "an appeal, changed by the appeal body"),
                ],
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="last_day_to_appeal",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="told_by_hand",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="told_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="grantapplication",
            name="appealed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="grantapplication",
            name="exported_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="grantscheme",
            name="archive_class",
            field=models.CharField(
                blank=True,
                help_text="As in the plan of the archive.",
                max_length=80,
                verbose_name="class in the archive",
            ),
        ),
        migrations.AddField(
            model_name="grantscheme",
            name="kept_years",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="Empty: for good.", null=True, verbose_name="years that a case is kept"
            ),
        ),
        migrations.AddField(
            model_name="grantscheme",
            name="reasons_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Empty: as long as one can appeal. In Denmark the law says 14 days.",
                null=True,
                verbose_name="days to ask for the reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_day_to_appeal", None),
                    models.Q(("last_day_to_appeal__gte", models.F("told_on")), ("told_on__isnull", False)),
                    _connector="OR",
                ),
                name="last_day_to_appeal_follows_the_alert",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("after", ""), ("version__gt", 1), _connector="OR"),
                name="only_a_new_version_follows_an_appeal",
            ),
        ),
        migrations.RunSQL(FORBID, BEFORE),
    ]
