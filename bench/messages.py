"""Notices to a mail server, against the same worker handing over prepared messages on reused connections.

Ours is the whole way from the row: claim, check that it is still wanted, write the letter, render both bodies, hand it
over, mark it; by one worker and by two. The bare rate hands over bytes made beforehand, one batch to a connection. All
run as tasks of single-process Celery workers, taking turns, so that other load on the machine hits each alike. The sink
offers no pipelining, so both sides wait for the same answers. BENCH_MESSAGES sets how many.
"""

import os
import smtplib
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from itertools import islice

from celery import current_app, shared_task
from django.conf import settings
from django.utils import translation

from portal.messaging import composing
from portal.messaging.kinds import KINDS, Kind
from portal.messaging.letters import Button, Letter
from portal.messaging.models import Delivery, naming
from portal.messaging.queueing import Wanted, queue
from portal.messaging.sending import BATCH
from portal.messaging.tasks import send_batch
from portal.people.models import Municipality, Person

ROUNDS = 5
WORKERS = ("mail", "second")  # each listens to a queue of its own
PAIR = 2 * BATCH  # so that two workers have equal shares
TURN = max(int(os.environ.get("BENCH_MESSAGES", "24000")) // (2 * ROUNDS) // PAIR, 1) * PAIR
COUNT = 2 * ROUNDS * TURN
GOAL, GAIN = 0.35, 1.6
PATIENCE = 900


def invitation(place):
    return Letter(
        subject=f"Kommer dere på bålkveld i {place}?",
        lines=["Hei! Vi fyrer opp ved vannet og griller pinnebrød. Hele familien er velkommen."],
        facts=[("Når", "lørdag 21. november kl. 16.00"), ("Hvor", "Gapahuken ved vannet")],
        buttons=[
            Button("Ja, vi kommer", f"{settings.SITE_URL}/g/1/"),
            Button("Vi kan ikke", f"{settings.SITE_URL}/g/2/"),
        ],
        sender="Jurgita Petrauskaitė\nklassekontakt i 3B",
    )


def write(notice):
    return invitation(notice.subject.name)


if "bench.gathering" not in KINDS:
    KINDS["bench.gathering"] = Kind("bench.gathering", write, "invitations", urgent=True)


def prepared():
    letter = invitation("Granvik")
    person = Person(given_name="Åse", family_name="Vik", email="ase@example.org")
    address = f"{settings.SITE_URL}/messages/choices/1.abcdefghijklmnopqrst/"
    with translation.override("nb"):
        return composing.mail_of([letter], person, key="notice-bare", school="", preferences_url=address)


@shared_task(name="bench.bare", ignore_result=True)
def bare():
    mail = prepared()
    sender, content = mail.from_email, mail.written
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        for _number in range(BATCH):
            server.sendmail(sender, mail.to, content)


def run():
    with ExitStack() as running:
        port = running.enter_context(sink())
        current_app.control.purge()
        for name in WORKERS:
            running.enter_context(worker(port, name))
        people = iter(make_people())
        place = Municipality.objects.create(name="Granvik", number="0000")
        rate(port, PAIR, bare.s(), WORKERS)
        rates = {"bare": [], "one": [], "two": []}
        for _round in range(ROUNDS):
            rates["bare"].append(rate(port, TURN, bare.s(), WORKERS[:1]))
            for name, workers in (("one", WORKERS[:1]), ("two", WORKERS)):
                wanted = [Wanted(*naming(place).values(), person, "") for person in islice(people, TURN)]
                queue(KINDS["bench.gathering"], wanted)
                rates[name].append(rate(port, TURN, send_batch.s("email"), workers))
        seen, different = counts(port)
    ratio, gain = ratio_of(rates, "one", "bare"), ratio_of(rates, "two", "one")
    lost, twice = COUNT - (different - 1), seen - (PAIR + ROUNDS * TURN) - (different - 1)
    return {
        "name": "messages",
        "ours": statistics.median(rates["one"]),
        "limit": statistics.median(rates["bare"]),
        "ratio": ratio,
        "goal": GOAL,
        "two_workers": statistics.median(rates["two"]),
        "gain": gain,
        "gain_goal": GAIN,
        "unit": "messages a second",
        "sent": Delivery.objects.filter(state=Delivery.State.SENT).count(),
        "lost": lost,
        "twice": twice,
        "passed": ratio >= GOAL and gain >= GAIN and not lost and not twice,
    }


def ratio_of(rates, ours, others):
    return statistics.median(mine / limit for mine, limit in zip(rates[ours], rates[others], strict=True))


def rate(port, count, task, workers):
    wanted, start = counts(port)[0] + count, time.monotonic()
    for number in range(count // BATCH):
        task.clone().set(queue=workers[number % len(workers)]).delay()
    arrived(port, wanted)
    return count / (time.monotonic() - start)


def make_people():
    return Person.objects.bulk_create(
        [
            Person(given_name=f"Åse {number}", family_name="Vik", email=f"p{number}@example.org", password="!")  # noqa: S106
            for number in range(COUNT)
        ],
        batch_size=2000,
    )


def arrived(port, wanted):
    deadline = time.monotonic() + PATIENCE
    while counts(port)[0] < wanted:
        if time.monotonic() > deadline:
            raise SystemExit(f"After {PATIENCE} seconds only {counts(port)[0]} of {wanted} messages have arrived.")
        time.sleep(0.05)


def counts(port):
    with smtplib.SMTP("127.0.0.1", port) as server:
        _code, answer = server.docmd("EXPN")
    seen, different = answer.split()
    return int(seen), int(different)


class sink:  # noqa: N801 used as a word
    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, settings.BASE_DIR / "bench" / "_sink.py"], stdout=subprocess.PIPE, text=True
        )
        return int(self.process.stdout.readline())

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()


class worker:  # noqa: N801 likewise
    def __init__(self, port, name):
        self.environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}", "LOG_LEVEL": "WARNING"}
        self.options = ["-Q", name, "-n", name, "-I", "bench.messages", "-l", "WARNING"]
        self.options += ["--without-mingle", "--without-gossip", "--without-heartbeat"]

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "portal", "worker", "--pool", "solo", *self.options],
            cwd=settings.BASE_DIR,
            env=self.environment,
        )

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()
