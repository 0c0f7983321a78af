#!/usr/bin/env python3
"""Django's manage.py, which first makes its own environment when there is none.

`python3 manage.py demo` and `python3 manage.py test` need a Python of 3.11 or newer and nothing else.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
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
    environ = {**os.environ, "UV_NO_PYTHON_DOWNLOADS": "1"}
    if not python.exists():
        made = uv and subprocess.run([uv, "venv", "-q", "--python", sys.executable, VENV], env=environ).returncode == 0
        if not made and subprocess.run([sys.executable, "-m", "venv", VENV]).returncode != 0:
            sys.exit("Python made no environment. On Debian and Ubuntu: apt install python3-venv, then try again.")
    with_uv = [uv, "pip", "sync", "-q", "--python", python, "--require-hashes", LOCK]
    if uv and subprocess.run(with_uv, env=environ).returncode == 0:
        return
    with_pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", LOCK]
    if subprocess.run(with_pip).returncode != 0:
        sys.exit("The packages in requirements.lock could not be installed. The lines above say why.")


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 whoever has an older one reads this line and not a traceback
        sys.exit(f"This needs Python 3.11 or newer; this one is {sys.version.split()[0]}.")
    ensure_environment()
    if sys.argv[1:2] == ["test"]:
        os.chdir(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[2:]])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

    from django.core.management import execute_from_command_line  # there was no Django before this line

    from portal import local

    with local.services_for(sys.argv[1:]):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
