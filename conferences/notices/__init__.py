"""Who hears of a conference, and in which words."""

from conferences.notices import coming, day, moves, outcomes, replies, rounds, times

__all__ = ["coming", "day", "moves", "outcomes", "replies", "rounds", "times"]
