"""What the tests of a file begin with is built once, and each test stands on it in a savepoint of its own.

    @once
    def town(db): ...

is a fixture like any other: who asks for it gets instances of their own, and rows that are as they were built, whatever
another test has done to them. It may ask for `db` and for other shared fixtures. Under a test that commits, or after a
fixture that moves the clock, it is built for that test alone; so is one that stands on a fixture that is not shared.
"""

import pickle
from collections import Counter
from collections.abc import Callable
from functools import wraps
from itertools import groupby, takewhile
from typing import NamedTuple

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation

COMMITS = {"transactional_db", "live_server"}
IN_ENGLISH = {"_english", "in_english"}  # fixtures under which the language of a test is English from the beginning


def once(build):
    @wraps(build)
    def given(**asked):
        return GROUND.given[build] if build in GROUND.given else build(**asked)

    given.build = build
    return pytest.fixture(given)


class Layer(NamedTuple):
    name: str
    build: Callable
    asked: tuple[str, ...]
    language: str | None


class Ground:
    """Layers of rows in one transaction, each above those that it is about."""

    def __init__(self):
        self.laid, self.atomics, self.given = [], [], {}
        self.values = [pickle.dumps([])]  # of all that is laid, after each layer: a later one may change an earlier one

    def under(self, item):
        """Lay what this test stands on, take away what it does not, and give it instances of its own."""
        wanted = item.stash.get(LAYERS, [])
        same = list(takewhile(lambda pair: pair[0] == pair[1], zip(self.laid, wanted, strict=False)))
        broken = connection.closed_in_transaction or connection.needs_rollback
        self.take_away(down_to=0 if broken else len(same))
        try:
            for layer in wanted[len(self.laid) :]:
                self.lay(layer)
        except BaseException:
            self.take_away()
            raise
        if wanted:
            cache.clear()  # the keys of the rows are those of the test before
        self.given = dict(zip([layer.build for layer in self.laid], self.copies(), strict=True))

    def lay(self, layer):
        values = self.copies()
        below = dict(zip([one.name for one in self.laid], values, strict=True))
        self.laid.append(layer)
        self.atomics.append(transaction.atomic())
        self.atomics[-1].__enter__()
        with translation.override(layer.language):
            values.append(layer.build(**{name: below.get(name) for name in layer.asked}))
        connection.check_constraints()
        self.values.append(pickle.dumps(values))

    def copies(self):
        return pickle.loads(self.values[-1])

    def take_away(self, down_to=0):
        while len(self.laid) > down_to:
            self.laid.pop()
            transaction.set_rollback(True)
            self.atomics.pop().__exit__(None, None, None)
        del self.values[1 + down_to :]


GROUND = Ground()
LAYERS = pytest.StashKey()


def arrange(items):
    """Files that take long come first, so that none is left for the end; in a file, who stands on the same follow each
    other."""
    long = {item.path for item in items if any(map(item.get_closest_marker, ("slow", "walk")))}
    items.sort(key=lambda item: item.path not in long)
    alike = groupby(items, key=lambda item: (item.path, commits(item)))
    items[:] = [item for _file, group in alike for item in arranged(list(group))]


def arranged(items):
    wanted = {item: layers_of(item) for item in items}
    often = Counter(layer for layers in wanted.values() for layer in layers)
    for item, layers in wanted.items():
        item.stash[LAYERS] = sorted(layers, key=lambda layer: -often[layer])  # below is what more tests stand on
    return sorted(items, key=lambda item: [(-often[layer], layer.name) for layer in item.stash[LAYERS]])


def layers_of(item):
    """Each after what it asks for; none where all is built for this test alone."""
    names = getattr(item, "fixturenames", ())
    defined = {
        name: item._fixtureinfo.name2fixturedefs[name][-1]
        for name in names
        if name in item._fixtureinfo.name2fixturedefs
    }
    builds = {name: one.func.build for name, one in defined.items() if hasattr(one.func, "build")}
    if commits(item):
        return []
    before_the_clock = set(builds)
    for one in defined.values():
        if "travel" in getattr(getattr(one.func, "__code__", None), "co_names", ()):
            before_the_clock &= asked_by(one.argname, defined)
    language = "en" if IN_ENGLISH & set(names) else None
    layers = {}
    for name in in_order(before_the_clock, defined):
        asked = defined[name].argnames
        if all(one == "db" or one in layers for one in asked):
            layers[name] = Layer(name, builds[name], tuple(asked), language)
    return list(layers.values())


def asked_by(name, defined):
    """All that is there before this fixture."""
    found, waiting = set(), [name]
    while waiting:
        new = set(defined[waiting.pop()].argnames) & defined.keys() - found
        found |= new
        waiting += new
    return found


def in_order(builds, defined):
    """Each after what it asks for."""
    order = {}

    def put(name):
        for asked in defined[name].argnames:
            if asked in builds and asked != name:
                put(asked)
        order.setdefault(name)

    for name in sorted(builds):
        put(name)
    return order


def commits(item):
    marker = item.get_closest_marker("django_db")
    return bool(COMMITS & set(getattr(item, "fixturenames", ())) or (marker and marker.kwargs.get("transaction")))
