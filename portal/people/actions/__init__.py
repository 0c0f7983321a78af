"""Every change to people, roles, relations and school years."""

from portal.people.actions.persons import (
    NotFailed,
    NotProtectable,
    choose_directory,
    correct_contact,
    end_protection,
    mark_email_failed,
    mark_email_mended,
    open_person,
    protect_address,
    save_profile,
)
from portal.people.actions.places import NumberTaken, open_school
from portal.people.actions.relations import (
    NotOpen,
    NotProposable,
    confirm_relation,
    confirm_relations,
    end_relation,
    join_households,
    leave_household,
    propose_relation,
)
from portal.people.actions.restrictions import (
    confirm_lift,
    confirm_restriction,
    propose_lift,
    set_restriction,
)
from portal.people.actions.roles import (
    AlreadyHeld,
    appoint,
    confirm_role,
    confirm_roles,
    end_role,
    name_operator,
    welcome,
)
from portal.people.actions.years import NotRollable, roll_over
from portal.people.models.relations import NotConfirmable, NotRestrictable

__all__ = [
    "AlreadyHeld",
    "NotConfirmable",
    "NotFailed",
    "NotOpen",
    "NotProposable",
    "NotProtectable",
    "NotRestrictable",
    "NotRollable",
    "NumberTaken",
    "appoint",
    "choose_directory",
    "confirm_lift",
    "confirm_relation",
    "confirm_relations",
    "confirm_restriction",
    "confirm_role",
    "confirm_roles",
    "correct_contact",
    "end_protection",
    "end_relation",
    "end_role",
    "join_households",
    "leave_household",
    "mark_email_failed",
    "mark_email_mended",
    "name_operator",
    "open_person",
    "open_school",
    "propose_lift",
    "propose_relation",
    "protect_address",
    "roll_over",
    "save_profile",
    "set_restriction",
    "welcome",
]
