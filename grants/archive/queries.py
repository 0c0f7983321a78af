"""The cases that belong in the archive, for those who answer for them."""

from django.db.models import F, Q

from grants.models import GrantApplication
from grants.models.applications import DECIDED
from grants.queries.payments import not_of_ones_own
from portal.people.models import Person, keys_of

MOST = 300


def cases_to_hand_over(person: Person) -> list[GrantApplication]:
    """Decided, and theirs to answer for; those that were never handed over, or have changed since, first."""
    led, served = _places(person)
    handled = Q(school__in=led, transferred_at=None) | Q(school__municipality__in=served, transferred_at__isnull=False)
    decided = GrantApplication.objects.visible_to(person).filter(handled, status__in=DECIDED).with_names()
    return list(not_of_ones_own(decided, person).order_by(F("exported_at").asc(nulls_first=True), "-pk")[:MOST])


def others_answer(person: Person) -> bool:
    """Whether something is decided at their schools or in their municipality, be it by others."""
    led, served = _places(person)
    here = Q(school__in=led) | Q(school__municipality__in=served)
    return GrantApplication.objects.filter(here, status__in=DECIDED).exists()


def _places(person):
    return keys_of.schools_led(person), keys_of.municipalities_served(person)
