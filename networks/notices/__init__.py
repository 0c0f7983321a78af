"""Who hears about a gathering, and in which words."""

from networks.after import notices as after
from networks.agreements import notices as agreements
from networks.bring import notices as bring
from networks.bulletins import notices as bulletins
from networks.cohort import notices as cohort
from networks.lifts import notices as lifts
from networks.notices import halves, invitations, line, organisers, school
from networks.topics import notices as topics

__all__ = [
    "after",
    "agreements",
    "bring",
    "bulletins",
    "cohort",
    "halves",
    "invitations",
    "lifts",
    "line",
    "organisers",
    "school",
    "topics",
]
