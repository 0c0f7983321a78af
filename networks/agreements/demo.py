"""What the classes of the demo have agreed: 1A on chores, with the card for the children; 3B is asked about screens."""

from datetime import timedelta

from django.utils import timezone

from networks.agreements import actions
from portal.demo import evening
from portal.people.queries import families_of

MEETING = "Foreldremøte i høst"
CHORES = (
    "Hvert barn har én fast oppgave hjemme som de andre regner med.\n"
    "Oppgaver gjør vi sammen. Ukepenger er noe annet.\n"
    "Barna i klassen får omtrent like mye, så ingen trenger å sammenligne."
)


def agree(town):
    chores = _asked(town, "sol-1A", "chores", _chores, share=0.9)
    contact, today = town.contacts["sol-1A"], timezone.localdate()
    actions.close_survey_of(chores, by=contact)
    actions.adopt_agreement(
        chores,
        by=contact,
        text=CHORES,
        meeting=MEETING,
        adopted_on=today - timedelta(days=3),
        review_on=today + timedelta(days=300),
    )
    _asked(town, "sol-3B", "screens", lambda number: {0: [2 + number % 3], 1: [number % 4], 2: [0], 3: [0]}, share=0.25)


def _chores(number):
    does = [place for place in range(6) if (number + place) % 3 or place == 1]
    return {0: does, 1: [number % 3], 2: [number % 4]}


def _asked(town, key, topic, says, *, share):
    contact, school_class = town.contacts[key], town.classes[key]
    closes_at = evening(school_class.school, timezone.localdate() + timedelta(days=10))
    agreement = actions.start_agreement(school_class, by=contact, topic=topic, closes_at=closes_at)
    adults = [family.adults[0] for family in families_of(school_class) if family.adults and family.household_id]
    for number, adult in enumerate(adults[: round(len(adults) * share)]):
        actions.answer_survey(agreement, by=adult, answers=says(number))
    return agreement
