"""A decision that the class is not content with, and one that gives all; both told three days ago."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from grants import actions
from grants.appeal.actions import send_appeal, tell_decision
from grants.models import Appeal, Decision
from portal.people.models import Role, the_portal
from tests import make
from tests.grants.cast import applied
from tests.ground import once

SAID = {"reasons": "Only half the class is invited.", "considerations": "Everyone must come along."}


def decided(town, by=None, *, told=True, **choices):
    by = by or town.principal
    application = applied(town.gathering, town.zofia, reply_language="en")
    actions.take_up_application(application, by=by)
    decision = actions.decide_application(application, by=by, **choices)
    if told:
        tell_decision(decision, by=the_portal(), told_on=town.school.today())
    return decision


@once
def rejected(town):
    return decided(town, result="rejected", rules=[town.ground], **SAID)


@once
def partly(town):
    return decided(town, result="approved", amount=40_000, rules=[town.ground], **SAID)


@once
def approved(town):
    return decided(town, result="approved", amount=100_000)


@once
def appeal(town, rejected):
    return send_appeal(rejected, by=town.zofia, what="The rejection", change="We want 1000 kroner.")


@once
def second_officer(town):
    return make.holder(Role.Kind.MUNICIPALITY_OFFICER, town.school.municipality, "Nils", "Dahl")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def after(days):
    return time_machine.travel(timezone.localtime() + timedelta(days=days), tick=False)


def newest(appeal: Appeal) -> Decision:
    return Decision.objects.filter(application=appeal.application).latest_versions().get()
