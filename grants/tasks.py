"""What the clock does in this room. A worker looks for it here."""

from grants.changes.tasks import lapse_unused_awards

__all__ = ["lapse_unused_awards"]
