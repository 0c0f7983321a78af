"""docker-compose.yml and the Dockerfile say what the code does: commands, queues, variables, health checks."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from portal.checkout.embedded import ROOT
from portal.checkout.local import free_port
from tests.laws.test_settings import PRODUCTION, REQUIRED, example, names_in_the_example

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("setup", "web", "worker", "beat")


def words(name):
    return shlex.split(SERVICES[name]["command"])


def test_every_part_of_production_is_there():
    assert set(SERVICES) == {*OURS, "db", "redis", "mail"}


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
def test_compose_is_valid():
    names = ("SECRET_KEY", "FIELD_KEY", "SITE_URL", "EMAIL_URL")
    keys = {**dict.fromkeys(names, "one"), "PATH": os.environ["PATH"]}
    run = subprocess.run(["docker-compose", "config", "-q"], cwd=ROOT, env=keys, capture_output=True, text=True)

    assert run.returncode == 0, run.stderr


def test_variables_are_those_that_the_settings_read():
    for name in OURS:
        given = set(SERVICES[name]["environment"])
        assert REQUIRED <= given <= names_in_the_example(), name


def test_servers_are_those_that_the_variables_name():
    environ = SERVICES["web"]["environment"]

    assert environ["DATABASE_URL"] == "postgres://{POSTGRES_USER}:{POSTGRES_PASSWORD}@db:5432/{POSTGRES_DB}".format(
        **SERVICES["db"]["environment"]
    )
    assert environ["REDIS_URL"] == "redis://redis:6379/0"
    assert example()["EMAIL_URL"] == "smtp://mail:1025"


def test_what_an_installation_says_of_itself_comes_from_its_own_file():
    for name in ("SECRET_KEY", "FIELD_KEY", "SITE_URL", "EMAIL_URL"):
        assert SERVICES["web"]["environment"][name].startswith(f"${{{name}:?"), name


def test_images_have_exact_versions():
    images = [service["image"] for service in SERVICES.values() if service["image"] != "skolebro"]
    images += re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.M)

    assert len(images) == 4
    assert [image for image in images if not re.fullmatch(r"[a-z/]+:v?\d+\.\d+(\.\d+)?(-[a-z-]+)?", image)] == []


def test_worker_takes_every_queue_that_tasks_are_sent_to():
    queues = set(words("worker")[words("worker").index("--queues") + 1].split(","))

    assert queues == {settings.CELERY_TASK_DEFAULT_QUEUE, *(to["queue"] for to in settings.CELERY_TASK_ROUTES.values())}


def test_health_checks_ask_what_exists():
    web = SERVICES["web"]["healthcheck"]["test"][-1]

    assert f"http://localhost:8000{reverse('healthz')}?part=database'" in web
    assert "localhost" in settings.ALLOWED_HOSTS
    assert all("healthcheck" in SERVICES[name] for name in ("web", "worker", "beat", "db", "redis"))
    assert words("beat")[words("beat").index("--schedule") + 1] == "/tmp/beat"
    assert "/tmp/beat*" in SERVICES["beat"]["healthcheck"]["test"][-1]


def test_nothing_starts_before_what_it_needs():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["setup"] == {"condition": "service_completed_successfully"}
    assert SERVICES["setup"]["depends_on"]["db"] == {"condition": "service_healthy"}


def test_image_copies_what_exists_and_starts_what_compose_starts():
    lines = (ROOT / "Dockerfile").read_text()

    assert all((ROOT / source).exists() for source in re.findall(r"^COPY (\S+)", lines, re.M))
    assert re.search(r"^CMD (\[.*\])$", lines, re.M)[1] == str(words("web")).replace("'", '"')
    assert set(re.findall(r"([A-Z_]+)=", re.search(r"RUN export (.*?)\\", lines)[1])) == REQUIRED
    assert set(re.findall(r"([A-Z_]+)=/", lines)) <= names_in_the_example()


@pytest.mark.slow
def test_productions_own_commands_answer(tmp_path):
    """Web and worker as composed, over https behind a proxy, on this run's servers."""
    address = f"127.0.0.1:{free_port()}"
    environ = {
        **{name: str(value) for name, value in SERVICES["web"]["environment"].items() if "$" not in str(value)},
        "PATH": os.environ["PATH"],
        **{name: PRODUCTION[name] for name in ("SECRET_KEY", "FIELD_KEY", "EMAIL_URL")},
        "SITE_URL": "https://skolebro.example.no",
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "REDIS_URL": settings.REDIS_URL,
        "STATE_DIR": str(tmp_path),
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], cwd=ROOT, env=environ, check=True
    )
    lines = {name: SERVICES[name]["command"].replace("0.0.0.0:8000", address) for name in ("web", "worker")}
    running = [
        subprocess.Popen([sys.executable, "-m", *shlex.split(line)], cwd=ROOT, env=environ) for line in lines.values()
    ]
    try:
        assert eventually(lambda: status(f"http://{address}/healthz?part=database&part=cache&part=worker") == 200)
        assert status(f"http://{address}/healthz?part=database") == 200
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)


def status(url):
    with suppress(urllib.error.URLError, OSError):
        return urllib.request.urlopen(url, timeout=5).status


def eventually(truth, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if truth():
            return True
        time.sleep(0.3)
    return False
