#!/usr/bin/env python3
"""Django's manage.py, which first makes its own environment when there is none.

`python3 manage.py demo` and `python3 manage.py test` need a Python of 3.11 or newer and nothing else.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"


def ensure_environment():
    """Go on in a Python that has what requirements.lock names; make it when it is missing or stale."""
    python, stamp = VENV / "bin" / "python", VENV / "installed.lock"
    if Path(sys.prefix) != VENV and importlib.util.find_spec("django"):
        return
    if not (stamp.exists() and stamp.read_bytes() == LOCK.read_bytes()):
        print(
            "Making .venv with what requirements.lock names. This takes a minute, the first time only.", file=sys.stderr
        )
        install(python)
        stamp.write_bytes(LOCK.read_bytes())
    if Path(sys.prefix) != VENV:
        os.execv(python, [str(python), *sys.argv])


def install(python):
    uv = shutil.which("uv")
    if not python.exists():
        made = uv and run(uv, "venv", "-q", "--python", sys.executable, VENV)
        if not made and not run(sys.executable, "-m", "venv", VENV):
            sys.exit("Python made no environment. On Debian and Ubuntu: apt install python3-venv, then try again.")
    uv = uv or uv_from_the_lock(python)
    if uv and run(uv, "pip", "sync", "-q", "--python", python, "--require-hashes", LOCK):
        return
    if not run(python, "-m", "pip", "install", "-q", "--no-deps", "--no-compile", "--require-hashes", "-r", LOCK):
        sys.exit("The packages in requirements.lock could not be installed. The lines above say why.")


def uv_from_the_lock(python):
    """One package by pip, which then brings the others in a fifth of pip's time."""
    own = VENV / "bin" / "uv"
    if own.exists():
        return own
    pinned = re.search(r"^uv==(?:.*\\\n)*.*$", LOCK.read_text(), re.M)
    alone = VENV / "uv.lock"
    alone.write_text(pinned[0])
    if run(python, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", alone):
        return own
    return None


def run(*command):
    environ = {**os.environ, "UV_NO_PYTHON_DOWNLOADS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return subprocess.run(command, env=environ).returncode == 0


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 whoever has an older one reads this line and not a traceback
        sys.exit(f"This needs Python 3.11 or newer; this one is {sys.version.split()[0]}.")
    ensure_environment()
    if sys.argv[1:2] == ["test"]:
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[2:]])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

    from django.core.management import execute_from_command_line  # there was no Django before this line

    with services_for(sys.argv[1:]):
        execute_from_command_line(sys.argv)


def services_for(arguments):
    """An installation has its own. One names its SECRET_KEY; where there is none, this is somebody's checkout, and every
    command works at once."""
    if "SECRET_KEY" in os.environ and os.environ.get("DEMO") != "1":
        return nullcontext()
    from portal.checkout import local  # an installation needs nothing of it, and need not have it

    return local.services_for(arguments)


if __name__ == "__main__":
    main()
