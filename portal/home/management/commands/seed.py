"""Fill an empty demo with one believable municipality, by doing what its people would do."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from portal import made_up
from portal.demo import furnish
from portal.home.demo import people
from portal.people.models import Municipality


class Command(BaseCommand):
    help = "Fill an empty demo with one made-up municipality. Does nothing where there is one already."

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Made-up people belong in a demo only: set DEMO=1.")
        made_up.say_so()
        if Municipality.objects.exists():
            self.stdout.write("There is a municipality here already. Nothing was changed.")
            return
        with transaction.atomic():
            town = people.settle()
            count_rows()
            furnish(town)
            count_rows()
        self.stdout.write(f"{town.pupils} pupils and {town.guardians} guardians at {len(town.schools)} schools.")


def count_rows():
    """Thousands of rows arrived at once: without statistics the database plans as if every table were empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
