from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PortalConfig(AppConfig):
    """Wires the rooms to the ground: what they tell, what waits for people, what they count, what is when."""

    name = "portal"
    verbose_name = "Portal"

    def ready(self):
        import_module("portal.checks")
        import_module("portal.people.hearing")
        autodiscover_modules("notices", "todos", "figures", "calendar")
