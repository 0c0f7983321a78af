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
from conferences.actions.swaps import answer_swap, ask_swap, take_over, withdraw_swap
from conferences.actions.wishes import ask_for_times, ask_separate, say_wish

__all__ = [
    "add_participant",
    "answer_prompt",
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
    "note_attendance",
    "offer_times",
    "open_preparations",
    "order_interpreter",
    "remind_unbooked",
    "remove_participant",
    "say_wanted",
    "say_wish",
    "schedule_extra",
    "take_over",
    "tell_late",
    "withdraw_swap",
]
