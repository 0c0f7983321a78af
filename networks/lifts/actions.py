"""Every change to who takes whom along."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.lifts import rules
from networks.models import Gathering, Lift, NotNow, Rsvp
from networks.rules import only_the_clock
from portal.actions import action
from portal.ledger.record import record
from portal.people import protection
from portal.people.models import AccessRestriction, Household, Person

OVER = NotNow(gettext_lazy("This gathering is not open for answers."))
ENDED = NotNow(gettext_lazy("This lift is no longer suggested."))


@action(
    may=rules.can_suggest,
    claims=Gathering.objects.published,
    gone=OVER,
    records="networks.lift_suggested",
    refuses=(NotNow,),
)
def suggest_lift(gathering: Gathering, *, by: Person, giver: Household, taker: Household) -> Lift:
    """Suggest to two homes that one takes the other along; neither reads who the other is before both agree. Refused
    without seats enough, when the home has a lift, for a home whose names others must not read, and for one with somebody
    who must know nothing of a child in the class."""
    if not gathering.takes_answers():
        raise OVER
    adults = Person.objects.filter(household__in=[giver.pk, taker.pk]).values_list("pk", flat=True)
    here = AccessRestriction.objects.in_force(timezone.localdate()).in_class(gathering.school_class_id)
    if protection.covered_among(adults) or here.filter(guardian__in=adults).exists():
        raise NotNow(_("Find a lift for this family in a talk with it. It cannot be suggested here."))
    coming = Rsvp.objects.planned_for().filter(gathering=gathering)
    offer = coming.filter(household=giver, lift=Rsvp.Lift.OFFER).first()
    need = coming.filter(household=taker, lift=Rsvp.Lift.NEED).first()
    if offer is None or need is None:
        raise NotNow(_("One of the families has changed its answer. Look at the list again."))
    seats = max(need.adults + need.children, 1)
    if offer.given + seats > offer.seats:
        raise NotNow(_("There are not enough free seats in this car."))
    try:
        with transaction.atomic():
            lift = Lift.objects.create(gathering=gathering, giver=giver, taker=taker, seats=seats)
    except IntegrityError as twice:
        raise NotNow(_("A lift has been suggested to this family already.")) from twice
    Rsvp.objects.filter(pk=offer.pk).update(given=offer.given + seats)
    record("networks.lift_suggested", lift, by=by)
    return lift


@action(
    may=rules.can_agree,
    claims=Lift.objects.standing,
    gone=ENDED,
    locks=lambda lift: [lift.gathering],
    records="networks.lift_agreed",
    refuses=(NotNow,),
)
def agree_lift(lift: Lift, *, by: Person, household: Household) -> None:
    """Say yes for one's home. When both have, both are told who the other is. Pressed twice it is one. Refused once the
    gathering has begun."""
    if not lift.gathering.takes_answers():
        raise OVER
    if lift.agrees(household.pk):
        return
    if household.pk == lift.giver_id:
        lift.giver_agrees = True
    else:
        lift.taker_agrees = True
    lift.save(update_fields=["giver_agrees", "taker_agrees"])
    record("networks.lift_agreed", lift, by=by, both=lift.is_agreed)


@action(
    may=rules.can_agree,
    claims=Lift.objects.standing,
    gone=ENDED,
    locks=lambda lift: [lift.gathering],
    records="networks.lift_ended",
)
def decline_lift(lift: Lift, *, by: Person, household: Household) -> None:
    """Say no for one's home, also later on. The seats are free again, and the other home is told when it had agreed."""
    Lift.objects.filter(pk=lift.pk).end(household.pk)
    record("networks.lift_ended", lift, by=by)


@action(
    may=rules.can_withdraw,
    claims=Lift.objects.standing,
    gone=ENDED,
    locks=lambda lift: [lift.gathering],
    records="networks.lift_ended",
)
def withdraw_lift(lift: Lift, *, by: Person) -> None:
    """Take the suggestion back. The seats are free again, and whoever had agreed is told."""
    Lift.objects.filter(pk=lift.pk).end()
    record("networks.lift_ended", lift, by=by)


@action(
    may=only_the_clock,
    claims=Lift.objects.of_those_gone,
    gone=ENDED,
    locks=lambda lift: [lift.gathering],
    records="networks.lift_ended",
)
def lapse_lift(lift: Lift, *, by: Person) -> None:
    """End the lift of a home that has left the class: the seats are free again, and the other home is told when it had
    agreed."""
    Lift.objects.filter(pk=lift.pk).end()
    record("networks.lift_ended", lift, by=by)
