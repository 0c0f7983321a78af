"""Read a stranger's file in a process of its own, or say why not.

A file can be made so that reading it takes all the memory there is, or never ends. So it is read in a fresh
interpreter, which the kernel kills when it takes more than a file of its kind needs. It is given the file and nothing
else: no key, no database, no environment that names them. What comes back is data, and is unpickled as such.
"""

import logging
import os
import pickle
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal.actions import Refusal

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1024 * 1024
CARRIED = ("LANGUAGE_CODE", "LOCALE_PATHS", "TIME_ZONE", "USE_TZ", "FORMAT_MODULE_PATH", "AUTH_USER_MODEL")
CARRIED += ("DEFAULT_AUTO_FIELD", "STANDING_DAYS")
PLAIN = {
    ("datetime", "date"),
    ("builtins", "set"),
    ("builtins", "frozenset"),
    ("builtins", "list"),
    ("collections", "Counter"),
    ("collections", "defaultdict"),
    ("collections", "OrderedDict"),
}


@dataclass(frozen=True)
class Limits:
    """Seconds of wall-clock time, bytes of memory, bytes of the answer."""

    seconds: int
    memory: int
    answer: int


def read(reader, *given, limits, refusal):
    """What `reader(*given)` returns, or its Refusal. When it takes more than `limits`, or fails, it is refused as
    `refusal`, in words. The reader is a module-level function that returns plain values and classes of its own
    package."""
    carried = {name: getattr(settings, name) for name in CARRIED}
    request = {
        "reader": (reader.__module__, reader.__name__),
        "given": given,
        "language": translation.get_language() or settings.LANGUAGE_CODE,
        "settings": carried | {"LANGUAGES": [(code, str(name)) for code, name in settings.LANGUAGES]},
        "limits": (limits.seconds, limits.memory, limits.answer),
    }
    with TemporaryFile() as asked, TemporaryFile() as answered:
        pickle.dump(request, asked)
        asked.seek(0)
        ended = _run(asked, answered, limits.seconds)
        answered.seek(0)
        kind, value = _answer(answered, reader.__module__.rpartition(".")[0] or reader.__module__)
    if kind == "read":
        return value
    if kind == "refused":
        raise value
    if kind == "stumbled":
        logger.error("%s stumbled over a file: %s", reader.__name__, value)
        raise refusal(_("This file could not be read. Save it again in the program that it comes from, and try again."))
    logger.warning("%s was ended over a file: %s", reader.__name__, ended)
    raise refusal(
        _("It takes more time or memory to read this file than such a file should need. Send a smaller or simpler one.")
    )


def _run(asked, answered, seconds):
    process = subprocess.Popen(
        [sys.executable, "-s", "-W", "ignore", "-m", "portal.reader"],
        cwd=ROOT,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        stdin=asked,
        stdout=answered,
        stderr=subprocess.DEVNULL,
    )
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    return process.wait()


def _answer(answered, package):
    """The child's last word; "too much" when it was killed in the middle of one."""
    try:
        kind, value = _Plain(answered, package).load()
    except (EOFError, pickle.UnpicklingError, AttributeError, ValueError, TypeError) as cut:
        if not isinstance(cut, EOFError):
            logger.warning("The answer of a reader was not whole: %s", type(cut).__name__)
        return "too much", None
    if kind == "refused" and not isinstance(value, Refusal):
        return "too much", None
    return kind, value


class _Plain(pickle.Unpickler):
    """Creates only dates, sets and what the reader's own package defines; it calls nothing else."""

    def __init__(self, file, package):
        super().__init__(file)
        self.package = package

    def find_class(self, module, name):
        if (module, name) in PLAIN:
            return getattr(import_module(module), name)
        if module == self.package or module.startswith(f"{self.package}."):
            found = getattr(import_module(module), name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data")
