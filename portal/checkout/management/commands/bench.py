"""Run one benchmark of bench/: ours, the limit or the peer measured in the same run, and the ratio between them."""

import importlib.util
import json

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal import made_up


class Command(BaseCommand):
    help = "Run bench/NAME.py on a database of its own and print ours, the limit or peer, the ratio and the goal."

    def add_arguments(self, parser):
        parser.add_argument("name", choices=names())
        parser.add_argument(
            "--chaos", action="store_true", help="rush: with a web process and the database's connections killed"
        )
        parser.add_argument("--pupils", type=int, help="town: how many go to school in the large one")
        parser.add_argument("--json", action="store_true", help="one JSON object as the last line")

    def handle(self, name, **options):
        call_command("migrate", verbosity=0, interactive=False)
        made_up.say_so()
        result = load(name).run(**{word: options[word] for word in ("chaos", "pupils") if options[word]})
        missing = [word for word in ("name", "ours", "ratio", "goal") if word not in result]
        if missing or not {"limit", "peer"} & set(result):
            raise CommandError(f"bench/{name}.py did not return {', '.join(missing) or 'a limit or a peer'}.")
        for word, value in result.items():
            self.stdout.write(f"{word:12} {value:.3f}" if isinstance(value, float) else f"{word:12} {value}")
        if options["json"]:
            self.stdout.write(json.dumps(result))


def folder():
    return settings.BASE_DIR / "bench"


def names():
    return sorted(file.stem for file in folder().glob("*.py") if not file.stem.startswith("_"))


def load(name):
    spec = importlib.util.spec_from_file_location(f"bench.{name}", folder() / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
