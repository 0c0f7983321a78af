"""Who hears of a conference, and in which words."""

from conferences.notices import along, coming, day, interpreters, leaving, moves, outcomes, replies, rounds, times

__all__ = ["along", "coming", "day", "interpreters", "leaving", "moves", "outcomes", "replies", "rounds", "times"]
