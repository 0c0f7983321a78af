"""What the school plans moves or is called off: the gatherings that are tied to it follow, or their organisers are told."""

from contextlib import suppress

from django.utils.translation import gettext as _

from networks import actions
from networks.models import Gathering
from networks.notices.letters import page_of
from networks.queries import organisers_of
from portal.actions import Refusal
from portal.ledger.models import Event
from portal.ledger.publish import subscribe
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import the_portal
from portal.speech import when


def move_with(event):
    had = event.details.get("had")
    for gathering in Gathering.objects.left_out_by(event.subject_id):
        if had is None or gathering.school_class_id in had:  # it was for the class until now
            _leave_behind(gathering)
    if not event.details.get("seconds"):
        return
    tied_since = Event.objects.filter(verb="networks.gathering_tied", pk__gt=event.pk).values_list(
        "subject_id", flat=True
    )
    for gathering in Gathering.objects.tied_to(event.subject_id):
        if str(gathering.pk) in tied_since:
            continue  # to the new time, before a worker came to this
        try:
            actions.move_along(gathering, by=the_portal(), seconds=event.details["seconds"])
        except Refusal:  # its times do not fit, and it is theirs to decide; or it was cancelled at this moment
            _leave_behind(gathering)


def _leave_behind(gathering):
    with suppress(Refusal):
        actions.leave_behind(gathering, by=the_portal())


subscribe("schoolyear.event_changed", move_with)


def those_who_decide(event):
    tied = Gathering.objects.tied_to(event.subject_id)
    return list({person.pk: person for gathering in tied for person in organisers_of(gathering)}.values())


def own_of(notice):
    tied = Gathering.objects.tied_to(notice.subject.pk).order_by("starts_at")
    return [gathering for gathering in tied if notice.recipient in organisers_of(gathering)]


@notice(
    "networks.school_event_off",
    on="schoolyear.event_called_off",
    to=those_who_decide,
    category="tasks",
    duty=True,
    wanted=own_of,
)
def school_event_off(notice):
    """The gathering stays as it is: whether it is held all the same, moved or cancelled is for them to say."""
    first, *others = gatherings = own_of(notice)
    names = {"event": notice.subject.title, "title": first.title}
    return Letter(
        subject=_("%(event)s is called off. What about %(title)s?") % names,
        lines=[
            _("%(title)s is tied to it, and stays as it is until you decide. No family has been told of that.")
            % {"title": gathering.title}
            for gathering in gatherings
        ],
        buttons=tuple(
            Button(_("Open %(title)s") % {"title": gathering.title}, page_of("networks:gathering_edit", gathering))
            for gathering in (first, *others)
        ),
    )


def its_organisers(event):
    return organisers_of(Gathering.objects.get(pk=event.subject_id))


def is_still_left_behind(notice):
    """Not once they have moved it, untied it or called it off."""
    gathering = notice.subject
    if gathering.school_event is None or gathering.school_event.cancelled_at or gathering.is_over():
        return False
    if gathering.state not in (Gathering.State.DRAFT, *Gathering.OPEN):
        return False
    return notice.recipient in organisers_of(gathering) and notice.is_newest("networks.gathering_changed")


@notice(
    "networks.gathering_left_behind",
    on="networks.gathering_left_behind",
    to=its_organisers,
    category="tasks",
    duty=True,
    wanted=is_still_left_behind,
)
def gathering_left_behind(notice):
    gathering = notice.subject
    event = gathering.school_event
    names = {"event": event.title, "title": gathering.title, "class": gathering.school_class.name}
    is_for_class = Gathering.objects.tied_to(event).filter(pk=gathering.pk).exists()
    subject = (
        _("%(event)s has moved. What about %(title)s?")
        if is_for_class
        else _("%(event)s is no longer for %(class)s. What about %(title)s?")
    )
    return Letter(
        subject=subject % names,
        lines=[
            _("%(title)s is tied to it, and stays as it is until you decide. No family has been told of that.") % names
        ],
        facts=((event.title, when(event.starts_at, event.school)),),
        buttons=(Button(_("Open %(title)s") % names, page_of("networks:gathering_edit", gathering)),),
    )
