"""Whoever waits hears that a place is free for them, and until when it is kept. They asked for it by saying yes, so it does
not count among the four, and no mute holds it back."""

from django.utils.translation import gettext as _

from networks.actions.line import TURN_COME
from networks.models import Gathering, Rsvp
from networks.notices.letters import names_of, school_of, to_answer
from networks.notices.people import still_guardian
from portal.messaging.notices import notice
from portal.people.queries import families_of
from portal.speech import when


def those_whose_turn_it_is(event):
    gathering = Gathering.objects.get(pk=event.subject_id)
    turns = {rsvp.household_id: rsvp for rsvp in gathering.rsvps.filter(household__in=event.details["homes"])}
    return [
        (adult, turns[family.household_id].turn)
        for family in families_of(gathering.school_class)
        if family.household_id in turns and turns[family.household_id].has_turn()
        for adult in family.adults
    ]


def turn_of(notice):
    rsvp = Rsvp.objects.filter(gathering=notice.subject.pk, household=notice.recipient.household_id).first()
    return rsvp if rsvp and rsvp.has_turn() and rsvp.turn == notice.occasion else None


def still_their_turn(notice):
    return still_guardian(notice) and notice.subject.takes_answers() and turn_of(notice) is not None


@notice(
    TURN_COME,
    on="networks.turn_offered",
    to=those_whose_turn_it_is,
    category="invitations",
    duty=True,  # a digest would come when the time is over
    wanted=still_their_turn,
)
def turn_come(notice):
    gathering = notice.subject
    names = names_of(gathering) | {"until": when(turn_of(notice).turn_until, school_of(gathering))}
    return to_answer(
        notice,
        subject=_("There is room for you until %(until)s: %(title)s with %(class)s") % names,
        lines=[
            _("You stood on the waiting list. Now there is room, and it is kept for your family until %(until)s.")
            % names,
            _("Say yes by then if you want to come. After that it goes to the next family."),
        ],
    )
