"""The register of who has read what: rooms register what they log of it, and the people it is about see it on one page."""

from collections.abc import Callable
from dataclasses import dataclass

_SOURCES: list["Source"] = []


@dataclass(frozen=True)
class Source:
    """Which readings a room records. `what` names each verb in words; `find(person, schools)` returns the events the
    person may know of and whom each subject is about: (events, {subject's key: person's key}). `schools` are those the
    person knows."""

    subject: str
    what: dict
    find: Callable


def tells_who_read(subject, what):
    def register(find):
        _SOURCES.append(Source(subject, what, find))
        return find

    return register


def sources():
    return tuple(_SOURCES)
