"""Who hears about a gathering, and in which words."""

from networks.notices import invitations, organisers
from networks.topics import notices as topics

__all__ = ["invitations", "organisers", "topics"]
