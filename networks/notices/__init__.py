"""Who hears about a gathering, and in which words."""

from networks.agreements import notices as agreements
from networks.bring import notices as bring
from networks.lifts import notices as lifts
from networks.notices import invitations, organisers, school
from networks.topics import notices as topics

__all__ = ["agreements", "bring", "invitations", "lifts", "organisers", "school", "topics"]
