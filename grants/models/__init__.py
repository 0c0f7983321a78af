from grants.models.appeals import Appeal, AppealRound, ReasonsDemand
from grants.models.applications import GrantApplication
from grants.models.attachments import Attachment
from grants.models.decisions import Decision
from grants.models.partners import CoApplicant
from grants.models.payouts import AccountLook, Closing, PayeeChange, PayingAccount, PaymentFile, Payout, Repayment
from grants.models.questions import ImpartialityAnswer, InformationRequest
from grants.models.reasons import KeptReason
from grants.models.reports import GrantReport, Receipt
from grants.models.schemes import GrantScheme, RuleReference, SchoolBudget

__all__ = [
    "AccountLook",
    "Appeal",
    "AppealRound",
    "Attachment",
    "Closing",
    "CoApplicant",
    "Decision",
    "GrantApplication",
    "GrantReport",
    "GrantScheme",
    "ImpartialityAnswer",
    "InformationRequest",
    "KeptReason",
    "PayeeChange",
    "PayingAccount",
    "PaymentFile",
    "Payout",
    "ReasonsDemand",
    "Receipt",
    "Repayment",
    "RuleReference",
    "SchoolBudget",
]
