"""The addresses of pages about one thing, and the keys in them."""

from functools import cache

from django.urls import reverse

SOME_KEY = 2**62


def path_to(name, key):
    """Like `reverse` for a page whose only argument is a key, but the pattern is resolved once, not for every row."""
    return str(key).join(_around(name))


@cache
def _around(name):
    return reverse(name, args=[SOME_KEY]).split(str(SOME_KEY))


def key_in(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
