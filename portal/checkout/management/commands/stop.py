"""Stop the demo of this checkout, wherever it was started from."""

import fcntl
import os
import signal
import time

from django.core.management.base import BaseCommand, CommandError

from portal.checkout.embedded import STATE, got

TIME_TO_STOP = 45


class Command(BaseCommand):
    help = "Stop the demo, if it runs, and wait until it has ended."
    requires_system_checks = ()

    def handle(self, **options):
        STATE.mkdir(parents=True, exist_ok=True)
        with (STATE / "demo.lock").open("a+") as lock:
            if got(lock, fcntl.LOCK_EX):
                self.stdout.write("The demo is not running.")
                return
            lock.seek(0)
            pid = int(lock.read())
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + TIME_TO_STOP
            while not got(lock, fcntl.LOCK_EX):
                if time.monotonic() > deadline:
                    raise CommandError(f"The demo did not stop within {TIME_TO_STOP} seconds. Its process is {pid}.")
                time.sleep(0.2)
        self.stdout.write("The demo has stopped.")
