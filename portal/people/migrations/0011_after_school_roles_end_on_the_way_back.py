from django.db import migrations


class Migration(migrations.Migration):
    """Before 0010 nobody could be after-school staff: on the way back such roles go before the rule returns that refuses
    them. Nothing points at them."""

    dependencies = [
        ("people", "0010_staff_say_how_they_are_reached"),
    ]

    operations = [
        migrations.RunSQL(migrations.RunSQL.noop, "DELETE FROM people_role WHERE kind = 'after_school'", elidable=True),
    ]
