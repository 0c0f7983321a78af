"""What the bonfire of 1A needs, and who has taken some of it."""

from networks import actions
from portal.people.queries import families_of

LIST = (
    {"kind": "thing", "title": "Ved", "wanted": 2, "amount": "en sekk", "backups": 1},
    {"kind": "thing", "title": "Pinnebrøddeig", "wanted": 3, "amount": "nok til ti"},
    {"kind": "job", "title": "Tenne bålet", "wanted": 1, "minutes": 30, "backups": 1},
    {"kind": "job", "title": "Rydde etterpå", "wanted": 3, "minutes": 20},
)


def bring(town, gathering, key):
    items = [actions.add_item(gathering, by=town.contacts[key], **one) for one in LIST]
    coming = set(gathering.rsvps.planned_for().values_list("household", flat=True))
    adults = [
        family.adults[0]
        for family in families_of(town.classes[key])
        if family.adults and family.household_id in coming and family.adults[0].household_id == family.household_id
    ]
    for number, adult in enumerate(adults[:5]):
        actions.take_place(gathering, by=adult, household=adult.household, item=items[number % 3])
