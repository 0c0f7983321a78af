"""Who writes the list of what a gathering needs, and who takes on what stands there."""

from networks.rules import can_answer, can_organise


def can_write_list(person, gathering):
    """Whoever organises the gathering says what it needs."""
    return can_organise(person, gathering)


def can_change_item(person, item):
    """Whoever organises the gathering says what it needs no longer."""
    return can_organise(person, item.gathering)


def can_take(person, gathering, household, item):
    """A guardian of a child in the class takes on something of that gathering for their own home, and for no other."""
    return item.gathering_id == gathering.pk and can_answer(person, gathering, household)
