from networks.models.agreements import AgreementOver, SharedNormAgreement, UnderWay, contact_of
from networks.models.answers import Contact, Invitation, Rsvp
from networks.models.gatherings import Gathering, Helper, InclusionCheck, NotNow, NotSendable

__all__ = [
    "AgreementOver",
    "Contact",
    "Gathering",
    "Helper",
    "InclusionCheck",
    "Invitation",
    "NotNow",
    "NotSendable",
    "Rsvp",
    "SharedNormAgreement",
    "UnderWay",
    "contact_of",
]
