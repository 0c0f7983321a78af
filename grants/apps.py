from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import AppConfig

BROUGHT = ("case_page", "papers", "notices", "todos", "figures", "menu", "help")  # of a wing, at start


class GrantsConfig(AppConfig):
    """Each wing brings its part of a case in `case_page.py`, its papers in `papers.py`, and its letters and what waits in
    files named as a room's."""

    name = "grants"
    label = "grants"
    verbose_name = "Grants"

    def ready(self):
        wings = [f"{self.name}.{found.name}" for found in iter_modules(self.module.__path__) if found.ispkg]
        for wing in wings:
            for file in BROUGHT:
                if find_spec(f"{wing}.{file}"):
                    import_module(f"{wing}.{file}")
