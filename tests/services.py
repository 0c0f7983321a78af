"""Which tests are run a second time, on services of another make or age (--other-services).

What a test sends them is the same in each of its cases, so one of them is enough: the first. All are run of a test that
commits, since it is about what happens at once, and of one whose cases have letters beyond ASCII, which servers compare
and sort each in their way. A test that asks for no database and whose file names nothing of Redis sends nothing.
"""

import re
from functools import cache
from pathlib import Path

from tests.ground import commits

OF_REDIS = re.compile(r"redis|cache|celery|doorbell", re.I)


def apart(items):
    """(what is run, what is left out)"""
    seen, kept, left = set(), [], []
    for item in items:
        test = item.path, getattr(item, "originalname", item.name)
        asks = asks_the_database(item) or names_redis(item.path)
        says_more = test not in seen or commits(item) or not is_ascii(getattr(item, "callspec", None))
        (kept if asks and says_more else left).append(item)
        seen.add(test)
    return kept, left


def asks_the_database(item):
    return "_django_db_helper" in item.fixturenames or item.get_closest_marker("django_db")


@cache
def names_redis(path: Path):
    return bool(OF_REDIS.search(path.read_text()))


def is_ascii(case):
    return case is None or all(ascii(one) == repr(one) for one in case.params.values())
