"""Who suggests that one home takes another along, and who agrees."""

from networks.rules import can_answer, can_organise, can_organise_home


def can_suggest(person, gathering, giver, taker):
    """Whoever organises the gathering suggests it to two homes of the class; they alone read who needs a lift."""
    return can_organise_home(person, gathering, giver) and can_organise_home(person, gathering, taker)


def can_withdraw(person, lift):
    """Whoever organises the gathering takes a suggestion back."""
    return can_organise(person, lift.gathering)


def can_agree(person, lift, household):
    """A guardian of either home says yes or no for their own."""
    return household.pk in (lift.giver_id, lift.taker_id) and can_answer(person, lift.gathering, household)
