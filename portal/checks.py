"""What must hold before the portal starts. `manage.py` checks all of it; a server, a worker and the clock call
`refuse_unsafe`."""

from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from portal import addresses
from portal.access import undeclared

EXAMPLES = {  # public: they are, or were, in .env.example, the tests and the benchmarks
    "change-me-to-fifty-random-characters-or-more-please",
    "change-me-too",
    "a key for the tests alone, long enough to please every check of the framework",
    "another key for the tests alone, for the columns that are encrypted at rest",
    "production's key as it should be: long, random, and 50 characters or more 0123456789",
}
SHORTEST, FEWEST_SIGNS = 32, 10
MAKE_ONE = "Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"


@register
def every_page_has_a_rule(app_configs, **kwargs):
    return [
        Error(f"/{path} has no rule.", hint="Put @page(open_to=...) on its view.", id="portal.E001")
        for path in undeclared()
    ]


@register(Tags.security, deploy=True)
def nobody_real_lives_in_a_demo(app_configs, **kwargs):
    """In a demo anybody may act as anybody. `manage.py demo` asks for that; a deployment never does."""
    if not settings.DEMO or settings.DEBUG:
        return []
    return [
        Error("DEMO is on: anybody may act as anybody.", hint="Unset DEMO where people are real.", id="portal.E002")
    ]


@register(Tags.security)
def keys_are_ones_own(app_configs, **kwargs):
    """With a key that others know, anybody can forge links and sessions, and read what is encrypted."""
    if settings.DEMO:
        return []
    keys = {"SECRET_KEY": settings.SECRET_KEY, "FIELD_KEY": settings.SALT_KEY[0]}
    signs = [*keys.items(), *(("SECRET_KEY_FALLBACKS", key) for key in settings.SECRET_KEY_FALLBACKS)]
    found = [
        Error(f"{name} is an example, or can be guessed.", hint=MAKE_ONE, id="portal.E003")
        for name, key in signs
        if key in EXAMPLES | _of_the_demo() or len(key) < SHORTEST or len(set(key)) < FEWEST_SIGNS
    ]
    if len(set(keys.values())) < len(keys):
        found.append(Error("SECRET_KEY and FIELD_KEY are the same.", hint=MAKE_ONE, id="portal.E003"))
    return found


def _of_the_demo():
    found = set()
    for name in ("secret_key", "field_key"):
        with suppress(OSError):
            found.add((settings.STATE_DIR / name).read_text())
    return found


@register(Tags.security)
def nothing_travels_in_the_open(app_configs, **kwargs):
    """Over http, anybody on the way can read sessions and names. On loopback nobody is on the way."""
    if settings.HTTPS or is_loopback(addresses.host(settings.SITE_URL) or ""):
        return []
    hint = "Begin SITE_URL with https://; a proxy before the portal ends TLS (BEHIND_PROXY=true)."
    return [Error(f"SITE_URL is {settings.SITE_URL}, without TLS.", hint=hint, id="portal.E004")]


@register(Tags.database)
def squashed_migrations_are_all_there(app_configs, databases=None, **kwargs):
    """Of a database that lacks some, Django would leave out what squashed them, and with it whatever they made. Asked by
    `migrate` before it begins."""
    if databases is None:  # whoever asks names none where nothing shall be connected to
        return []
    applied = set(MigrationRecorder(connection).applied_migrations())
    return [
        Error(
            f"The database has some of what {app}.{name} squashed, and lacks {', '.join(lacking)}.",
            hint="Upgrade it to the version before, whose migrations they are, first.",
            id="portal.E005",
        )
        for (app, name), one in sorted(MigrationLoader(None).disk_migrations.items())
        if (lacking := [".".join(key) for key in one.replaces if key not in applied])
        and len(lacking) < len(one.replaces)
    ]


def is_loopback(host):
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")


def refuse_unsafe():
    """Stops a server or a worker that would start with somebody else's keys, or without TLS."""
    found = [*keys_are_ones_own(None), *nothing_travels_in_the_open(None)]
    if found:
        raise ImproperlyConfigured("\n".join(f"{error.msg} {error.hint}" for error in found))
