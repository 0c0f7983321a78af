"""One believable municipality on this machine: services, data, web, worker, clock and mailbox, until Ctrl-C."""

import fcntl
import json
import os
import shlex
import shutil
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal import made_up
from portal.checkout.embedded import ROOT, STATE
from portal.checkout.local import PORT, free_port, keep, kept, migrate
from portal.checkout.supervise import supervise
from portal.home.health import alive, worker_answers

TIME_TO_ANSWER = 60


class Command(BaseCommand):
    help = "Run the demo: everything the portal needs, with made-up people. A second start says where it already runs."

    def add_arguments(self, parser):
        parser.add_argument(
            "--port", type=int, help=f"the web address's port; {PORT} or the next free one when left out"
        )
        parser.add_argument(
            "--check", action="store_true", help="start, wait until every part answers, stop; 0 when all was well"
        )
        parser.add_argument("--empty", action="store_true", help="make no people")
        parser.add_argument("--fresh", action="store_true", help="begin anew: what was done in the demo is thrown away")

    def handle(self, port, check, empty, fresh, **options):
        with alone():
            address = f"http://127.0.0.1:{self.choose_ports(port)}"
            environ = environment(address)
            self.prepare(environ, empty, fresh)
            front = Front(address, check)
            threading.Thread(target=front.watch, daemon=True).start()
            supervise(commands(address), environ, until=lambda: front.done)
        if check and not front.well:
            raise CommandError(f"The demo did not answer within {TIME_TO_ANSWER} seconds: {front.said}")

    def choose_ports(self, wanted):
        port = free_port(wanted or PORT)
        if wanted and port != wanted:
            raise CommandError(f"Port {wanted} is taken on this machine. Choose another with --port.")
        keep("web.port", port)
        keep("mail.port", free_port(int(kept("mail.port", free_port()))))
        return port

    def prepare(self, environ, empty, fresh):
        self.say("Preparing the database and the pages")
        call_command("translations")
        migrate()
        made_up.say_so()
        if fresh:
            call_command("flush", verbosity=0, interactive=False)
            shutil.rmtree(STATE / "mail", ignore_errors=True)
        if not empty and not get_user_model().objects.exists():
            self.say("Filling one municipality with made-up people")
            if subprocess.run([sys.executable, ROOT / "manage.py", "seed"], env=environ, cwd=ROOT).returncode:
                raise CommandError("The made-up people could not be made. The lines above say why.")

    def say(self, line):
        self.stdout.write(f"{line} …")
        self.stdout.flush()


class Front:
    def __init__(self, address, check):
        self.address, self.check = address, check
        self.well, self.done, self.said = False, False, "no worker"

    def watch(self):
        deadline = time.monotonic() + TIME_TO_ANSWER
        while not self.well and time.monotonic() < deadline:
            time.sleep(0.3)
            if alive(worker_answers):
                self.well, self.said = ask(f"{self.address}/healthz")
        if self.well:
            print(
                f"\n  Skolebro is open at {self.address}\n  Ctrl-C closes it; what you did is there next time.\n",
                flush=True,
            )
        self.done = self.check


def ask(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 our own address
            return answer.status == 200, json.load(answer)
    except urllib.error.HTTPError as error:
        return False, error.read().decode(errors="replace")[:500]
    except OSError as error:
        return False, str(error)


def commands(address):
    """Production's commands (docker-compose.yml), smaller and quieter; with threads, since no proxy buffers for
    them."""
    silent = [
        "-W",
        "ignore:You're running the worker with superuser:Warning",
    ]  # a demo in a container often runs as root
    bind, schedule = address.removeprefix("http://"), shlex.quote(str(STATE / "beat"))
    lines = {
        "mailbox": "manage.py mailbox",
        "web": f"-m gunicorn portal.wsgi --preload --bind {bind} -w 2 --threads 2 --log-level warning --no-control-socket",
        "worker": "-m celery -A portal -q worker -Q mail,default,import,planning -c 2 --without-mingle -l warning",
        "beat": f"-m celery -A portal -q beat --pidfile= -l warning --schedule {schedule}",
    }
    return {name: [sys.executable, *silent, *shlex.split(line)] for name, line in lines.items()}


def environment(address):
    """For the child processes: this one's own, at the chosen address. Compiled bytecode halves every start."""
    port = kept("mail.port", 0)
    own = {**os.environ, "SITE_URL": address, "EMAIL_URL": os.environ["EMAIL_URL"]}
    if own["EMAIL_URL"].startswith("smtp://127.0.0.1:"):
        own["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


@contextmanager
def alone():
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(f"The demo is already running at http://127.0.0.1:{kept('web.port', PORT)}") from None
        lock.truncate(0)
        print(os.getpid(), file=lock, flush=True)
        yield
        lock.truncate(0)
