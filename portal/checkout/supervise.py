"""Keep the demo's processes alive: start them, show their output, restart what dies, stop all of them or none."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress

from portal.checkout.embedded import ROOT, end_with_parent

GIVE_UP_AFTER = 6  # deaths of one process within a minute
LONGEST_PAUSE = 5
TIME_TO_STOP = 15


class Child:
    """A process group of its own, so that whatever the process started ends with it."""

    def __init__(self, name, command, environ):
        self.name, self.command, self.environ = name, [str(part) for part in command], environ
        self.deaths, self.process, self.start_at = [], None, 0

    def start(self):
        self.process = subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=end_with_parent,
        )
        threading.Thread(target=self.show, args=(self.process,), daemon=True).start()

    def show(self, process):
        for line in process.stdout:
            print(f"{self.name:8}| {line}", end="", flush=True)

    def tend(self):
        """Restarts it when it has died, after a growing pause; SystemExit when it dies too often."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
        elif self.process.poll() is not None:
            self.signal_group(signal.SIGKILL)
            self.deaths = [*(death for death in self.deaths if now - death < 60), now]
            if len(self.deaths) >= GIVE_UP_AFTER:
                raise SystemExit(
                    f"{self.name} ended {len(self.deaths)} times within a minute. Its lines above say why."
                )
            pause = min(0.5 * 2 ** (len(self.deaths) - 1), LONGEST_PAUSE)
            print(f"{self.name:8}| ended with {self.process.returncode}; starts again in {pause:g} s", flush=True)
            self.process, self.start_at = None, now + pause

    def signal_group(self, sig):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, sig)

    def stop(self, deadline):
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{self.name:8}| did not stop in time", flush=True)
        self.signal_group(signal.SIGKILL)
        self.process.wait()


def supervise(commands, environ, until=lambda: False):
    """Runs {name: command line} until a signal comes or `until` says so; returns when all have ended."""
    asked_to_stop = threading.Event()
    for sig in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sig, lambda *_: asked_to_stop.set())
    children = [Child(name, command, environ) for name, command in commands.items()]
    try:
        while not asked_to_stop.is_set() and not until():
            for child in children:
                child.tend()
            asked_to_stop.wait(0.2)
    finally:
        running = [child for child in children if child.process]
        for child in running:
            with suppress(ProcessLookupError):
                child.process.terminate()
        deadline = time.monotonic() + TIME_TO_STOP
        for child in running:
            child.stop(deadline)
        sys.stdout.flush()
