"""Compile every translation; needs no gettext on the machine, and the compiled files are never committed."""

import os
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/*.po."
    requires_system_checks = ()

    def handle(self, **options):
        compile_all(settings.LOCALE_PATHS)


def compile_all(folders):
    """Compile what is not compiled, or has changed since. Who reads meanwhile reads the old file or the new one."""
    for folder in folders:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                fresh = compiled.with_suffix(f".{os.getpid()}")
                polib.pofile(str(source)).save_as_mofile(str(fresh))
                fresh.replace(compiled)
