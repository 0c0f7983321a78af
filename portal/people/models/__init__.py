from portal.people.models.doubts import Doubt, PersonKey
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
from portal.people.models.rosters import RosterChange, RosterImport, RosterPiece

__all__ = [
    "AccessRestriction",
    "AddressProtection",
    "Cohort",
    "DirectoryChoice",
    "Doubt",
    "Enrolment",
    "GuardianRelation",
    "Household",
    "Municipality",
    "Person",
    "PersonKey",
    "Role",
    "RosterChange",
    "RosterImport",
    "RosterPiece",
    "School",
    "SchoolClass",
    "SchoolYear",
    "Term",
    "the_portal",
]
