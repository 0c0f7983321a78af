from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Each wing brings its part of the page of a case, and its letters, in files of these names."""

    name = "grants"
    label = "grants"
    verbose_name = "Grants"

    def ready(self):
        wings = [f"{self.name}.{found.name}" for found in iter_modules(self.module.__path__) if found.ispkg]
        for name in [f"{wing}.{part}" for wing in wings for part in ("case_page", "notices")]:
            if find_spec(name):
                import_module(name)
