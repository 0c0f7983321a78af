"""What the operator does for the archive: one case, or the closed cases of a year."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from grants.archive.actions import note_export
from grants.archive.folders import extract_of, faults_of, folder_of, write_folder
from grants.models import GrantApplication
from portal.people.models import Municipality, the_portal


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
        try:
            write_folder(folder_of(application), out)
        except FileExistsError:
            raise CommandError(f"{out} is not empty") from None
        if faults := faults_of(out):
            raise CommandError("\n".join(faults))
        note_export(application, by=the_portal())
        self.stdout.write(f"{number}: {len(list(out.iterdir()))} files in {out}")


class ExportArchive(BaseCommand):
    help = "Writes the closed cases of a calendar year as arkivstruktur.xml with their papers and sha-256."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("out", type=Path, help="a folder; each municipality gets one of its own below it")

    def handle(self, *, year, out, **_options):
        for municipality in Municipality.objects.all():
            folder, cases = extract_of(municipality, year)
            if not cases:
                continue
            place = out / municipality.number
            try:
                write_folder(folder, place)
            except FileExistsError:
                raise CommandError(f"{place} is not empty") from None
            if faults := faults_of(place):
                raise CommandError("\n".join(faults))
            for application in cases:
                note_export(application, by=the_portal())
            self.stdout.write(f"{municipality.number}: {len(cases)} cases in {place}")
