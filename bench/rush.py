"""Everybody books at once: 600 families race for 400 slots through the real booking page.

Sixteen at a time, each with a session and a CSRF token, at most twelve tries at random slots of their own child's
teacher. It is the whole path: page, rule, constraints, ledger event, and a worker beside it that writes the notices.
The limit is measured in the same run: a bare Django view with a session, SELECT FOR UPDATE and an insert on the same
database. `--chaos` kills a web process and the database's connections half-way. Both sides are warmed up before the
clock starts, as any running server is. BENCH_ROUNDS says how often both are measured.
"""

import asyncio
import os
import random
import statistics
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bench._http import Client
from bench._servers import CSRF, cookies_of, server, worker
from conferences.models import Booking, Conference, ConferenceRound, ConferenceSlot, Hold
from portal.actions import action
from portal.ledger.models import Event
from portal.people.models import (
    Enrolment,
    GuardianRelation,
    Household,
    Municipality,
    Person,
    Role,
    School,
    SchoolClass,
    SchoolYear,
    the_portal,
)
from portal.people.rules import only_the_portal

FAMILIES, CLASSES, SLOTS, AT_ONCE, TRIES = 600, 20, 20, 16, 12
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
_numbers = count(1)
LONG_AGO = datetime(2020, 8, 1).date()  # noqa: DTZ001


def run(*, chaos=False):
    race = Race()
    outcomes, checked = {"ours": [], "bare": []}, Counter(double_bookings=0, lost=0)
    for number in range(1 if chaos else ROUNDS):
        if not chaos:
            with server("bench._bare_wsgi") as web:
                outcomes["bare"].append(race.run(web.port, bare, number))
                race.forget()
        with server("portal.wsgi") as web, worker():
            outcomes["ours"].append(race.run(web.port, ours, number, breaker(web) if chaos else None))
            checked.update(race.check(outcomes["ours"][-1]))
            race.forget()
    return report(outcomes, checked, chaos)


def report(outcomes, checked, chaos):
    ours = outcomes["ours"]
    rates = {side: [one.rate for one in found] for side, found in outcomes.items()}
    waits = sorted(wait for one in ours for wait in one.waits)
    p50, p99 = waits[len(waits) // 2], waits[len(waits) * 99 // 100]
    codes = sum((one.codes for one in ours), Counter())
    result = {
        "name": "rush --chaos" if chaos else "rush",
        "ours": statistics.median(rates["ours"]),
        "limit": statistics.median(rates["bare"]) if rates["bare"] else 0.0,
        "ratio": statistics.median(a / b for a, b in zip(rates["ours"], rates["bare"], strict=True))
        if rates["bare"]
        else 1.0,
        "goal": 0.7,
        "unit": "requests a second",
        "p50_ms": p50 * 1000,
        "p99_ms": p99 * 1000,
        "p99_to_p50": p99 / p50,
        "codes": dict(codes),
        "load": os.getloadavg()[0],
        "slots": CLASSES * SLOTS,
        "booked": [one.booked for one in ours],
        **checked,
    }
    result["passed"] = (
        not result["double_bookings"]
        and not result["lost"]
        and (chaos or (result["ratio"] >= 0.7 and result["p99_to_p50"] <= 3 and not any(c >= 500 for c in codes)))
    )
    return result


class Outcome:
    def __init__(self):
        self.codes, self.waits, self.told, self.seconds = Counter(), [], {}, 0.0

    @property
    def rate(self):
        return len(self.waits) / self.seconds

    @property
    def booked(self):
        return len(self.told)


class Race:
    def __init__(self):
        self.round, self.runners = make_school()

    def run(self, port, way, seed, trouble=None):
        outcome = Outcome()
        asyncio.run(self._warm(port, way))
        self.forget()
        asyncio.run(self._run(port, way, outcome, random.Random(seed), trouble))  # noqa: S311 not a secret
        connection.close()  # it may be among the broken ones
        return outcome

    async def _run(self, port, way, outcome, chance, trouble):
        waiting = list(self.runners)
        chance.shuffle(waiting)
        began = time.monotonic()
        lanes = [self._lane(port, way, outcome, chance, waiting) for _lane in range(AT_ONCE)]
        await asyncio.gather(*lanes, *([trouble(outcome)] if trouble else []))
        outcome.seconds = time.monotonic() - began

    async def _warm(self, port, way):
        """Every thread of both processes has shown the page, booked and refused a taken time before the race."""

        async def lane(number):
            client = Client(port)
            for conference, slots, cookies in self.runners[number : number + 2 * CLASSES : CLASSES]:
                await client.get(
                    reverse("conferences:family_book", args=[self.round.pk]) if way is ours else "/slots/1/", cookies
                )
                await way(client, self.round, conference, slots[0], cookies)
            client.close()

        await asyncio.gather(*(lane(number) for number in range(AT_ONCE)))

    async def _lane(self, port, way, outcome, chance, waiting):
        while waiting:
            client = Client(port)  # each family comes with a browser of its own
            conference, slots, cookies = waiting.pop()
            for slot in chance.sample(slots, min(TRIES, len(slots))):
                at = time.monotonic()
                status, _body = await way(client, self.round, conference, slot, cookies)
                outcome.waits.append(time.monotonic() - at)
                outcome.codes[status] += 1
                if status in (200, 204, 302):
                    outcome.told[conference] = slot
                    break
            client.close()

    def check(self, outcome):
        """The database agrees with what the clients were told: no slot twice, no booking lost, an event and a hold for
        each."""
        booked = dict(Booking.objects.values_list("conference", "slot"))
        events = set(Event.objects.filter(verb="conferences.time_booked").values_list("subject_id", flat=True))
        deadline = time.monotonic() + 120
        while Event.objects.unpublished().exists() and time.monotonic() < deadline:
            time.sleep(0.2)
        return {
            "double_bookings": len(booked) - len(set(booked.values())),
            "lost": sum(booked.get(conference) != slot for conference, slot in outcome.told.items()),
            "unknown": len(set(booked) - set(outcome.told)),
            "without_event": sum(str(conference) not in events for conference in booked),
            "without_hold": len(booked) - Hold.objects.filter(pupil__isnull=False).count(),
            "unheard": Event.objects.unpublished().count(),
        }

    def forget(self):
        Booking.objects.all().delete()
        Event.objects.all().delete()


async def ours(client, round, conference, slot, cookies):
    fields = {"conference": conference, "slot": slot, "csrfmiddlewaretoken": CSRF}
    return await client.post(reverse("conferences:family_book", args=[round.pk]), fields, cookies, HX_Request="true")


async def bare(client, round, conference, slot, cookies):
    fields = {"conference": conference, "slot": slot, "csrfmiddlewaretoken": CSRF}
    return await client.post(f"/book/{round.pk}/", fields, cookies)


def breaker(web):
    """Half-way, a web process is killed; a little later, every connection to the database."""

    async def trouble(outcome):
        while len(outcome.waits) < 300:
            await asyncio.sleep(0.01)
        web.kill_a_worker()
        while len(outcome.waits) < 900:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(end_connections)

    return trouble


def end_connections():
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    finally:
        connection.close()


@action(may=only_the_portal, records="bench.row_written")
def write(portal, rows, *, by):
    """Write rows that give rights, all at once."""
    return type(rows[0]).objects.bulk_create(rows)


def make_school(families=FAMILIES, many=CLASSES, times=SLOTS, minutes=20, gap=5):
    """Returns (round, runners): so many families and classes, so many times per teacher."""
    town = Municipality.objects.create(name="Granvik", number=f"{next(_numbers):04}")
    school = School.objects.create(
        municipality=town, name="Rushby", number=f"U9{next(_numbers):07}", country="NO", language_form="nb"
    )
    today = school.today()
    year = SchoolYear.objects.create(
        school=school, starts_on=today - timedelta(days=100), ends_on=today + timedelta(days=200)
    )
    classes = SchoolClass.objects.bulk_create(
        [SchoolClass(year=year, school=school, name=f"C{number}", grades=[1]) for number in range(many)]
    )
    teachers = people("Lærer", many)
    write_all(
        [
            Role(
                person=teacher,
                kind="contact_teacher",
                school_class=own,
                state="confirmed",
                valid_from=LONG_AGO,
                confirmed_by=the_portal(),
            )
            for teacher, own in zip(teachers, classes, strict=True)
        ]
    )
    homes = Household.objects.bulk_create([Household() for _number in range(families)])
    children, adults = people("Barn", families), people("Foresatt", families, homes)
    Enrolment.objects.bulk_create(
        [
            Enrolment(pupil=child, school_class=classes[n % many], valid_from=LONG_AGO)
            for n, child in enumerate(children)
        ]
    )
    write_all(
        [
            GuardianRelation(
                guardian=adult,
                pupil=child,
                kind="guardian",
                legal_authority=True,
                information_right=True,
                state="confirmed",
                valid_from=LONG_AGO,
                confirmed_by=the_portal(),
                confirmed_at=timezone.now(),
            )
            for adult, child in zip(adults, children, strict=True)
        ]
    )
    return make_round(school, classes, teachers, children, adults, times, minutes, gap)


def make_round(school, classes, teachers, children, adults, times, minutes, gap):
    many = len(classes)
    now = timezone.now()
    made = ConferenceRound.objects.create(
        school=school, title="Rush", minutes=20, gap_minutes=gap, notice_days=14, plan_days=7, invite_on=school.today(),
        plans_on=school.today(), opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=10),
        state="published", published_at=now, made_by=the_portal(),
    )  # fmt: skip
    made.classes.set(classes)
    first = datetime.combine(school.today() + timedelta(days=15), datetime.min.time(), tzinfo=UTC) + timedelta(hours=8)
    slots = ConferenceSlot.objects.bulk_create(
        [
            ConferenceSlot(
                round=made,
                teacher=teacher,
                starts_at=first + timedelta(minutes=(minutes + gap) * n),
                ends_at=first + timedelta(minutes=(minutes + gap) * n + minutes),
            )
            for teacher in teachers
            for n in range(times)
        ]
    )
    own = {teacher.pk: [slot.pk for slot in slots if slot.teacher_id == teacher.pk] for teacher in teachers}
    conferences = Conference.objects.bulk_create(
        [
            Conference(round=made, pupil=child, teacher=teachers[n % many], school_class=classes[n % many])
            for n, child in enumerate(children)
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does within the minute
    runners = [
        (conference.pk, own[conference.teacher_id], cookies_of(adult))
        for conference, adult in zip(conferences, adults, strict=True)
    ]
    return made, runners


def people(name, count, homes=None):
    return Person.objects.bulk_create(
        [
            Person(
                given_name=f"{name} {number}",
                family_name="Vik",
                email=f"person{next(_numbers)}@example.org",
                password="!",  # noqa: S106
                household=homes[number] if homes else None,
            )
            for number in range(count)
        ]
    )


def write_all(rows):
    write(the_portal(), rows, by=the_portal())
