"""What waits about reports: the class writes, those who answer for the case read and close."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import GrantApplication
from grants.queries.payments import money_of, not_of_ones_own, report_due, why_open
from networks.models import Gathering
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.todos import Todo, waits_for

Kind = Role.Kind


def _missing(hat):
    awarded = GrantApplication.objects.written_in(hat).awarded().filter(report=None, closing=None)
    return awarded.filter(gathering__ends_at__lte=timezone.now()).exclude(gathering__state=Gathering.State.CANCELLED)


@waits_for(PARENT, among=_missing)
@waits_for(Kind.CLASS_CONTACT, among=_missing)
def reports_to_write(hat):
    return [
        Todo(
            title=_("Tell how “%(title)s” went") % {"title": application.gathering.title},
            url=reverse("grants:report_write", args=[application.pk]),
            due=report_due(application),
            detail=_("Most of the report is filled in already."),
            icon="SackKroner",
            hue="grants",
        )
        for application in _missing(hat).with_names()
    ]


def _to_close(hat):
    told = GrantApplication.objects.awarded().filter(report__isnull=False, closing=None)
    if hat.kind == Kind.MUNICIPALITY_OFFICER:
        return told.at_municipality().filter(school__municipality=hat.scope)
    return told.at_school().filter(school=hat.scope)


@waits_for(Kind.MUNICIPALITY_OFFICER, among=_to_close)
@waits_for(Kind.PRINCIPAL, among=_to_close)
@waits_for(Kind.DEPUTY, among=_to_close)
def cases_to_close(hat):
    told = list(not_of_ones_own(_to_close(hat), hat.person).with_names())
    moneys = money_of(told)
    return [
        Todo(
            title=_("Read the report of class %(class)s") % {"class": application.school_class.name},
            url=reverse("grants:report_show", args=[application.pk]),
            detail=_("The money is settled. You can close the case."),
            icon="SackKroner",
            hue="grants",
        )
        for application in told
        if not why_open(moneys[application.pk])
    ]
