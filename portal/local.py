"""What a checkout without settings of its own runs on: the demo's values and the embedded services.

An installation names its SECRET_KEY; where there is none, this is somebody's checkout, and every command works at once.
"""

import os
import secrets
from contextlib import nullcontext

from portal.embedded import ROOT, Services

MAIL_PORT_FILE = ROOT / ".local" / "mail.port"
WITHOUT_SERVICES = {"check", "collectstatic", "help", "makemessages", "translations", "version", "words"}


def services_for(arguments):
    """The services that a command needs, for its own time; the demo's own when it is running."""
    if not is_a_checkout():
        return nullcontext()
    services = Services.of_the_demo()
    for name, value in environment(services).items():
        os.environ.setdefault(name, value)
    if not arguments or arguments[0] in WITHOUT_SERVICES or "--help" in arguments or "-h" in arguments:
        return nullcontext()
    return services.running()


def is_a_checkout():
    return "SECRET_KEY" not in os.environ or os.environ.get("DEMO") == "1"


def environment(services):
    return {
        "DEMO": "1",
        "SECRET_KEY": kept_secret("secret_key"),
        "FIELD_KEY": kept_secret("field_key"),
        "DATABASE_URL": services.database_url,
        "REDIS_URL": services.redis_url,
        "EMAIL_URL": "smtp://127.0.0.1:8025",
        "SITE_URL": "http://127.0.0.1:8000",
    }


def kept_secret(name):
    """A secret of this checkout alone, made once: sessions and encrypted columns survive a restart."""
    file = ROOT / ".local" / name
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()
