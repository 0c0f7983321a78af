"""Some homes of the demo have neither e-mail nor phone: one has its letter, another's waits for the office, one is asked on
paper when it suits, and one has to hear that what it had a letter about is cancelled."""

from networks import actions
from portal.people.models import Person
from portal.people.queries import families_of


def write_home(town, gathering, *, by=None):
    answered = set(gathering.rsvps.values_list("household", flat=True))
    called = set(gathering.contacts.values_list("household", flat=True))
    contacts = {contact.household_id for contact in town.contacts.values()}
    families = [
        family for family in families_of(gathering.school_class) if family.household_id and not family.protected
    ]
    answered |= (
        set(gathering.poll.times.values_list("answers__household", flat=True)) if gathering.has_no_time else set()
    )
    silent = [family for family in families if family.household_id not in answered | called | contacts]
    if silent:
        Person.objects.filter(household=silent[-1].household_id).update(email="", phone="")
        if by:
            actions.print_letters(gathering, by=by)
