"""A town of 12,000 pupils beside one a quarter of its size: frequent requests may not cost more where more people live.

Each town has a database of its own, which is dropped afterwards. Each page, and one round of reminding when everybody
has been told, is requested in both, alternately: the median seconds that its SQL takes, planning included, may be at
most twice as many in the large town, and the number of queries the same. `ours` is the SQL of the worst in the large
town, in milliseconds, `limit` that in the small one.
"""

import os
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from bench._servers import cookies_of
from bench._town import make_town
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.models import Person, SchoolClass

PUPILS, MOST_PUPILS, SHARE = 12_000, 100_000, 4
GOAL = 0.5  # of the large town's time the small one needs at least
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "7"))


def run(*, pupils=PUPILS):
    pupils = min(max(pupils, SHARE * 400), MOST_PUPILS)
    if Person.objects.filter(is_portal=False).exists():
        raise SystemExit("A town is built in copies of an empty database, and this one has people.")
    with database("town_small"), database("town_large"):
        made = [filled("town_small", pupils // SHARE), filled("town_large", pupils)]
        asked = {name: [measure(name, made) for _round in range(ROUNDS)] for name in made[0].asks}
    return report(asked, pupils)


def report(asked, pupils):
    shown = {}
    for name, rounds in asked.items():
        small, large = ([one[place] for one in rounds] for place in (0, 1))
        ms = [statistics.median(one.seconds for one in side) * 1000 for side in (small, large)]
        queries = [min(one.queries for one in side) for side in (small, large)]
        shown[name] = {"small": ms[0], "large": ms[1], "ratio": ms[0] / ms[1], "queries": queries}
    worst = min(shown, key=lambda name: shown[name]["ratio"])
    return {
        "name": "town",
        "ours": shown[worst]["large"],
        "limit": shown[worst]["small"],
        "ratio": shown[worst]["ratio"],
        "goal": GOAL,
        "unit": "milliseconds of SQL",
        "worst": worst,
        "pupils": pupils,
        "asked": shown,
        "load": os.getloadavg()[0],
        "passed": all(one["ratio"] >= GOAL and len(set(one["queries"])) == 1 for one in shown.values()),
    }


@dataclass
class Filled:
    database: str
    asks: dict


@dataclass
class Asked:
    seconds: float = 0.0
    queries: int = 0
    slowest: list = field(default_factory=list)

    def __call__(self, execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - began
            self.seconds += took
            self.queries += 1
            self.slowest.append((took, sql, params))


@contextmanager
def database(name):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {connection.settings_dict['NAME']}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def inside(name):
    home = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = home


def filled(name, pupils):
    with inside(name):
        town = make_town(pupils)
        remind()  # everybody due is told, once
        Notice.objects.update(state=Notice.State.TOLD, told_at=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return Filled(name, asks_of(town))


def asks_of(town):
    booking = reverse("conferences:family_book", args=[town.round.pk])
    guardian, principal, officer = (cookies_of(one) for one in (town.guardian, town.principal, town.officer))
    search = reverse("people:person_list") + "?q=Hansen"
    own_class = reverse("people:class_show", args=[SchoolClass.objects.followed_by(town.guardian).first().pk])
    return {
        "booking": page(booking, guardian),
        "guardian's first page": page("/", guardian),
        "the page of a class": page(own_class, guardian),
        "principal's first page": page("/", principal),
        "people search": page(search, principal),
        "roles": page(reverse("people:role_list"), principal),
        "the officer's roles": page(reverse("people:role_list"), officer),
        "reminding": remind,
    }


def page(address, cookies):
    def ask():
        browser = Browser(SERVER_NAME="127.0.0.1")
        browser.cookies.load(cookies)
        answer = browser.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}.")

    return ask


def measure(name, made):
    found = []
    for town in made:
        with inside(town.database):
            town.asks[name]()
            asked = Asked()
            with connection.execute_wrapper(asked):
                town.asks[name]()
            found.append(asked)
    return found
