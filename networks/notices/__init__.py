"""Who hears about a gathering, and in which words."""

from networks.agreements import notices as agreements
from networks.cohort import notices as cohort
from networks.notices import invitations, organisers, school
from networks.topics import notices as topics

__all__ = ["agreements", "cohort", "invitations", "organisers", "school", "topics"]
