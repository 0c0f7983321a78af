from portal.people.models.availability import Availability
from portal.people.models.care import CarePlace
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
from portal.people.models.signing import CodeGuesses, MoveConsent, SignInMove

__all__ = [
    "AccessRestriction",
    "AddressProtection",
    "Availability",
    "CarePlace",
    "CodeGuesses",
    "Cohort",
    "DirectoryChoice",
    "Doubt",
    "Enrolment",
    "GuardianRelation",
    "Household",
    "MoveConsent",
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
    "SignInMove",
    "Term",
    "the_portal",
]
