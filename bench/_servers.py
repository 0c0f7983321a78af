"""The web server and the worker as an installation runs them, on loopback, stopped by the process that started them."""

import os
import signal
import socket
import subprocess
import sys
import time

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

CSRF = "a" * 32
BARE, BARE_BACKEND = "bare", "django.contrib.auth.backends.ModelBackend"


class server:  # noqa: N801 used as a word
    """Four web processes on two cores, as docker-compose.yml starts them behind the proxy."""

    def __init__(self, application, **environ):
        self.application, self.environ = application, environ

    def __enter__(self):
        self.port = free_port()
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", self.application, "--preload", "--bind", f"127.0.0.1:{self.port}"),
                *("-w", "4", "--log-level", "critical", "--no-control-socket"),
            ],
            cwd=settings.BASE_DIR,
            env={**os.environ, "LOG_LEVEL": "CRITICAL", **self.environ},
        )
        deadline = time.monotonic() + 60
        while not listens(self.port):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise SystemExit(f"{self.application} did not start.")
            time.sleep(0.1)
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait()

    def kill_a_worker(self):
        children = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=True
        ).stdout.split()
        os.kill(int(children[0]), signal.SIGKILL)


class worker:  # noqa: N801 likewise
    """With an eighth of the web's weight, as docker-compose.yml says."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [
                *(
                    "nice",
                    "-n",
                    "9",
                    sys.executable,
                    "-m",
                    "celery",
                    "-A",
                    "portal",
                    "worker",
                    "--pool",
                    "solo",
                    "-Q",
                    "default",
                ),
                *("--without-mingle", "--without-gossip", "--without-heartbeat", "-l", "CRITICAL"),
            ],
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()


def cookies_of(person):
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    cookies = []
    for name, backend in ((settings.SESSION_COOKIE_NAME, settings.AUTHENTICATION_BACKENDS[0]), (BARE, BARE_BACKEND)):
        session[BACKEND_SESSION_KEY] = backend
        session.create()
        cookies.append(f"{name}={session.session_key}")
    return "; ".join([*cookies, f"{settings.CSRF_COOKIE_NAME}={CSRF}"])


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def listens(port):
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
