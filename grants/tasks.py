"""What the clock does in this room; a worker looks for it here."""

from grants.appeal.tasks import note_alerts
from grants.changes.tasks import lapse_unused_awards

__all__ = ["lapse_unused_awards", "note_alerts"]
