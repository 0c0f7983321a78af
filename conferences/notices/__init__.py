"""Who hears of a conference, and in which words."""

from conferences.notices import day, moves, outcomes, replies, rounds, times

__all__ = ["day", "moves", "outcomes", "replies", "rounds", "times"]
