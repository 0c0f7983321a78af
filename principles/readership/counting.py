"""One more reading, counted where nothing else is known: a number in the cache for each version and month, which the clock
adds up. What is lost with the cache is lost."""

from contextlib import suppress
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

KEPT = int(timedelta(days=45).total_seconds())
MACHINES = ("bot", "crawl", "spider", "slurp", "preview")


def count_reading(request, version):
    agent = request.headers.get("User-Agent", "").lower()
    if any(word in agent for word in MACHINES):
        return
    key = _key(version.pk, this_month())
    cache.add(key, 0, KEPT)
    with suppress(ValueError):  # it has gone meanwhile
        cache.incr(key)


def counted(versions, month):
    """{version's key: how often} since it was added up last."""
    keys = {_key(version, month): version for version in versions}
    return {keys[key]: times for key, times in cache.get_many(keys).items() if times}


def added_up(version, month, times):
    with suppress(ValueError):  # it has gone meanwhile
        cache.decr(_key(version, month), times)


def this_month():
    return timezone.localdate().replace(day=1)


def month_before(month):
    return (month - timedelta(days=1)).replace(day=1)


def _key(version, month):
    return f"principles.readings.{version}.{month:%Y-%m}"
