"""Every change to a class's notices, and to what is asked about them."""

from networks.bulletins.actions.bulletins import (
    NeedsRelease,
    NoticedWhen,
    ask_release,
    change_bulletin,
    release_bulletin,
    return_bulletin,
    send_bulletin,
    take_back_bulletin,
    write_bulletin,
)
from networks.bulletins.actions.questions import (
    AskedEnough,
    answer_all,
    answer_home,
    ask_question,
    drop_answer,
    forget_question,
    release_answer,
)

__all__ = [
    "AskedEnough",
    "NeedsRelease",
    "NoticedWhen",
    "answer_all",
    "answer_home",
    "ask_question",
    "ask_release",
    "change_bulletin",
    "drop_answer",
    "forget_question",
    "release_answer",
    "release_bulletin",
    "return_bulletin",
    "send_bulletin",
    "take_back_bulletin",
    "write_bulletin",
]
