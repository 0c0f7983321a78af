from networks.models.agreements import AgreementOver, SharedNormAgreement, UnderWay, contact_of
from networks.models.answers import Contact, Invitation, Rsvp
from networks.models.bring import Item, Place
from networks.models.children import ClassIdea, ClassVote
from networks.models.experience import Experience
from networks.models.gatherings import Gathering, Helper, InclusionCheck, NotNow, NotSendable
from networks.models.lifts import Lift
from networks.models.proposals import Proposal, Support, classes_around

__all__ = [
    "AgreementOver",
    "ClassIdea",
    "ClassVote",
    "Contact",
    "Experience",
    "Gathering",
    "Helper",
    "InclusionCheck",
    "Invitation",
    "Item",
    "Lift",
    "NotNow",
    "NotSendable",
    "Place",
    "Proposal",
    "Rsvp",
    "SharedNormAgreement",
    "Support",
    "UnderWay",
    "classes_around",
    "contact_of",
]
