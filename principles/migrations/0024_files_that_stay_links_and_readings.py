import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

GUARD = """
CREATE FUNCTION principles_print_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'what is printed never changes' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'what_is_printed_is_frozen';
    END IF;
    PERFORM 1 FROM principles_principleversion WHERE id = NEW.version_id AND state = 'published';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a published version is printed' USING ERRCODE = 'restrict_violation',
            CONSTRAINT = 'what_is_printed_is_published';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER what_is_printed_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON principles_printedversion
    FOR EACH ROW EXECUTE FUNCTION principles_print_is_frozen();
"""

LIFT = """
DROP TRIGGER what_is_printed_is_frozen ON principles_printedversion;
DROP FUNCTION principles_print_is_frozen();
"""


class Migration(migrations.Migration):
    """What is published can be kept: the PDF of a version and of a result never change."""

    dependencies = [
        ("principles", "0023_answers_in_no_order_and_texts_not_adopted"),
    ]

    operations = [
        migrations.AddField(
            model_name="legalreference",
            name="answers",
            field=models.BooleanField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="legalreference",
            name="tried_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="supervisionresult",
            name="file",
            field=models.BinaryField(default=bytes),
        ),
        migrations.AddField(
            model_name="supervisionresult",
            name="pages",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.CreateModel(
            name="PrintedVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("printed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printed",
                        to="principles.principleversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "digest",
                                models.Func(
                                    models.Func(models.F("content"), function="sha256"),
                                    models.Value("hex"),
                                    function="encode",
                                    output_field=models.CharField(),
                                ),
                            )
                        ),
                        name="digest_is_of_what_is_printed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingTotal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="month")),
                ("times", models.PositiveIntegerField(default=0)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading_totals",
                        to="principles.principleversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-month", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "month"), name="one_total_per_version_and_month"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="a_month_is_its_first_day"),
                ],
            },
        ),
        migrations.RunSQL(GUARD, LIFT),
    ]
