"""The register of who has read what: rooms register what they keep of it, and whoever it is about reads it on one page."""

from collections.abc import Callable
from dataclasses import dataclass

_SOURCES: list["Source"] = []


@dataclass(frozen=True)
class Source:
    """Which readings a room keeps in the history. `what` names each verb in words; `find(person, schools)` returns the
    events that the person may know of, and about whom each subject is: (events, {key of a subject: key of a person}).
    `schools` are those that the person knows."""

    subject: str
    what: dict
    find: Callable


def tells_who_read(subject, what):
    """Register a function for what is read of one kind of subject, named as the history names it."""

    def register(find):
        _SOURCES.append(Source(subject, what, find))
        return find

    return register


def sources():
    return tuple(_SOURCES)
