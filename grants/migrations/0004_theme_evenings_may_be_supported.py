from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grants", "0003_amounts_are_typed_in_kroner")]

    operations = [
        migrations.AddField(
            model_name="grantscheme",
            name="themes_allowed",
            field=models.BooleanField(default=False, verbose_name="theme evenings may be supported too"),
        ),
    ]
