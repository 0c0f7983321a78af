"""A school with a class of grade 1, its contact, its principal, a deputy, a scheme, and a gathering to apply for."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from grants import actions
from grants.models import RuleReference
from grants.money import actions as money
from portal.people.models import Role
from tests import make
from tests.grants.cast import applied, gathering, scheme
from tests.ground import once


@once
def town(db):
    school = make.school("Lia skole")
    first = make.school_class("1A", at=school, grades=[1])
    _child, zofia = make.family(first, pupil_name="Nora", adult_name="Zofia", family_name="Wiśniewska")
    _child, amir = make.family(first, pupil_name="Sami", adult_name="Amir", family_name="Haddad")
    _child, parent = make.family(first, pupil_name="Ola", adult_name="Per", family_name="Nilsen")
    make.role(zofia, Role.Kind.CLASS_CONTACT, first)
    make.role(amir, Role.Kind.CLASS_CONTACT, first)
    principal = make.holder(Role.Kind.PRINCIPAL, school, "Solveig", "Haugen")
    deputy = make.person("Dag", "Moe")
    make.role(deputy, Role.Kind.DEPUTY, school, valid_to=timezone.localdate() + timedelta(days=10))
    officer = make.holder(Role.Kind.MUNICIPALITY_OFFICER, school.municipality, "Maja", "Berg")
    offered = scheme(school.municipality)
    ground = RuleReference.objects.get(use="ground")
    return SimpleNamespace(
        school=school,
        first=first,
        zofia=zofia,
        amir=amir,
        parent=parent,
        principal=principal,
        deputy=deputy,
        officer=officer,
        scheme=offered,
        ground=ground,
        gathering=gathering(first),
    )


@once
def sent(town):
    return applied(town.gathering, town.zofia)


@once
def in_review(town, sent):
    actions.take_up_application(sent, by=town.principal)
    return sent


@once
def awarded(town, in_review):
    actions.decide_application(in_review, by=town.principal, result="approved", amount=100_000)
    in_review.refresh_from_db()
    return in_review


@once
def paying(town):
    return money.set_paying_account(town.school.municipality, by=town.officer, account="8601 11 17947")
