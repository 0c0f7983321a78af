"""Thirty principles in the styles of school sites, made here, each with what is right to read in it.

What is right was written down before the reader saw any of them: title, language, and of each section its kind, its
heading and how many points it has.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    name: str
    made: Callable[[], bytes]
    title: str
    language: str
    sections: list[tuple[str, str, int]]
    words: str  # all of the source, one way or another

    @property
    def content(self):
        return self.made()
