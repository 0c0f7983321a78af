"""A log that names nobody: no token, no address, no key of a person, and nothing that somebody typed.

An error's message can be a form's content or a row's, so only its places in the code and its kind are logged, and for
the database its code and the constraint. A refused page (403, 404 and the like) is no error and has no places.
"""

import logging
import re
import traceback
from copy import copy

SECRETS = re.compile(
    r"(?P<token>[\w+]{1,13}\.(?=[\w-]*[A-Z0-9])[\w-]{20}(?![\w-]))"  # of a personal link, however spelled
    r"|(?P<address>[^\s<>\"'()=,;:]+@[^\s<>\"'(),;:]+)"
    r"|(?P<key>(?<=/)[\w-]{6,}[-:][\w:=-]{16,}(?=/))"  # what a library puts into a path to be clicked on
    r"|(?P<number>(?<!\d)\d{6}[ -]?\d{4,5}(?!\d))"  # of a person, in Norway or in Denmark
)
SPEAKS = ("OperationalError", "ConnectionError", "TimeoutError", "ImproperlyConfigured")  # of servers, not of people


class Formatter(logging.Formatter):
    def __init__(self, line="%(asctime)s %(levelname)s %(name)s: %(message)s"):
        super().__init__(line)

    def format(self, record):
        record = copy(record)
        record.exc_text = None  # another handler may have cached the full text
        if record.exc_info and getattr(record, "status_code", 500) < 500:
            record.exc_info = None
        record.args = _without_errors(record.args)
        return SECRETS.sub(lambda found: f"<{found.lastgroup}>", super().format(record))

    def formatException(self, exc_info):  # noqa: N802 the library's name
        return "".join(_told(exc_info[1]))


def _told(error):
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _told(earlier)
        yield "\n\nthen\n\n"
    yield "".join(traceback.format_tb(error.__traceback__)).rstrip()
    yield f"\n{_kind(error)}"


def _kind(error):
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    code, constraint = getattr(error, "pgcode", None), getattr(getattr(error, "diag", None), "constraint_name", None)
    said = str(error).partition("\n")[0] if type(error).__name__ in SPEAKS else ""
    return " ".join(part for part in (name, code, constraint, said) if part)


def _without_errors(args):
    """An error's text in the log line is no more to be trusted than the error itself."""
    if isinstance(args, dict):
        return {key: "" if key in ("exc", "traceback") else _without(value) for key, value in args.items()}
    return tuple(map(_without, args)) if isinstance(args, tuple) else args


def _without(value):
    return _kind(value) if isinstance(value, BaseException) else value


def logging_at(level):
    """One log, on the console. No library has a handler of its own: it would log what ours leaves out."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": Formatter}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": "INFO" if level == "DEBUG" else level},  # it would quote SQL and forms
            "gunicorn.error": {"handlers": ["console"], "propagate": False},
            "mail.log": {"level": "WARNING"},  # of the demo's mailbox: every line of every letter's delivery
        },
    }
