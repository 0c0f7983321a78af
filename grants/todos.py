"""What waits for somebody in this room."""

from django.urls import reverse
from django.utils.translation import gettext as _

from grants.appeal import todos as appeal
from grants.models import GrantApplication, InformationRequest
from grants.models.applications import Status
from grants.money import todos as money_todos
from grants.queries import waiting_for
from grants.reports import todos as reports
from portal.people.hats import PARENT
from portal.people.models import Municipality
from portal.speech import day, money
from portal.todos import Todo, waits_for

__all__ = ["appeal", "applications_to_decide", "drafts_to_send", "money_todos", "questions_to_answer", "reports"]


def _drafts(hat):
    return GrantApplication.objects.written_in(hat).drafts()


def _asked(hat):
    return InformationRequest.objects.filter(
        application__in=GrantApplication.objects.written_in(hat),
        application__status=Status.NEEDS_INFO,
        answered_at=None,
    )


@waits_for(PARENT, among=_drafts)
@waits_for("class_contact", among=_drafts)
def drafts_to_send(hat):
    return [
        Todo(
            title=_("Send the application for “%(title)s”") % {"title": draft.gathering.title},
            url=reverse("grants:application_edit", args=[draft.pk]),
            due=draft.scheme.closes_on,
            detail=_("It is begun. Only those who write it see it until it is sent."),
            icon="SackKroner",
            hue="grants",
        )
        for draft in _drafts(hat).select_related("gathering", "scheme")
    ]


@waits_for(PARENT, among=_asked)
@waits_for("class_contact", among=_asked)
def questions_to_answer(hat):
    return [
        Todo(
            title=_("Answer what the school asks about your application"),
            url=reverse("grants:application_answer", args=[request.application_id]),
            due=request.answer_by,
            detail=_("Then the school can decide."),
            icon="SackKroner",
            hue="grants",
        )
        for request in _asked(hat)
    ]


@waits_for("principal")
@waits_for("deputy")
@waits_for("municipality_officer")
def applications_to_decide(hat):
    return [
        Todo(
            title=_titled(hat, application),
            url=reverse("grants:application_open", args=[application.pk]),
            due=application.answer_due,
            detail=_("Received %(received)s. Answer by %(due)s.")
            % {"received": day(application.came_on), "due": day(application.answer_due)},
            icon="SackKroner",
            hue="grants",
        )
        for application in waiting_for(hat.person)
        if _is_at(hat.scope, application.school)
    ]


def _titled(hat, application):
    said = {"class": application.school_class.name, "amount": money(application.amount_requested)}
    words = _("Application from %(class)s for %(amount)s") % said
    return f"{application.school.name}: {words}" if isinstance(hat.scope, Municipality) else words


def _is_at(scope, school):
    return scope == school or (isinstance(scope, Municipality) and scope.pk == school.municipality_id)
