"""Who hears of a conference, and in which words."""

from conferences.notices import moves, outcomes, rounds, times

__all__ = ["moves", "outcomes", "rounds", "times"]
