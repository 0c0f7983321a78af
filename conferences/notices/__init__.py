"""Who hears of a conference, and in which words."""

from conferences.notices import coming, day, interpreters, leaving, moves, outcomes, replies, rounds, times

__all__ = ["coming", "day", "interpreters", "leaving", "moves", "outcomes", "replies", "rounds", "times"]
