"""Every change to where money goes and what is paid."""

from grants.money.actions.accounts import (
    answer_payee_change,
    ask_payee_change,
    list_accounts,
    look_at_account,
    set_paying_account,
)
from grants.money.actions.forgetting import empty_case, forget_account, forget_draft
from grants.money.actions.payments import (
    drop_payment_file,
    make_payment_file,
    mark_file_paid,
    mark_paid,
    take_back_payment,
    take_payment_file,
)
from grants.money.actions.repayments import ask_back, drop_repayment, mark_returned

__all__ = [
    "answer_payee_change",
    "ask_back",
    "ask_payee_change",
    "drop_payment_file",
    "drop_repayment",
    "empty_case",
    "forget_account",
    "forget_draft",
    "list_accounts",
    "look_at_account",
    "make_payment_file",
    "mark_file_paid",
    "mark_paid",
    "mark_returned",
    "set_paying_account",
    "take_back_payment",
    "take_payment_file",
]
