"""Who hears of a conference, and in which words."""

from conferences.notices import day, moves, outcomes, rounds, times

__all__ = ["day", "moves", "outcomes", "rounds", "times"]
