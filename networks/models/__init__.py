from networks.models.agreements import AgreementOver, SharedNormAgreement, UnderWay, contact_of
from networks.models.answers import Contact, Invitation, Mute, Rsvp
from networks.models.bring import Item, Place
from networks.models.bulletins import Bulletin, BulletinOver
from networks.models.children import ClassIdea, ClassVote
from networks.models.experience import Experience
from networks.models.gatherings import Gathering, Helper, InclusionCheck, NotNow, NotSendable
from networks.models.lifts import Lift
from networks.models.proposals import Proposal, Support, classes_around
from networks.models.reports import GatheringReport, Pulse

__all__ = [
    "AgreementOver",
    "Bulletin",
    "BulletinOver",
    "ClassIdea",
    "ClassVote",
    "Contact",
    "Experience",
    "Gathering",
    "GatheringReport",
    "Helper",
    "InclusionCheck",
    "Invitation",
    "Item",
    "Lift",
    "Mute",
    "NotNow",
    "NotSendable",
    "Place",
    "Proposal",
    "Pulse",
    "Rsvp",
    "SharedNormAgreement",
    "Support",
    "UnderWay",
    "classes_around",
    "contact_of",
]
