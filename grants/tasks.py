"""What the clock does in this room; a worker looks for it here."""

from grants.appeal.tasks import note_alerts
from grants.money.tasks import empty_cases, forget_accounts, forget_drafts

__all__ = ["empty_cases", "forget_accounts", "forget_drafts", "note_alerts"]
