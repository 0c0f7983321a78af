"""The demo as a whole: it survives the death of any part, and nothing of it survives its own."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from portal.checkout.embedded import ROOT
from portal.checkout.supervise import GIVE_UP_AFTER, Child

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
PARTS = {
    "web": "gunicorn",
    "worker": "worker",
    "beat": "beat",
    "mailbox": "mailbox",
    "database": "postgres",
    "redis": "valkey",
}


class Demo:
    """A demo with state of its own, as somebody with a fresh clone would start it."""

    def __init__(self, state):
        self.state = state
        ours = {
            "SECRET_KEY",
            "FIELD_KEY",
            "DATABASE_URL",
            "REDIS_URL",
            "EMAIL_URL",
            "SITE_URL",
            "DJANGO_SETTINGS_MODULE",
        }
        self.environ = {name: value for name, value in os.environ.items() if name not in ours and "PYTEST" not in name}
        self.environ["STATE_DIR"] = str(state)
        self.log = state / "log"
        self.process = self.address = None

    def run(self, *arguments, **options):
        return subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environ, **options)

    def start(self):
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo", "--empty"],
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        assert until(lambda: "is open at" in self.said() or self.process.poll() is not None, 90), self.said()
        assert "is open at" in self.said(), self.said()
        self.address = re.search(r"is open at (\S+)", self.said())[1]

    def said(self):
        return self.log.read_text()

    def is_well(self):
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return json.load(answer)["status"] == "ok"
        except (urllib.error.URLError, OSError):
            return False

    def processes(self):
        """Every process that this demo started, however deep: pid -> command line."""
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != os.getpid():
                try:
                    line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    born_with = (folder / "environ").read_bytes()
                except OSError:
                    continue
                if line and (f"STATE_DIR={self.state}".encode() in born_with or self.home in line):
                    found[int(folder.name)] = line
        return found

    @property
    def home(self):
        code = "from portal.checkout.embedded import Services; print(Services.of_the_demo().home)"
        if "_home" not in self.__dict__:
            told = subprocess.run(
                [sys.executable, "-c", code], cwd=ROOT, env=self.environ, capture_output=True, text=True
            )
            self._home = told.stdout.strip()
        return self._home

    def has_replaced(self, before):
        now = self.processes()
        words = [PARTS[name] for name, pid in before.items() if pid not in now]
        return len(words) == len(before) and all(any(word in line for line in now.values()) for word in words)

    def first(self, word):
        return min(pid for pid, line in self.processes().items() if word in line and "manage.py demo" not in line)


def until(truth, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if truth():
            return True
        time.sleep(0.2)
    return False


@pytest.fixture
def demo(tmp_path):
    demo = Demo(tmp_path)
    yield demo
    if demo.process and demo.process.poll() is None:
        demo.process.kill()
        demo.process.wait()
    until(lambda: not demo.processes(), 20)
    shutil.rmtree(demo.home, ignore_errors=True)


@pytest.mark.slow
def test_demo_survives_the_death_of_any_part_and_nothing_survives_its_own(demo):
    demo.start()

    second = demo.run("demo", capture_output=True, text=True)
    assert second.returncode == 1
    assert f"already running at {demo.address}" in second.stderr

    before = {name: demo.first(word) for name, word in PARTS.items()}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    assert until(lambda: demo.has_replaced(before), 40), demo.said()
    assert until(demo.is_well, 60), demo.said()
    assert demo.process.poll() is None

    demo.process.kill()
    demo.process.wait()
    assert until(lambda: not demo.processes(), 20), demo.processes()

    demo.start()
    threading.Thread(target=demo.process.wait, daemon=True).start()
    assert demo.run("stop", capture_output=True, text=True).stdout == "The demo has stopped.\n"
    assert demo.process.wait(20) == 0
    assert until(lambda: not demo.processes(), 20), demo.processes()


def test_tend_gives_up_on_what_dies_again_and_again():
    child = Child("broken", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    child.start()
    child.process.wait()
    child.deaths = [time.monotonic()] * (GIVE_UP_AFTER - 1)

    with pytest.raises(SystemExit, match="broken ended 6 times within a minute"):
        child.tend()
