"""What waits for somebody in this room. Doing the thing empties the list."""

from conferences.todos import day, family, preparing, summaries, timetables

__all__ = ["day", "family", "preparing", "summaries", "timetables"]
