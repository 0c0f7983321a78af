"""The process in which a stranger's file is read, as `portal.reading` asks. It knows no key and no database."""

import os
import pickle
import resource
import signal
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import PurePath
from secrets import token_urlsafe

import django
from django.conf import settings
from django.utils import translation

APPS = ["django.contrib.auth", "django.contrib.contenttypes", "portal.ledger", "portal.people"]  # for their words


def main():
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # so that nothing a library prints ends up in the answer
        request = pickle.load(sys.stdin.buffer)  # noqa: S301 the portal's own
        _bound(*request["limits"])
        try:
            answers.write(pickle.dumps(_read(request), pickle.HIGHEST_PROTOCOL))
        except (MemoryError, RecursionError, OSError):
            answers.write(pickle.dumps(("too much", None)))
    os._exit(0)  # freeing a million rows one by one would only cost time


def _bound(seconds, memory, answer):
    """Has the kernel kill this process as soon as it takes more; a machine without one of these limits does without
    it."""
    signal.alarm(seconds)
    wanted = {"CPU": seconds, "AS": memory, "FSIZE": answer, "CORE": 0, "NOFILE": 64}
    for name, most in wanted.items():
        with suppress(ValueError, OSError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def _read(request):
    keys = {"SECRET_KEY": token_urlsafe(), "SALT_KEY": [token_urlsafe()], "USE_I18N": True, "INSTALLED_APPS": APPS}
    settings.configure(**keys, **request["settings"])
    django.setup(set_prefix=False)
    translation.activate(request["language"])
    module, name = request["reader"]
    refusals = import_module("portal.actions").Refusal  # there were no settings before this line
    try:
        return "read", getattr(import_module(module), name)(*request["given"])
    except refusals as refusal:
        return "refused", refusal
    except (MemoryError, RecursionError):
        return "too much", None
    except Exception as stumbled:  # where it stumbled is for the log; what it stumbled over is somebody's data
        place = traceback.extract_tb(stumbled.__traceback__)[-1]
        return "stumbled", f"{type(stumbled).__name__} at {PurePath(place.filename).name}:{place.lineno}"


if __name__ == "__main__":
    main()
