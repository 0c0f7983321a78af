from conferences.models.agenda import AgendaPoint
from conferences.models.asked import InterpreterRequest, Swap, TimeRequest
from conferences.models.extra import ExtraPrompt, ExtraRequest
from conferences.models.outcomes import (
    MOST_TIPS,
    AgreedAction,
    ConferenceSummary,
    DraftMoved,
    Feedback,
    FocusPoint,
    NotConcrete,
    NotShareable,
    SummaryAnswer,
)
from conferences.models.preparing import (
    LearningPlanRef,
    NotAPlan,
    PlanOpening,
    Preparation,
    PupilTalk,
    Subject,
    SubjectInput,
)
from conferences.models.rounds import (
    ConferenceRound,
    ConferenceSetting,
    ConferenceSlot,
    NotNow,
    NotPublishable,
    Room,
    SlotsClash,
    TimeWish,
)
from conferences.models.talks import (
    Booking,
    Conference,
    Hold,
    Participant,
    SlotTaken,
)
from conferences.models.timetables import Placement, Timetable
from conferences.models.tips import Tip

__all__ = [
    "MOST_TIPS",
    "AgendaPoint",
    "AgreedAction",
    "Booking",
    "Conference",
    "ConferenceRound",
    "ConferenceSetting",
    "ConferenceSlot",
    "ConferenceSummary",
    "DraftMoved",
    "ExtraPrompt",
    "ExtraRequest",
    "Feedback",
    "FocusPoint",
    "Hold",
    "InterpreterRequest",
    "LearningPlanRef",
    "NotAPlan",
    "NotConcrete",
    "NotNow",
    "NotPublishable",
    "NotShareable",
    "Participant",
    "Placement",
    "PlanOpening",
    "Preparation",
    "PupilTalk",
    "Room",
    "SlotTaken",
    "SlotsClash",
    "Subject",
    "SubjectInput",
    "SummaryAnswer",
    "Swap",
    "TimeRequest",
    "TimeWish",
    "Timetable",
    "Tip",
]
