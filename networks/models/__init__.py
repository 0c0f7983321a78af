from networks.models.agreements import AgreementOver, SharedNormAgreement, UnderWay, contact_of
from networks.models.answers import Contact, Invitation, Rsvp
from networks.models.apart import Apart
from networks.models.experience import Experience
from networks.models.gatherings import Gathering, Helper, InclusionCheck, NotNow, NotSendable
from networks.models.proposals import Proposal, Support, classes_around
from networks.models.reports import GatheringReport, Pulse

__all__ = [
    "AgreementOver",
    "Apart",
    "Contact",
    "Experience",
    "Gathering",
    "GatheringReport",
    "Helper",
    "InclusionCheck",
    "Invitation",
    "NotNow",
    "NotSendable",
    "Proposal",
    "Pulse",
    "Rsvp",
    "SharedNormAgreement",
    "Support",
    "UnderWay",
    "classes_around",
    "contact_of",
]
