"""What is asked about gatherings, each by the one who asks."""

from networks.help import contacts, guardians, school

__all__ = ["contacts", "guardians", "school"]
