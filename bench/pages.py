"""The pages with many rows, against a bare Django page that reads and writes the same rows.

The booking page, the teacher's day and the school's grid, with 30 rows and with 300. Measured are requests a second
through web processes as an installation runs them, alternating with the bare page in the same run; and the queries of
one request, in this process, those for the session and the person included. For the pages of the other rooms the
queries are counted at a school with 3 rows and at one with 300, and must be as many at both. Beside them stand the
seconds of one request at the larger school, and its kilobytes, compressed.
"""

import asyncio
import gzip
import os
import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench._http import Client
from bench._rooms import rooms
from bench._servers import cookies_of, server
from bench.rush import LONG_AGO, make_school, people, write_all
from conferences.models import Booking, Conference, ConferenceSlot
from portal.people.models import Role, the_portal

SIZES, AT_ONCE, GOAL, MOST_QUERIES = (30, 300), 4, 0.65, 8
FEW_AND_MANY, MOST_OF_A_ROOM = (3, 300), 12
MOST_OF = dict.fromkeys((f"{whose} first page" for whose in ("a guardian's", "a principal's", "a class contact's")), 20)
MOST_OF["the principal's map of classes"] = 26  # with the figures of both half-years
MOST_OF["the page of a class"] = 32  # one for each wing
MOST_KILOBYTES = 500
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "16"))
SECONDS = 0.75  # a turn: short, so that a slow spell of the machine hits both


@dataclass(frozen=True)
class Page:
    name: str
    ours: str
    bare: str
    cookies: str


def run():
    pages = [page for size in SIZES for page in pages_of(size)]
    queries = {page.name: queries_of(page) for page in pages}
    of_rooms = weights_of_rooms()
    with server("portal.wsgi") as web, server("bench._bare_wsgi") as limit:
        measured = {page.name: against(web.port, limit.port, page) for page in pages}
    worst = min(measured, key=lambda name: measured[name]["ratio"])
    return {
        "name": "pages",
        **measured[worst],
        "goal": GOAL,
        "unit": "requests a second",
        "worst": worst,
        "pages": measured,
        "queries": queries,
        "most_queries": max(queries.values()),
        "rooms": of_rooms,
        "load": os.getloadavg()[0],
        "passed": measured[worst]["ratio"] >= GOAL
        and max(queries.values()) <= MOST_QUERIES
        and all(one["few"] == one["many"] <= one["most"] for one in of_rooms.values())
        and all(one["kilobytes"] <= MOST_KILOBYTES for one in of_rooms.values()),
    }


def weights_of_rooms():
    """{page: its queries with few rows and with many, the most allowed, and what it weighs with many}."""
    few, many = (
        {name: Page(name, where, "", cookies) for name, where, cookies in rooms(size)} for size in FEW_AND_MANY
    )
    return {
        name: {
            "few": queries_of(few[name]),
            "many": queries_of(page),
            "most": MOST_OF.get(name, MOST_OF_A_ROOM),
            **weight_of(page),
        }
        for name, page in many.items()
    }


def pages_of(size):
    round, runners = make_school(families=2, many=1, times=size, minutes=1, gap=0)
    teacher = round.slots.first().teacher_id
    yield Page(f"booking {size}", link("family_book", round.pk), f"/slots/{teacher}/", runners[0][2])
    round, _runners = make_school(families=size, many=1, times=size, minutes=1, gap=0)
    teacher = book_all(round)
    day = round.slots.first().starts_at.date().isoformat()
    yield Page(f"day {size}", link("teacher_day", day), f"/talks/{teacher.pk}/", cookies_of(teacher))
    round, _runners = make_school(families=size, many=10, times=size // 10, minutes=10, gap=5)
    book_all(round)
    principal = principal_of(round.school)
    yield Page(f"grid {size}", link("round_grid", round.pk), f"/grid/{round.pk}/", cookies_of(principal))


def link(name, *args):
    return reverse(f"conferences:{name}", args=args)


def book_all(round):
    free = {}
    for slot in ConferenceSlot.objects.filter(round=round).select_related("teacher"):
        free.setdefault(slot.teacher, []).append(slot)
    talks = Conference.objects.filter(round=round).order_by("pk")
    pairs = [(talk, free[talk.teacher].pop(0)) for talk in talks.select_related("teacher")]
    Booking.objects.bulk_create(
        [
            Booking(conference=talk, slot=slot, starts_at=slot.starts_at, ends_at=slot.ends_at, booked_by=the_portal())
            for talk, slot in pairs
        ]
    )
    return pairs[0][0].teacher


def principal_of(school):
    (person,) = people("Rektor", 1)
    own = {"kind": "principal", "school": school, "state": "confirmed", "valid_from": LONG_AGO}
    write_all([Role(person=person, confirmed_by=the_portal(), **own)])
    return person


def queries_of(page):
    browser = browser_of(page)
    with CaptureQueriesContext(connection) as found:
        browser.get(page.ours)
    return len(found)


def weight_of(page):
    browser, began = browser_of(page), time.monotonic()
    content = browser.get(page.ours).content
    return {"seconds": round(time.monotonic() - began, 3), "kilobytes": len(gzip.compress(content)) // 1000}


def browser_of(page):
    """Which has been there once before."""
    browser = Browser(SERVER_NAME="127.0.0.1")
    browser.cookies.load(page.cookies)
    answer = browser.get(page.ours)
    if answer.status_code != 200:
        raise SystemExit(f"{page.name} answered {answer.status_code}.")
    return browser


def against(web, limit, page):
    """Requests a second, ours and the limit's, and the ratio: each the median of several rounds."""
    asyncio.run(ask(web, page.ours, page.cookies, 1)), asyncio.run(ask(limit, page.bare, page.cookies, 1))
    both = [
        (asyncio.run(ask(web, page.ours, page.cookies)), asyncio.run(ask(limit, page.bare, page.cookies)))
        for _round in range(ROUNDS)
    ]
    return {
        "ours": statistics.median(ours for ours, _bare in both),
        "limit": statistics.median(bare for _ours, bare in both),
        "ratio": statistics.median(ours / bare for ours, bare in both),
    }


async def ask(port, path, cookies, seconds=SECONDS):
    """Requests a second, four at a time."""
    began = time.monotonic()

    async def lane():
        client, answered = Client(port), 0
        while time.monotonic() - began < seconds:
            status, _body = await client.get(path, cookies)
            if status != 200:
                raise SystemExit(f"{path} answered {status}.")
            answered += 1
        client.close()
        return answered

    return sum(await asyncio.gather(*(lane() for _lane in range(AT_ONCE)))) / (time.monotonic() - began)
