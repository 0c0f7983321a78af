from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

BROUGHT = ("notices", "todos", "figures", "calendar", "menu", "readings", "help")


class PortalConfig(AppConfig):
    """Wires the rooms to the ground: each brings what it tells, what waits for people, what it counts, what is when,
    its place in the menu, who has read what, and what is asked of it, in files of these names."""

    name = "portal"
    verbose_name = "Portal"

    def ready(self):
        import_module("portal.checks")
        import_module("portal.people.hearing")
        autodiscover_modules(*BROUGHT)
