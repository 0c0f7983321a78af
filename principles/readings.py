"""Who has read what in this room."""

from principles.confided.readings import confidences_read

__all__ = ["confidences_read"]
