"""What the clock does in this room: a worker looks for it here."""

from grants.money.tasks import forget_accounts, forget_drafts

__all__ = ["forget_accounts", "forget_drafts"]
