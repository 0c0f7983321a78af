"""A first visit to the page of a principle, as Lighthouse sees it on a slow telephone: the median of five.

The page and its files are served as an installation serves them, compressed and with their hashes. `ours` is the mark for
performance, `limit` the best there is. Lighthouse is taken from LIGHTHOUSE or the path, and started with CHROMIUM.
"""

import json
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import date

from django.conf import settings

from bench._servers import server
from portal.people.models import Municipality, School, the_portal
from principles import actions
from principles.demo import HERE
from principles.outline import read_outline

GOAL, LIMIT = 0.95, 100
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ("--quiet", "--only-categories=performance", "--output=json", "--output-path=stdout")


def run():
    lighthouse = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not lighthouse or not CHROMIUM:
        raise SystemExit("This needs Chromium and Lighthouse: npm install -g lighthouse@12.2.3")
    path = published().get_absolute_url()
    with tempfile.TemporaryDirectory() as folder:
        keys = {name: secrets.token_urlsafe(48) for name in ("SECRET_KEY", "FIELD_KEY")}
        environ = {"DEMO": "", "STATIC_DIR": folder, **keys}
        collect = [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v", "0"]
        subprocess.run(collect, cwd=settings.BASE_DIR, env={**os.environ, **environ}, check=True)
        with server("portal.wsgi", **environ) as web:
            told = [judged(lighthouse, f"http://127.0.0.1:{web.port}{path}") for _round in range(ROUNDS)]
    marks = [100 * one["categories"]["performance"]["score"] for one in told]
    ours = statistics.median(marks)
    return {
        "name": "visit",
        "ours": ours,
        "limit": LIMIT,
        "ratio": ours / LIMIT,
        "goal": GOAL,
        "unit": "Lighthouse, performance on a telephone",
        "marks": marks,
        "kilobytes": max(one["audits"]["total-byte-weight"]["numericValue"] for one in told) / 1000,
        "load": os.getloadavg()[0],
        "passed": ours >= GOAL * LIMIT,
    }


def published():
    number = f"U9{Municipality.objects.count():07}"
    school = School.objects.create(
        municipality=Municipality.objects.create(name="Engby", number=number[-4:]),
        name="Skolen ved Engen",
        number=number,
        country="DK",
        language_form="da",
    )
    outline, day = read_outline((HERE / "princip_da.txt").read_text()), date(2024, 8, 20)
    version = actions.draft_principle(school, by=the_portal(), outline=outline)
    decided = {"adopted_on": day, "adopted_by": "Skolebestyrelsen", "effective_from": day}
    actions.publish_version(version, by=the_portal(), **decided)
    return version.principle


def judged(lighthouse, url):
    run = [lighthouse, url, *FLAGS, "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    environ = {**os.environ, "CHROME_PATH": CHROMIUM}
    done = subprocess.run(run, env=environ, check=True, capture_output=True, text=True, timeout=300)
    return json.loads(done.stdout)
