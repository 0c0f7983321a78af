"""What the clock does in this room; a worker looks for it here."""

from grants.appeal.tasks import note_alerts

__all__ = ["note_alerts"]
