"""Cases of more classes, awarded or waiting for their decision."""

from grants import actions as core
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering


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
