"""Wrong codes of one person, counted: enough for a tired parent, too few to find one."""

import logging

from django.core.cache import cache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

AN_HOUR, MOST = 3600, 20


def are_spent(person):
    return _counted(person, 0) >= MOST


def guessed_wrong(person):
    _counted(person, 1)


def _counted(person, add):
    """Without the cache nothing is counted: the code opens nothing that its reader may not open anyway."""
    key = f"network_start:{person.pk}"
    try:
        cache.add(key, 0, timeout=AN_HOUR)
        return cache.incr(key, add) if add else cache.get(key, 0)
    except (RedisError, ValueError):
        log.warning("the cache is away: codes are not counted")
        return 0
