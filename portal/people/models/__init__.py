from portal.people.models.persons import (
    AddressProtection,
    DirectoryChoice,
    Household,
    Person,
    the_portal,
)
from portal.people.models.places import (
    Cohort,
    Municipality,
    School,
    SchoolClass,
    SchoolYear,
    Term,
)
from portal.people.models.relations import AccessRestriction, Enrolment, GuardianRelation
from portal.people.models.roles import Role

__all__ = [
    "AccessRestriction",
    "AddressProtection",
    "Cohort",
    "DirectoryChoice",
    "Enrolment",
    "GuardianRelation",
    "Household",
    "Municipality",
    "Person",
    "Role",
    "School",
    "SchoolClass",
    "SchoolYear",
    "Term",
    "the_portal",
]
