"""What waits for somebody in this room. Doing the thing empties the list."""

from conferences.after import todos as summaries
from conferences.before import todos as preparing
from conferences.taking import todos as taking
from conferences.timetables import todos as timetables
from conferences.todos import day, family

__all__ = ["day", "family", "preparing", "summaries", "taking", "timetables"]
