"""Which children go to after-school care."""

from django.utils.translation import gettext as _

from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people import rules
from portal.people.models import CarePlace, Person, School, SchoolClass
from portal.people.queries.care import pupils_to_choose


class NoCare(Refusal):
    """The school has said that it has no after-school care, or has not said that it does."""


@action(may=rules.can_choose_care, claims=SchoolClass.objects.all, records="people.care_chosen", refuses=(NoCare,))
def choose_care(school_class: SchoolClass, *, by: Person, pupils: list[Person]) -> None:
    """Say which children of the class go to after-school care: these, and of those whom you may know of no others. The
    after-school staff read their names from now on. Refused when the school has no after-school care."""
    if not School.objects.with_care().filter(pk=school_class.school_id).exists():
        raise NoCare(
            _("The school has not said that it has after-school care. Say so among the school's settings first.")
        )
    chosen = {pupil.pk for pupil in pupils}
    known = {*pupils_to_choose(school_class, by).values_list("pk", flat=True), *chosen}
    # The rows are new, so that what is said here stays when an import that wrote the old ones is undone.
    CarePlace.objects.filter(school=school_class.school_id, pupil__in=sorted(known)).delete()
    CarePlace.objects.bulk_create([CarePlace(school_id=school_class.school_id, pupil_id=key) for key in sorted(chosen)])
    record("people.care_chosen", school_class, by=by, pupils=sorted(chosen))
