"""What the children of the demo would like to do: 3B votes now, 8A has chosen, and 1A has an idea box."""

from networks import actions
from portal.people.models import the_portal

IDEAS = ("Skøyter", "Filmkveld", "Pannekaker", "Skattejakt i skogen")
VOTED = {"sol-3B": (0, 2, 2, 3), "sol-8A": (1, 1, 1, 0, 2, 1)}


def ask(town):
    for key in ("sol-1A", "sol-3B", "sol-8A"):
        contact = town.contacts[key]
        vote = actions.ask_children(town.classes[key], by=contact)
        for text in IDEAS:
            actions.leave_idea(vote, by=the_portal(), text=text)
        if key in VOTED:
            actions.open_vote(vote, by=contact, options=list(IDEAS))
            options = list(vote.options())
            for place in VOTED[key]:
                actions.cast_vote(vote, by=the_portal(), idea=options[place], code=vote.ballots.first().code)
    actions.close_vote(vote, by=contact)
