"""Cases of more classes, awarded or waiting for their decision."""

from grants import actions as core
from grants.partners import actions as partners
from portal.people.models import Role
from tests import make
from tests.grants.cast import FULL, applied, gathering


def waits_for_a_decision(town, name, **answers):
    school_class = make.school_class(name, at=town.school, grades=[1])
    _child, contact = make.family(school_class)
    make.role(contact, Role.Kind.CLASS_CONTACT, school_class)
    application = applied(gathering(school_class, f"Bål {name}"), contact, **answers)
    core.take_up_application(application, by=town.principal)
    return application


def another(town, name, **answers):
    application = waits_for_a_decision(town, name, **answers)
    core.decide_application(application, by=town.principal, result="approved", amount=100_000)
    application.refresh_from_db()
    return application


def together(town, partner):
    """Awarded to the class of `town`, whose contact applied together with a guardian of the class."""
    application = core.draft_application(town.gathering, by=town.zofia, **FULL)
    partners.accept_invitation(partners.invite_co_applicant(application, by=town.zofia, partner=partner), by=partner)
    core.submit_application(application, by=town.zofia)
    core.take_up_application(application, by=town.principal)
    core.decide_application(application, by=town.principal, result="approved", amount=100_000)
    application.refresh_from_db()
    return application
