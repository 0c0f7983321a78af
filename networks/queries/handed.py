"""What one part of the room hands over when the class contact changes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Handed:
    """`open` is what is left to do, in words; `rest` is said where nothing is."""

    key: str
    heading: str
    url: str
    label: str
    open: list[str]
    rest: str
