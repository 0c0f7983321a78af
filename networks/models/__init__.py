from networks.models.answers import Contact, Invitation, Rsvp
from networks.models.gatherings import Gathering, Helper, InclusionCheck, NotNow, NotSendable

__all__ = ["Contact", "Gathering", "Helper", "InclusionCheck", "Invitation", "NotNow", "NotSendable", "Rsvp"]
