"""The register of what stands on the page of a class: rooms and wings register their part, the page shows all."""

from dataclasses import dataclass

_PARTS: list[tuple] = []


@dataclass(frozen=True)
class Part:
    """A fragment of the room, and the one thing that it shows, as `shown`. With `aside` it stands beside the page on a
    wide screen. What people look for by name has a `sign`, and the `anchor` of its heading, among the first lines."""

    template: str
    shown: object
    aside: bool = False
    sign: str = ""
    anchor: str = ""


def stands_on_class_page(place):
    """Register a function of a class and of the person who reads that returns a `Part`, or None; lower places first.
    Readers are guardians of the class's children, its teachers and the school's leaders: what only some of them may read
    is the room's to leave out."""

    def register(query):
        _PARTS.append((place, query))
        return query

    return register


def parts_of(school_class, reader):
    found = (query(school_class, reader) for _place, query in sorted(_PARTS, key=lambda one: one[0]))
    return [part for part in found if part]
