"""What a school says of how its class contacts reach out."""

from django.utils.translation import gettext_lazy as _

from networks.models import ReachWays
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person, School
from portal.schoolyear.rules import can_set


class NoWay(Refusal):
    words = _("Choose at least one.")


@action(may=can_set, claims=School.objects.all, records="networks.ways_set", refuses=(NoWay,))
def set_ways(school: School, *, by: Person, kinds: list[str]) -> ReachWays:
    """Choose which ways of reaching a home the class contacts of the school can write down. Refused without any."""
    if not kinds:
        raise NoWay
    ways, _made = ReachWays.objects.update_or_create(school=school, defaults={"kinds": kinds})
    record("networks.ways_set", ways, by=by)
    return ways
