"""Our own code among what is installed: the portal, and each room that settings name."""

from django.apps import apps
from django.conf import settings


def ours():
    names = dict.fromkeys(config.name.partition(".")[0] for config in apps.get_app_configs())
    return [name for name in names if (settings.BASE_DIR / name).is_dir()]


def is_ours(module):
    return module.partition(".")[0] in ours()
