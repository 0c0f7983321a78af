"""Awarded cases of more classes."""

from grants import actions as core
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering


def another(town, name, **answers):
    """An awarded case of another class of the school."""
    school_class = make.school_class(name, at=town.school, grades=[1])
    _child, contact = make.family(school_class)
    make.role(contact, Role.Kind.CLASS_CONTACT, school_class)
    application = applied(gathering(school_class, f"Bål {name}"), contact, **answers)
    core.take_up_application(application, by=town.principal)
    core.decide_application(application, by=town.principal, result="approved", amount=100_000)
    application.refresh_from_db()
    return application
