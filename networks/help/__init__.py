"""What is asked about gatherings, each by the one who asks."""

from networks.help import contacts, guardians, polls, school

__all__ = ["contacts", "guardians", "polls", "school"]
