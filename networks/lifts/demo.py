"""Who may go with whom to the bonfire of 1A: one suggestion, to which the home that needs a lift has said yes."""

from networks import actions
from networks.models import Lift, NotNow, Rsvp
from portal.people.models import Household


def take_along(town, gathering, key):
    homes = {
        lift: Household.objects.filter(rsvps__gathering=gathering, rsvps__lift=lift).order_by("pk")
        for lift in (Rsvp.Lift.OFFER, Rsvp.Lift.NEED)
    }
    for giver in homes[Rsvp.Lift.OFFER]:
        for taker in homes[Rsvp.Lift.NEED]:
            try:
                lift = actions.suggest_lift(gathering, by=town.contacts[key], giver=giver, taker=taker)
            except NotNow:  # too few seats, or a family that is talked to instead
                continue
            adult = gathering.rsvps.get(household=taker).answered_by
            actions.agree_lift(lift, by=adult, household=taker)
            return Lift.objects.get(pk=lift.pk)
    return None
