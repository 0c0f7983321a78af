"""What happens at the bonfire of 1A."""

from networks import actions
from networks.programme.icebreakers import BY_KEY
from networks.programme.queries import adults_to_ask


def fill_evening(town, gathering, key):
    contact = town.contacts[key]
    others = [adult for adult in adults_to_ask(gathering, contact) if adult != contact]
    actions.add_activity(gathering, by=contact, title="Velkommen og navnelapper", minutes=15, led_by=contact)
    actions.add_activity(gathering, by=contact, **BY_KEY["circle"].fields())
    for title, minutes, adult in (("Barna viser hinkeløypa", 30, others[0]), ("Pinnebrød ved bålet", 60, others[1])):
        activity = actions.add_activity(gathering, by=contact, title=title, minutes=minutes, led_by=adult)
        if adult == others[0]:
            actions.agree_to_lead(activity, by=adult)
    actions.add_activity(gathering, by=contact, title="Vi rydder sammen", minutes=15, leader="alle")
