"""Which tests are run on services of another make or age (--other-services).

There the journeys go through all rooms with a worker. Of the other tests those are run a second time that ask what
servers do each in their way: what happens at once, which is told by tests that commit; what they refuse and are told in
their own words, constraints, triggers and SQL by hand; letters beyond ASCII, compared and sorted; and Redis. Of a test's
cases the first is enough where what it sends is the same in each.
"""

import inspect
import re
from functools import cache
from pathlib import Path

from tests.ground import commits

OF_REDIS = re.compile(r"redis|celery|doorbell", re.I)  # in the file of a test
BY_HAND = re.compile(r"IntegrityError|DataError|InternalError|cursor\(|RawSQL")  # in the test itself
TESTS = Path(__file__).parent
JOURNEYS = TESTS / "journeys"
OF_OURS_ALONE = [TESTS / "laws", TESTS / "portal" / "home", TESTS / "conferences" / "timetables" / "planner"]


def says_nothing_of_them(path):
    """The laws of the code, the planner's sums, and how pages look."""
    return path in OF_OURS_ALONE or (path.name.endswith("_pages.py") and JOURNEYS not in path.parents)


def apart(items):
    """(what is run, what is left out)"""
    seen, kept, left = set(), [], []
    for item in items:
        test = item.path, getattr(item, "originalname", item.name)
        (kept if is_asked(item, is_first=test not in seen) else left).append(item)
        seen.add(test)
    return kept, left


def is_asked(item, *, is_first):
    if item.get_closest_marker("journey"):
        return True
    if item.get_closest_marker("slow"):
        return False
    says_more = commits(item) or not is_ascii(getattr(item, "callspec", None))
    return (asks_the_database(item) and says_more) or (is_first and speaks_to_them(item))


def asks_the_database(item):
    return "_django_db_helper" in item.fixturenames or item.get_closest_marker("django_db")


def speaks_to_them(item):
    return is_about_redis(item.path) or BY_HAND.search(inspect.getsource(item.function))


@cache
def is_about_redis(path: Path):
    return OF_REDIS.search(path.read_text())


def is_ascii(case):
    return case is None or all(ascii(one) == repr(one) for one in case.params.values())
