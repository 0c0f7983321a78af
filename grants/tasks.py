"""What the clock does in this room. A worker looks for it here."""

from grants.appeal.tasks import note_alerts
from grants.changes.tasks import lapse_unused_awards
from grants.money.tasks import empty_cases, forget_accounts, forget_drafts

__all__ = ["empty_cases", "forget_accounts", "forget_drafts", "lapse_unused_awards", "note_alerts"]
