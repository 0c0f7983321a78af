from conferences.models.agenda import AgendaPoint
from conferences.models.asked import InterpreterRequest, Swap, TimeRequest
from conferences.models.extra import ExtraPrompt, ExtraRequest, TakenCareOf
from conferences.models.guardians import (
    guardians_by,
    guardians_of_each,
    guardians_of_pupils,
    with_relations,
    with_talks,
)
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
    RoundOver,
    SlotsClash,
)
from conferences.models.taking import LookedThrough, TakenOver
from conferences.models.talks import (
    Booking,
    Conference,
    Hold,
    Participant,
    SlotTaken,
    TalkOver,
)
from conferences.models.timetables import Placement, Timetable
from conferences.models.tips import Tip
from conferences.models.wishes import TimeWish

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
    "LookedThrough",
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
    "RoundOver",
    "SlotTaken",
    "SlotsClash",
    "Subject",
    "SubjectInput",
    "SummaryAnswer",
    "Swap",
    "TakenCareOf",
    "TakenOver",
    "TalkOver",
    "TimeRequest",
    "TimeWish",
    "Timetable",
    "Tip",
    "guardians_by",
    "guardians_of_each",
    "guardians_of_pupils",
    "with_relations",
    "with_talks",
]
