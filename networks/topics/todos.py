"""Proposals that wait for an answer: the class contact's, or the contact teacher's where there is none."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.models import Proposal
from networks.topics.rules import has_contact
from portal.todos import Todo, waits_for


def _open(hat):
    return Proposal.objects.open().filter(school_class=hat.scope)


@waits_for("class_contact", among=_open)
def proposals_to_answer(hat):
    waiting = _open(hat).order_by("made_at")
    first, many = waiting.first(), waiting.count()
    if first is None:
        return []
    title = ngettext("Answer %(n)s proposal in %(class)s", "Answer %(n)s proposals in %(class)s", many)
    return [
        Todo(
            title=title % {"n": many, "class": hat.scope.name},
            url=reverse("networks:proposal_list", args=[hat.scope.pk]),
            due=timezone.localdate(first.open_until),
            detail=_("A family has proposed something. What nobody answers runs out after thirty days."),
            icon="Chat2",
            hue="gatherings",
        )
    ]


@waits_for("contact_teacher", among=_open)
def proposals_without_a_contact(hat):
    return [] if has_contact(hat.scope) else proposals_to_answer(hat)
