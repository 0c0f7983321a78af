from grants.models.applications import GrantApplication, ImpartialityAnswer, InformationRequest
from grants.models.decisions import Decision
from grants.models.schemes import GrantScheme, RuleReference, SchoolBudget

__all__ = [
    "Decision",
    "GrantApplication",
    "GrantScheme",
    "ImpartialityAnswer",
    "InformationRequest",
    "RuleReference",
    "SchoolBudget",
]
