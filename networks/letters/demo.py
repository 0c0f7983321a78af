"""Some homes of the demo have neither e-mail nor phone: one has its letter, another's waits for the office, two are asked on
paper when it suits, and two had a letter about what is cancelled."""

from networks import actions
from portal.people.models import Household, Person
from portal.people.queries import families_of


def write_home(town, gathering, *, by=None, homes=1):
    """Returns the homes, the last that have said nothing."""
    answered = set(gathering.rsvps.values_list("household", flat=True))
    called = set(gathering.contacts.values_list("household", flat=True))
    contacts = {contact.household_id for contact in town.contacts.values()}
    families = [
        family for family in families_of(gathering.school_class) if family.household_id and not family.protected
    ]
    answered |= (
        set(gathering.poll.times.values_list("answers__household", flat=True)) if gathering.has_no_time else set()
    )
    silent = [family.household_id for family in families if family.household_id not in answered | called | contacts]
    chosen = silent[-homes:]
    Person.objects.filter(household__in=chosen).update(email="", phone="")
    if chosen and by:
        actions.print_letters(gathering, by=by)
    return list(Household.objects.filter(pk__in=chosen))


def call_off_by_mouth(town, outing, *, by, because):
    """One of those who had a letter has been told at the school gate; no message tells the other that nothing comes of it."""
    asked = write_home(town, outing, by=by, homes=2)
    actions.cancel_gathering(outing, by=by, because=because)
    if len(asked) > 1:
        actions.note_told(outing, by=by, household=asked[0])
