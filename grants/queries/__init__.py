"""What a page about support needs to know, read in one place."""

from grants.queries.cases import (
    ApplicationPage,
    Check,
    Step,
    answers,
    application_page,
    case_page,
    check_page,
    checks,
    has_taken_up,
    known_facts,
    latest_decision,
    reasons_to_pick,
    status_line,
)
from grants.queries.eligibility import Budget, Eligibility, WhyNot, budget_of, eligibility, given_by_school, outside
from grants.queries.lists import (
    ClassSupport,
    Line,
    SchoolSupport,
    SupportPage,
    YearCases,
    awards,
    cases_of,
    support_page,
    waiting_for,
    years_led,
)

__all__ = [
    "ApplicationPage",
    "Budget",
    "Check",
    "ClassSupport",
    "Eligibility",
    "Line",
    "SchoolSupport",
    "Step",
    "SupportPage",
    "WhyNot",
    "YearCases",
    "answers",
    "application_page",
    "awards",
    "budget_of",
    "case_page",
    "cases_of",
    "check_page",
    "checks",
    "eligibility",
    "given_by_school",
    "has_taken_up",
    "known_facts",
    "latest_decision",
<<<<<<< HEAD
    "outside",
=======
    "reasons_to_pick",
>>>>>>> cases
    "status_line",
    "support_page",
    "waiting_for",
    "years_led",
]
