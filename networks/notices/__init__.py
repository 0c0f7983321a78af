"""Who hears about a gathering, and in which words."""

from networks.after import notices as after
from networks.agreements import notices as agreements
from networks.birthdays import notices as birthdays
from networks.bring import notices as bring
from networks.bulletins import notices as bulletins
from networks.cohort import notices as cohort
from networks.digests import notices as digests
from networks.fund import notices as fund
from networks.lifts import notices as lifts
from networks.notices import halves, invitations, line, organisers, school
from networks.polls import notices as polls
from networks.programme import notices as programme
from networks.rota import notices as rota
from networks.topics import notices as topics

__all__ = [
    "after",
    "agreements",
    "birthdays",
    "bring",
    "bulletins",
    "cohort",
    "digests",
    "fund",
    "halves",
    "invitations",
    "lifts",
    "line",
    "organisers",
    "polls",
    "programme",
    "rota",
    "school",
    "topics",
]
