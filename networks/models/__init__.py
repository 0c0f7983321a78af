from networks.models.agreements import AgreementOver, SharedNormAgreement, UnderWay, contacted_by
from networks.models.answers import Contact, Invitation, Mute, Rsvp
from networks.models.apart import Apart
from networks.models.birthdays import Birthday, BirthdayAnswer, BirthdayMute, BirthdayRule, Circle, QuarterChild
from networks.models.bring import Item, Place
from networks.models.bulletins import Bulletin, BulletinOver
from networks.models.children import ClassBallot, ClassIdea, ClassVote
from networks.models.digests import ClassDigest, DigestOver, NoDigest, month_before
from networks.models.experience import Experience
from networks.models.faith import FaithDay
from networks.models.fund import ClassFund, FundHandOver, FundKeeper, FundMoved, FundRow, FundSignature
from networks.models.gatherings import Gathering, Helper, NotNow, NotSendable
from networks.models.inclusion import InclusionCheck
from networks.models.letters import PrintedLetter, ToldInPerson
from networks.models.lifts import Lift
from networks.models.newcomers import Buddy, Welcomed
from networks.models.polls import Between, Poll, PollAnswer, PollTime
from networks.models.programme import Activity
from networks.models.proposals import ABOUT_A_CLASS, Proposal, Support, classes_around
from networks.models.questions import BulletinAnswer, BulletinQuestion, QuestionOver
from networks.models.reports import GatheringReport, Pulse
from networks.models.rota import Turn
from networks.models.starts import Confirmed, Election, NetworkStart
from networks.models.ways import ReachWays
from networks.models.weekly import WeeklyLine, WeekOver, monday_of

__all__ = [
    "ABOUT_A_CLASS",
    "Activity",
    "AgreementOver",
    "Apart",
    "Between",
    "Birthday",
    "BirthdayAnswer",
    "BirthdayMute",
    "BirthdayRule",
    "Buddy",
    "Bulletin",
    "BulletinAnswer",
    "BulletinOver",
    "BulletinQuestion",
    "Circle",
    "ClassBallot",
    "ClassDigest",
    "ClassFund",
    "ClassIdea",
    "ClassVote",
    "Confirmed",
    "Contact",
    "DigestOver",
    "Election",
    "Experience",
    "FaithDay",
    "FundHandOver",
    "FundKeeper",
    "FundMoved",
    "FundRow",
    "FundSignature",
    "Gathering",
    "GatheringReport",
    "Helper",
    "InclusionCheck",
    "Invitation",
    "Item",
    "Lift",
    "Mute",
    "NetworkStart",
    "NoDigest",
    "NotNow",
    "NotSendable",
    "Place",
    "Poll",
    "PollAnswer",
    "PollTime",
    "PrintedLetter",
    "Proposal",
    "Pulse",
    "QuarterChild",
    "QuestionOver",
    "ReachWays",
    "Rsvp",
    "SharedNormAgreement",
    "Support",
    "ToldInPerson",
    "Turn",
    "UnderWay",
    "WeekOver",
    "WeeklyLine",
    "Welcomed",
    "classes_around",
    "contacted_by",
    "monday_of",
    "month_before",
]
