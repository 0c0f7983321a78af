"""What waits for somebody in this room. Doing the thing empties the list."""

from conferences.todos import family, summaries

__all__ = ["family", "summaries"]
