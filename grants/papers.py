"""The register of the papers of a case: a wing brings its own, and the archive takes all.

They stand in the wing's own `papers.py`, which `grants.apps` finds at start.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from grants.file_kinds import JPEG, PDF, PNG

ENDINGS = {PDF: "pdf", JPEG: "jpg", PNG: "png"}

_PAPERS = []


class Way(StrEnum):
    """Whether it came in, went out, or stays inside."""

    IN, OUT, WITHIN = "I", "U", "X"


@dataclass(frozen=True)
class Paper:
    """One paper as it was written. `key` is its own within the case and stands in the file's name; neither it nor the
    title names anybody. `read` gives the bytes; `attached_to` is the key of what it came with."""

    key: str
    title: str
    at: datetime
    way: Way
    by: str
    read: Callable[[], bytes]
    kind: str = PDF
    attached_to: str = ""
    is_ours: bool = True  # set here, and so PDF/A; not what somebody sent

    @property
    def ending(self):
        return ENDINGS[self.kind]


def papers_of_case(query):
    """Register a function of an application that returns its papers, in the language of the active translation."""
    _PAPERS.append(query)
    return query


def adds_to(application) -> None:
    """Something of the case is new, or another than it was: what the archive has is not the whole of it any more."""
    application.exported_at = None
    type(application).objects.filter(pk=application.pk).update(exported_at=None)


def papers_of(application) -> list[Paper]:
    """In the order in which they were written, each attachment after what it came with."""
    found = [paper for query in _PAPERS for paper in query(application)]
    at = {paper.key: paper.at for paper in found}
    return sorted(found, key=lambda one: (at.get(one.attached_to, one.at), bool(one.attached_to), one.at, one.key))
