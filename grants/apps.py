from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    """Each wing brings its part of the page of a case in a file of this name."""

    name = "grants"
    label = "grants"
    verbose_name = "Grants"

    def ready(self):
        wings = [f"{self.name}.{found.name}" for found in iter_modules(self.module.__path__) if found.ispkg]
        for wing in wings:
            if find_spec(f"{wing}.case_page"):
                import_module(f"{wing}.case_page")
