from grants.models.applications import GrantApplication
from grants.models.decisions import Decision
from grants.models.questions import ImpartialityAnswer, InformationRequest
from grants.models.reasons import KeptReason
from grants.models.schemes import GrantScheme, RuleReference, SchoolBudget
from grants.partners.models import CoApplicant

__all__ = [
    "CoApplicant",
    "Decision",
    "GrantApplication",
    "GrantScheme",
    "ImpartialityAnswer",
    "InformationRequest",
    "KeptReason",
    "RuleReference",
    "SchoolBudget",
]
