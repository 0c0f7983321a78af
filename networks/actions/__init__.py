"""Every change in this room."""

from networks.actions.answers import (
    answer,
    answer_on_behalf,
    detail_answer,
    forget_answers,
    forget_reaching_out,
    log_contact,
    remind_silent,
)
from networks.actions.gatherings import (
    MustBeTold,
    WrongTimes,
    add_helper,
    cancel_gathering,
    change_gathering,
    check_inclusion,
    draft_gathering,
    invite_newcomers,
    mend_inclusion,
    note_held,
    publish_gathering,
    remove_helper,
    stop_invitation,
)
from networks.actions.ties import move_along, tie_gathering

__all__ = [
    "MustBeTold",
    "WrongTimes",
    "add_helper",
    "answer",
    "answer_on_behalf",
    "cancel_gathering",
    "change_gathering",
    "check_inclusion",
    "detail_answer",
    "draft_gathering",
    "forget_answers",
    "forget_reaching_out",
    "invite_newcomers",
    "log_contact",
    "mend_inclusion",
    "move_along",
    "note_held",
    "publish_gathering",
    "remind_silent",
    "remove_helper",
    "stop_invitation",
    "tie_gathering",
]
