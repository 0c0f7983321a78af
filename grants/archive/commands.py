"""What the operator does for the archive: one case, or the closed cases of a year."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from grants.archive.actions import hand_over, hand_over_year
from grants.archive.folders import faults_of, write_folder
from grants.models import GrantApplication
from portal.people.models import Municipality, the_portal


def write_whole(folder, out):
    """Refused when it is not read back as it was written: then nothing counts as handed over."""
    try:
        write_folder(folder, out)
    except FileExistsError:
        raise CommandError(f"{out} is not empty") from None
    if faults := faults_of(out):
        raise CommandError("\n".join(faults))


class ExportCase(BaseCommand):
    help = "Writes the folder of one decided case: arkivmelding.xml, its papers as PDF/A, and their sha-256."

    def add_arguments(self, parser):
        parser.add_argument("number", help="the case number, such as 26/0147")
        parser.add_argument("out", type=Path, help="an empty folder, or one that is made")

    def handle(self, *, number, out, **_options):
        key = number.rpartition("/")[2]
        application = GrantApplication.objects.with_names().filter(pk=int(key) if key.isdigit() else 0).first()
        if application is None or application.case_number != number:
            raise CommandError(f"there is no case {number}")
        if not application.is_decided:
            raise CommandError(f"the case {number} is not decided yet")
        with transaction.atomic():
            write_whole(hand_over(application, by=the_portal()), out)
        self.stdout.write(f"{number}: {len(list(out.iterdir()))} files in {out}")


class ExportArchive(BaseCommand):
    help = "Writes the closed cases of a calendar year as arkivstruktur.xml with their papers and sha-256."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("out", type=Path, help="a folder; each municipality gets one of its own below it")

    def handle(self, *, year, out, **_options):
        for municipality in Municipality.objects.all():
            place = out / municipality.number
            with transaction.atomic():
                folder, number = hand_over_year(municipality, by=the_portal(), year=year)
                if number == 0:
                    continue
                write_whole(folder, place)
            self.stdout.write(f"{municipality.number}: {number} cases in {place}")
