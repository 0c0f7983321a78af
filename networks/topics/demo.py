"""What families of the demo have proposed: one that others support, one that is answered, and a topic that many want."""

from networks import actions
from portal.people.queries import families_of

OPEN = "sol-1A", "Skogstur med bål en lørdag", "Kanskje ved Tjernet. Vi kan ta med presenning."
ANSWERED = (
    *("sol-8A", "Felles natteravning før jul", "Vi er flere som gjerne går sammen."),
    "God idé, men ikke før jul. Vi tar det opp på foreldremøtet i januar.",
)
NOT_NAMES = ["Skogstur", "Tjernet", "dag", "jul", "vi", "tar", "med", "ved"]  # whatever the made-up children are called
WISHES = (("sol-1A", "screens", 4), ("sol-1A", "inclusion", 2), ("sol-8A", "social-media", 3))


def propose(town):
    key, title, text = OPEN
    first, *others = adults_of(town, key)
    said = {"title": title, "text": text, "not_names": NOT_NAMES}
    walk = actions.propose(town.classes[key], by=first, kind="gathering", is_named=True, **said)
    for adult in others[:3]:
        actions.support(walk, by=adult)
    for key, kit, many in WISHES:
        first, *others = adults_of(town, key)
        wish = actions.propose(town.classes[key], by=first, kind="topic", kit=kit)
        for adult in others[: many - 1]:
            actions.support(wish, by=adult)
    key, title, text, answer = ANSWERED
    said = {"title": title, "text": text, "not_names": NOT_NAMES}
    asked = actions.propose(town.classes[key], by=adults_of(town, key)[1], kind="gathering", is_named=True, **said)
    actions.answer_proposal(asked, by=town.contacts[key], state="not_now", answer=answer, not_names=NOT_NAMES)


def adults_of(town, key):
    """One of each home, without the class contact's."""
    contact = town.contacts[key]
    contact.refresh_from_db(fields=["household"])
    homes = [family for family in families_of(town.classes[key]) if family.household_id and family.adults]
    return [family.adults[0] for family in homes if family.household_id != contact.household_id]
