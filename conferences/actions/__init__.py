from conferences.actions.booking import arrange, book, book_together, cancel_booking
from conferences.actions.day import (
    add_participant,
    note_attendance,
    offer_times,
    open_preparations,
    order_interpreter,
    remind_unbooked,
    remove_participant,
    say_wanted,
    tell_late,
)
from conferences.actions.extra import answer_prompt, ask_extra, close_extra, schedule_extra
from conferences.actions.followups import give_feedback, tell_agreement
from conferences.actions.keeping import (
    forget_extra_requests,
    forget_interpreters,
    forget_preparation,
    forget_requests,
    forget_times,
)
from conferences.actions.summaries import (
    answer_summary,
    correct_summary,
    open_summary,
    reply_to_comment,
    share_summary,
    write_summary,
)
from conferences.actions.swaps import answer_swap, ask_swap, take_over, withdraw_swap
from conferences.actions.wishes import ask_for_times, ask_separate, say_wish

__all__ = [
    "add_participant",
    "answer_prompt",
    "answer_summary",
    "answer_swap",
    "arrange",
    "ask_extra",
    "ask_for_times",
    "ask_separate",
    "ask_swap",
    "book",
    "book_together",
    "cancel_booking",
    "close_extra",
    "correct_summary",
    "forget_extra_requests",
    "forget_interpreters",
    "forget_preparation",
    "forget_requests",
    "forget_times",
    "give_feedback",
    "note_attendance",
    "offer_times",
    "open_preparations",
    "open_summary",
    "order_interpreter",
    "remind_unbooked",
    "remove_participant",
    "reply_to_comment",
    "say_wanted",
    "say_wish",
    "schedule_extra",
    "share_summary",
    "take_over",
    "tell_agreement",
    "tell_late",
    "withdraw_swap",
    "write_summary",
]
