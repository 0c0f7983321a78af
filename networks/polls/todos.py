"""What waits because of a poll: a home's answer, and an organiser's choice of a time."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import Poll
from networks.polls.queries import own_polls
from portal.todos import Todo, waits_for

HEARD_NOTHING = timedelta(days=14)


@waits_for("parent", among=lambda hat: own_polls(hat.person))
def polls_to_answer(hat):
    return [
        Todo(
            title=_("When does it suit you? %(title)s with %(class)s")
            % {"title": poll.gathering.title, "class": poll.gathering.school_class.name},
            url=reverse("networks:poll_show", args=[poll.gathering_id]),
            due=timezone.localdate(poll.closes_at),
            detail=_("One tap for each time. What you leave open does not count as a no."),
            icon="PersonGroup",
            hue="gatherings",
        )
        for poll in own_polls(hat.person)
    ]


def _drafted(hat):
    return _of_class(Poll.objects.standing().filter(sent_at=None, closes_at__gt=timezone.now()), hat)


def _closed(hat):
    """Also for some days when all the times have passed: the families have still heard nothing."""
    return _of_class(Poll.objects.closed().filter(gathering__ends_at__gt=timezone.now() - HEARD_NOTHING), hat)


@waits_for("class_contact", among=_drafted)
def polls_to_send(hat):
    return [
        _todo(poll, _("Ask the families when it suits: %(title)s"), _("Nobody else sees it until you send it."))
        for poll in _drafted(hat)
    ]


@waits_for("class_contact", among=_closed)
def times_to_fix(hat):
    return [
        _todo(poll, _("Fix a time: %(title)s"), _("The families have said when it suits them, and wait for a time."))
        for poll in _closed(hat)
    ]


def _of_class(polls, hat):
    return polls.filter(gathering__school_class=hat.scope).select_related("gathering").order_by("closes_at")


def _todo(poll, title, detail):
    return Todo(
        title=title % {"title": poll.gathering.title},
        url=reverse("networks:poll_organise", args=[poll.gathering_id]),
        due=timezone.localdate(poll.closes_at),
        detail=detail,
        icon="Calendar",
        hue="gatherings",
    )
