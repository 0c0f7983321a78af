"""Schools come from imports; the operator can add one here, with its name, number and place."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people import rules
from portal.people.models import Municipality, Person, School


class NumberTaken(Refusal):
    pass


@action(may=rules.only_the_portal, records="people.school_opened", refuses=(NumberTaken,))
def open_school(municipality: Municipality, *, by: Person, name: str, number: str, **details) -> School:
    """Add a school, to be filled by an import that names its number. A number that is taken is refused."""
    try:
        with transaction.atomic():
            school = School.objects.create(municipality=municipality, name=name, number=number, **details)
    except IntegrityError as taken:
        raise NumberTaken(_("There is a school with this number already.")) from taken
    record("people.school_opened", school, by=by)
    return school
