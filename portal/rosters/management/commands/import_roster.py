"""Import a roster from the command line: read, show what would change, import."""

import json
import sys

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.actions import Refusal
from portal.people.models import School, the_portal
from portal.rosters import actions
from portal.rosters.outcome import VERBS, Outcome
from portal.rosters.reading import read_apart
from portal.rosters.records import Problem
from portal.rosters.saying import said

COUNTED = ("persons", "pupils", "guardians", "staff", "schools", "classes", "enrolments", "proposed_relations")
SHOWN = 20
READ, WRITTEN = 40, 60  # how the bar is divided


class Command(BaseCommand):
    help = "Import a roster: OneRoster 1.1 or 1.2 (folder or zip), PIFU-IMS 1.3 (XML), Microsoft SDS 2 or 2.1 (folder or zip)."

    def add_arguments(self, parser):
        parser.add_argument("path")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
        parser.add_argument("--school", metavar="NUMBER", help="import for this school only")
        parser.add_argument("--confirm-removals", action="store_true", help="yes, what the import asks about is meant")

    def handle(self, path, dry_run, school, confirm_removals, **options):
        at = self.school(school)
        with tqdm(total=READ + WRITTEN, disable=not sys.stderr.isatty(), bar_format="{l_bar}{bar}| {elapsed}") as bar:
            try:
                roster = read_apart(path)
                bar.update(READ)
                done = self.load(roster, at, path, dry_run, confirm_removals, bar)
            except Refusal as refusal:
                bar.close()
                self.refuse(refusal, options["json"])
        counts = {"format": roster.format, **roster.counts(), **done}
        warnings = roster.notes.warnings
        self.say(counts, warnings, roster.notes.warning_count, dry_run)
        if options["json"]:
            problems = {"warnings": [warning.as_json() for warning in warnings], "errors": []}
            self.stdout.write(json.dumps({**counts, "dry_run": dry_run, **problems}, ensure_ascii=False))

    def school(self, number):
        found = School.objects.filter(number=number).first() if number else None
        if number and not School.objects.exists():
            raise CommandError("There is no school yet. Import the whole file first, or start the demo.")
        if number and found is None:
            raise CommandError(f"There is no school with the number {number}.")
        return found

    def load(self, roster, school, path, dry_run, confirm_removals, bar):
        def progress(share):
            bar.update(READ + share * WRITTEN - bar.n)

        place = {"school": school, "progress": progress}
        municipality = school.municipality if school else None
        if dry_run:
            outcome = actions.dry_run(roster, by=the_portal(), municipality=municipality, **place)
            asks = outcome.asks
        else:
            entry = actions.import_roster(
                municipality,
                by=the_portal(),
                roster=roster,
                file_name=str(path)[-200:],
                removals_meant=confirm_removals,
                **place,
            )
            outcome, asks = Outcome(counts=entry.counts["done"]), []
        return {**outcome.total, "kinds": outcome.counts, "needs_confirmation": bool(asks), "asks": said(asks)}

    def refuse(self, refusal, as_json):
        problems = getattr(refusal, "problems", None) or [Problem("", 0, str(refusal))]
        if as_json:
            empty = dict.fromkeys((*COUNTED, *VERBS), 0)
            errors = [problem.as_json() for problem in problems]
            self.stdout.write(json.dumps({**empty, "warnings": [], "errors": errors}, ensure_ascii=False))
        lines = [str(problem) for problem in problems[:SHOWN]]
        raise CommandError("Nothing was imported.\n" + "\n".join(lines))

    def say(self, counts, warnings, warning_count, dry_run):
        for word, number in counts.items():
            if isinstance(number, int | str) and not isinstance(number, bool):
                self.stdout.write(f"{word:20} {number}")
        for warning in warnings[:SHOWN]:
            self.stdout.write(f"warning: {warning}")
        if warning_count > SHOWN:
            self.stdout.write(f"… and {warning_count - SHOWN} more warnings")
        if counts["needs_confirmation"]:
            for line in counts["asks"]:
                self.stdout.write(f"asks: {line}")
            self.stdout.write("The import will ask for --confirm-removals.")
        if dry_run:
            self.stdout.write("Nothing was changed: this was a dry run.")
