from django.db import migrations, models


class Migration(migrations.Migration):
    """A shared summary keeps what the teachers of the subjects had written when it went home."""

    dependencies = [("conferences", "0004_called_on")]

    operations = [
        migrations.AddField(
            model_name="conferencesummary",
            name="subjects",
            field=models.JSONField(blank=True, default=list, verbose_name="Subject by subject"),
        ),
    ]
