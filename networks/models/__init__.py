from networks.models.agreements import AgreementOver, SharedNormAgreement, UnderWay, contact_of
from networks.models.answers import Contact, Invitation, Rsvp
from networks.models.experience import Experience
from networks.models.gatherings import Gathering, Helper, InclusionCheck, NotNow, NotSendable
from networks.models.newcomers import Buddy, Welcomed
from networks.models.proposals import Proposal, Support, classes_around
from networks.models.starts import Confirmed, Election, NetworkStart

__all__ = [
    "AgreementOver",
    "Buddy",
    "Confirmed",
    "Contact",
    "Election",
    "Experience",
    "Gathering",
    "Helper",
    "InclusionCheck",
    "Invitation",
    "NetworkStart",
    "NotNow",
    "NotSendable",
    "Proposal",
    "Rsvp",
    "SharedNormAgreement",
    "Support",
    "UnderWay",
    "Welcomed",
    "classes_around",
    "contact_of",
]
