from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

BROUGHT = ("notices", "todos", "figures", "calendar", "menu", "readings", "help", "class_page", "child_page", "clauses")


class PortalConfig(AppConfig):
    """Wires the rooms to the ground: each room registers itself in files of these names."""

    name = "portal"
    verbose_name = "Portal"

    def ready(self):
        import_module("portal.checks")
        import_module("portal.people.hearing")
        autodiscover_modules(*BROUGHT)
