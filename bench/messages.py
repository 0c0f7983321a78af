"""Notices to a mail server, against the same worker handing over prepared messages on reused connections.

Ours is the whole way from the row: claim, ask whether it is still wanted, write the letter, draw both dresses, hand it
over, mark it. The bare rate hands over bytes that were made beforehand, a batch to a connection. Both run as tasks of
one Celery worker process, in turns, so that whatever else the machine does meets both. The sink offers no pipelining, so
both sides wait for the same answers. BENCH_MESSAGES sets how many.
"""

import os
import smtplib
import statistics
import subprocess
import sys
import time

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

COUNT = int(os.environ.get("BENCH_MESSAGES", "20000"))
ROUNDS = 5
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
        return composing.mail_of([letter], person, key="notice-bare", school="", preferences_url=address).wire()


@shared_task(name="bench.bare", ignore_result=True, queue="mail")
def bare():
    sender, receiver, content = prepared()
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT) as server:
        for _number in range(BATCH):
            server.sendmail(sender, [receiver], content)


def run():
    with sink() as port, worker(port):
        people = make_people()
        place = Municipality.objects.create(name="Granvik", number="0000")
        bare.delay()
        arrived(port, BATCH)
        rates, rest = {"bare": [], "ours": []}, COUNT // ROUNDS
        for number in range(ROUNDS):
            rates["bare"].append(rate(port, rest, [bare] * (rest // BATCH)))
            turn = people[number * rest : (number + 1) * rest]
            queue(KINDS["bench.gathering"], [Wanted(*naming(place).values(), person, "") for person in turn])
            rates["ours"].append(rate(port, rest, [send_batch.s("email")] * -(-rest // BATCH)))
        seen, different = counts(port)
    sent = Delivery.objects.filter(state=Delivery.State.SENT).count()
    ratio = statistics.median(mine / limit for mine, limit in zip(rates["ours"], rates["bare"], strict=True))
    return {
        "name": "messages",
        "ours": statistics.median(rates["ours"]),
        "limit": statistics.median(rates["bare"]),
        "ratio": ratio,
        "goal": 0.6,
        "unit": "messages a second",
        "sent": sent,
        "lost": COUNT - (different - 1),
        "twice": seen - (COUNT // BATCH + 1) * BATCH - (different - 1),
    }


def rate(port, count, tasks):
    wanted, start = counts(port)[0] + count, time.monotonic()
    for task in tasks:
        task.delay()
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
    """One worker process, with nothing else to do."""

    def __init__(self, port):
        self.environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{port}", "LOG_LEVEL": "WARNING"}

    def __enter__(self):
        current_app.control.purge()
        line = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--pool", "solo", "-Q", "mail"]
        self.process = subprocess.Popen(
            [
                *line,
                "-I",
                "bench.messages",
                "--without-mingle",
                "--without-gossip",
                "--without-heartbeat",
                "-l",
                "WARNING",
            ],
            cwd=settings.BASE_DIR,
            env=self.environment,
        )

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()
