from grants.models.applications import GrantApplication, ImpartialityAnswer, InformationRequest
from grants.models.decisions import Decision
from grants.models.payouts import AccountLook, Closing, PayeeChange, PayingAccount, PaymentFile, Payout, Repayment
from grants.models.reports import GrantReport, Receipt
from grants.models.schemes import GrantScheme, RuleReference, SchoolBudget

__all__ = [
    "AccountLook",
    "Closing",
    "Decision",
    "GrantApplication",
    "GrantReport",
    "GrantScheme",
    "ImpartialityAnswer",
    "InformationRequest",
    "PayeeChange",
    "PayingAccount",
    "PaymentFile",
    "Payout",
    "Receipt",
    "Repayment",
    "RuleReference",
    "SchoolBudget",
]
