"""Redis is the cache and the workers' doorbell, and it may be away: stopped, or accepting a connection and never
answering. Then nobody waits for it. Counters move to the database, and work that nobody could ring for waits for the
clock; after some seconds one process checks whether it is back."""

import logging
import pickle
import time
from base64 import b64encode
from contextlib import suppress
from functools import lru_cache
from threading import Thread

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import connection, transaction
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

PATIENCE = 1  # seconds that one call may take, the look-up of the name included
PAUSE = 5  # seconds without another try after no answer
FRESH = 5  # seconds for which an answer vouches for the next call
FAILURES = (RedisError, OSError)


class Line:
    def __init__(self, url):
        self.url, self.heard_at, self.quiet_until = url, -FRESH, 0

    def is_open(self):
        now = time.monotonic()
        if now < self.quiet_until:
            return False
        return now < self.heard_at + FRESH or self.answers()

    def answers(self):
        """In a thread with a deadline: resolving a name obeys no timeout."""
        said = []
        call = Thread(target=self._call, args=[said], daemon=True)
        call.start()
        call.join(PATIENCE)
        if not said:
            self.missed()
            return False
        self.heard()
        return True

    def _call(self, said):
        limits = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
        with suppress(*FAILURES), Redis.from_url(self.url, **limits) as redis:
            said.append(redis.ping())

    def heard(self):
        self.heard_at, self.quiet_until = time.monotonic(), 0

    def missed(self):
        self.heard_at, self.quiet_until = -FRESH, time.monotonic() + PAUSE
        log.warning("Redis does not answer: the database counts, and the clock brings what waits")


line = lru_cache(Line)


class InDatabase(DatabaseCache):
    """Slower, but shared by every process. Increments are exact, and do not postpone the expiry of what is counted."""

    def incr(self, key, delta=1, version=None):
        name = self.make_and_validate_key(key, version=version)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM portal_cache WHERE cache_key = %s FOR UPDATE", [name])
            value = self.get(key, version=version)
            if value is None:
                raise ValueError(f"Key '{name}' not found.")
            written = b64encode(pickle.dumps(value + delta, self.pickle_protocol)).decode()
            cursor.execute("UPDATE portal_cache SET value = %s WHERE cache_key = %s", [written, name])
        return value + delta

    def forget(self):
        """An address that was counted stays no longer than its hour."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM portal_cache WHERE expires < %s", [timezone.now()])


in_database = InDatabase("portal_cache", {"MAX_ENTRIES": 100_000, "KEY_PREFIX": "portal"})


def _either(name):
    ask_redis, ask_database = getattr(RedisCache, name), getattr(in_database, name)

    def ask(self, *args, **kwargs):
        if self.line.is_open():
            try:
                answer = ask_redis(self, *args, **kwargs)
            except FAILURES:
                self.line.missed()
            else:
                self.line.heard()
                return answer
        return ask_database(*args, **kwargs)

    return ask


class Cache(RedisCache):
    @property
    def line(self):
        return line(self._servers[0])

    add, get, set, touch, delete = map(_either, ("add", "get", "set", "touch", "delete"))
    has_key, incr, clear = map(_either, ("has_key", "incr", "clear"))
    get_many, set_many, delete_many = map(_either, ("get_many", "set_many", "delete_many"))
