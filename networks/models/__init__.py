from networks.models.agreements import AgreementOver, SharedNormAgreement, UnderWay, contact_of
from networks.models.answers import Contact, Invitation, Rsvp
from networks.models.bulletins import Bulletin, BulletinOver
from networks.models.experience import Experience
from networks.models.gatherings import Gathering, Helper, InclusionCheck, NotNow, NotSendable
from networks.models.proposals import Proposal, Support, classes_around
from networks.models.questions import BulletinAnswer, BulletinQuestion, QuestionOver

__all__ = [
    "AgreementOver",
    "Bulletin",
    "BulletinAnswer",
    "BulletinOver",
    "BulletinQuestion",
    "Contact",
    "Experience",
    "Gathering",
    "Helper",
    "InclusionCheck",
    "Invitation",
    "NotNow",
    "NotSendable",
    "Proposal",
    "QuestionOver",
    "Rsvp",
    "SharedNormAgreement",
    "Support",
    "UnderWay",
    "classes_around",
    "contact_of",
]
