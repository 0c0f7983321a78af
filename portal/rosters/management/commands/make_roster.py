"""Write a made-up roster for trying out and for measuring."""

from django.core.management.base import BaseCommand, CommandError

from portal.rosters.generating import write_roster


class Command(BaseCommand):
    help = "Write made-up schools as OneRoster 1.2 to a folder, or to a zip file when OUT ends in .zip."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("out")
        parser.add_argument("--schools", type=int, default=3)
        parser.add_argument("--pupils", type=int, default=900)
        parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same file")

    def handle(self, out, schools, pupils, seed, **options):
        if schools < 1 or pupils < 1:
            raise CommandError("A roster needs at least one school and one pupil.")
        for name, rows in write_roster(out, schools=schools, pupils=pupils, seed=seed).items():
            self.stdout.write(f"{name:20} {rows}")
