"""Who hears of a conference, and in which words."""

from conferences.notices import outcomes, rounds, times

__all__ = ["outcomes", "rounds", "times"]
