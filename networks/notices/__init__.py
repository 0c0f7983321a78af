"""Who hears about a gathering, and in which words."""

from networks.notices import invitations, organisers, school

__all__ = ["invitations", "organisers", "school"]
