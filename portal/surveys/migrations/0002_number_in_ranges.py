from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="question",
            name="kind",
            field=models.CharField(
                choices=[
                    ("one", "One answer"),
                    ("several", "Several answers"),
                    ("band", "A number, in ranges"),
                    ("time", "A time of day"),
                ],
                max_length=7,
            ),
        ),
    ]
