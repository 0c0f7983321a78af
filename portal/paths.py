"""The addresses of pages about one thing, for long lists: the pattern is looked up once, and not for every row."""

from functools import cache

from django.urls import reverse

SOME_KEY = 2**62


def path_to(name, key):
    """What `reverse` says of a page whose only argument is a key."""
    return str(key).join(_around(name))


@cache
def _around(name):
    return reverse(name, args=[SOME_KEY]).split(str(SOME_KEY))
