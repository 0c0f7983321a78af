"""Who hears of a conference, and in which words."""

from conferences.after.notices import outcomes, replies
from conferences.notices import along, coming, day, interpreters, leaving, meetings, moves, rounds, times

__all__ = [
    "along",
    "coming",
    "day",
    "interpreters",
    "leaving",
    "meetings",
    "moves",
    "outcomes",
    "replies",
    "rounds",
    "times",
]
