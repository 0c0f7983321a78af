"""Read a principle from a file: sections, clauses, dates; show them, or save them as a draft."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.actions import Refusal
from portal.people.models import Municipality, School, the_portal
from principles import actions, queries
from principles.reading import LARGEST, Unreadable, read_apart


class Command(BaseCommand):
    help = "Read a principle (text, Word or PDF) into sections and clauses, and save it as a draft."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--school", metavar="NUMBER", help="the school it belongs to; without one it is common to all"
        )
        parser.add_argument("--dry-run", action="store_true", help="show what is read, and save nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object as the last line")

    def handle(self, file, school, dry_run, **options):
        as_json = options["json"]
        try:
            outline = read_apart(self.content(file), Path(file).stem)
            draft = None if dry_run else self.save(self.place(school), outline)
        except Refusal as refusal:
            self.refuse(str(refusal), as_json)
        if not as_json:
            self.say(outline, draft, dry_run)
            return
        found = outline.as_dict() | {"dry_run": dry_run, "version": draft and draft.number, "errors": []}
        self.stdout.write(json.dumps(found, ensure_ascii=False))

    def content(self, file):
        try:
            with Path(file).open("rb") as source:
                return source.read(LARGEST + 1)
        except OSError as missing:
            raise Unreadable(f"{file}: {missing.strerror}.") from missing

    def place(self, number):
        place = School.objects.select_related("municipality").filter(number=number).first()
        if number is None:
            place = Municipality.objects.first()
        if number and not School.objects.exists():
            raise CommandError("There is no school yet. Load a roster or start the demo first, or use --dry-run.")
        if place is None and number:
            raise CommandError(f"There is no school with the number {number}.")
        if place is None:
            raise CommandError("There is no municipality yet. Load a roster or start the demo first, or use --dry-run.")
        return place

    def save(self, place, outline):
        before = queries.newest_of(place, actions.slug_of(outline.title))
        if before and queries.says_the_same(before, outline):
            return before
        return actions.bring_in(place, by=the_portal(), outline=outline)

    def refuse(self, reason, as_json):
        if as_json:
            nothing = {"title": "", "language": "", "sections": [], "updated_on": None, "warnings": []}
            self.stdout.write(json.dumps(nothing | {"errors": [reason]}, ensure_ascii=False))
        raise CommandError(reason)

    def say(self, outline, draft, dry_run):
        self.stdout.write(f"{outline.title} ({outline.language or 'language not known'})")
        for section in outline.sections:
            self.stdout.write(f"  {section.kind:<13} {len(section.clauses):>3}  {section.heading}")
        if outline.updated_on:
            self.stdout.write(f"  updated on {outline.updated_on.isoformat()}")
        for warning in outline.warnings:
            self.stderr.write(f"  ! {warning}")
        self.stdout.write("Nothing was saved." if dry_run else f"Version {draft.number}: {draft.get_state_display()}.")
