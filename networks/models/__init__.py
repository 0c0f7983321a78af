from networks.models.agreements import AgreementOver, SharedNormAgreement, UnderWay, contact_of
from networks.models.answers import Contact, Invitation, Mute, Rsvp
from networks.models.apart import Apart
from networks.models.bring import Item, Place
from networks.models.bulletins import Bulletin, BulletinOver
from networks.models.children import ClassIdea, ClassVote
from networks.models.experience import Experience
from networks.models.faith import FaithDay
from networks.models.gatherings import Gathering, Helper, InclusionCheck, NotNow, NotSendable
from networks.models.lifts import Lift
from networks.models.newcomers import Buddy, Welcomed
from networks.models.polls import Between, Poll, PollAnswer, PollTime
from networks.models.proposals import Proposal, Support, classes_around
from networks.models.questions import BulletinAnswer, BulletinQuestion, QuestionOver
from networks.models.reports import GatheringReport, Pulse
from networks.models.starts import Confirmed, Election, NetworkStart

__all__ = [
    "AgreementOver",
    "Apart",
    "Between",
    "Buddy",
    "Bulletin",
    "BulletinAnswer",
    "BulletinOver",
    "BulletinQuestion",
    "ClassIdea",
    "ClassVote",
    "Confirmed",
    "Contact",
    "Election",
    "Experience",
    "FaithDay",
    "Gathering",
    "GatheringReport",
    "Helper",
    "InclusionCheck",
    "Invitation",
    "Item",
    "Lift",
    "Mute",
    "NetworkStart",
    "NotNow",
    "NotSendable",
    "Place",
    "Poll",
    "PollAnswer",
    "PollTime",
    "Proposal",
    "Pulse",
    "QuestionOver",
    "Rsvp",
    "SharedNormAgreement",
    "Support",
    "UnderWay",
    "Welcomed",
    "classes_around",
    "contact_of",
]
