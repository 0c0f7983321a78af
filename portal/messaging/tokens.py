"""The signed part of a personal link: short enough for a text message, and of no use once the link has rotated."""

import base64
from contextlib import suppress
from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, get_script_prefix, get_urlconf, reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

SALT = "portal.messaging.personal_link"
PLACE = "TOKEN"
SIGNATURE = 15  # bytes: 120 bits, twenty characters

PURPOSES: dict[str, str] = {}


class UnknownPurpose(Exception):
    pass


def register(purpose, view):
    room = apps.get_containing_app_config(view.__module__)
    PURPOSES[purpose] = f"{room.label if room else view.__module__.partition('.')[0]}:{view.__name__}"


def token_of(link):
    return f"{int_to_base36(link.pk)}.{_signature(link, settings.SECRET_KEY)}"


def path_of(link, page=""):
    if link.purpose not in PURPOSES:
        get_resolver().url_patterns  # noqa: B018 a worker has not loaded the URL list yet, and pages register on import
    if link.purpose not in PURPOSES:
        raise UnknownPurpose(link.purpose)
    return _pattern(page or PURPOSES[link.purpose], get_urlconf(), get_script_prefix()).replace(PLACE, token_of(link))


@lru_cache(maxsize=100)
def _pattern(name, _urlconf, _prefix):
    """Cached with a placeholder for the token: a batch of letters asks for the same path again and again."""
    with suppress(NoReverseMatch):
        return reverse(name, args=[PLACE])
    return reverse(name.partition(":")[2], args=[PLACE])


def key_of(token):
    """What the token claims, before any of it is trusted; None for nonsense."""
    with suppress(ValueError):
        return base36_to_int(token.partition(".")[0])
    return None


def is_signed(link, token):
    """For the link's present rotation only, under the current key or an earlier one, and in one spelling: `int` reads a
    key in many, and logs know a token by its look."""
    key, _dot, signature = token.partition(".")
    if key != int_to_base36(link.pk):
        return False
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(constant_time_compare(signature, _signature(link, secret)) for secret in secrets)


def _signature(link, secret):
    text = f"{link.purpose}:{link.pk}:{link.rotation}"
    digest = salted_hmac(SALT, text, secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:SIGNATURE]).decode()
