"""The turns of 1A: drawn, some asked, one home has said yes."""

from networks import actions
from networks.models import Turn
from portal.people.queries import families_of


def take_turns(town, key):
    contact, school_class = town.contacts[key], town.classes[key]
    actions.draw_rota(school_class, by=contact)
    adults = {family.household_id: family.adults[0] for family in families_of(school_class) if family.household_id}
    for number, turn in enumerate(Turn.objects.of_class(school_class).planned()[:2]):
        actions.ask_home(turn, by=contact)
        if number == 0:
            turn.refresh_from_db()
            actions.answer_turn(turn, by=adults[turn.household_id], is_accepted=True)
