from networks.models.agreements import AgreementOver, SharedNormAgreement, UnderWay, contact_of
from networks.models.answers import Contact, Invitation, Mute, Rsvp
from networks.models.experience import Experience
from networks.models.gatherings import Gathering, Helper, InclusionCheck, NotNow, NotSendable
from networks.models.proposals import Proposal, Support, classes_around

__all__ = [
    "AgreementOver",
    "Contact",
    "Experience",
    "Gathering",
    "Helper",
    "InclusionCheck",
    "Invitation",
    "Mute",
    "NotNow",
    "NotSendable",
    "Proposal",
    "Rsvp",
    "SharedNormAgreement",
    "Support",
    "UnderWay",
    "classes_around",
    "contact_of",
]
