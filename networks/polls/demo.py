"""3B is asked when it suits: some homes have said so, one has left a time open, and nobody has fixed one yet."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from networks import actions
from networks.models import Between, InclusionCheck, Poll
from portal.people.queries import families_of

KEY = "sol-3B"
DAYS = 21, 24, 30
SAID = (("yes", "if_need", "no"), ("no", "yes", ""), ("yes", "yes", "if_need"), ("", "yes", "no"))


def ask_when(town):
    contact, school_class = town.contacts[KEY], town.classes[KEY]
    zone, today = school_class.school.zone, timezone.localdate()
    starts = [datetime.combine(today + timedelta(days=days), time(17), tzinfo=zone) for days in DAYS]
    walk = actions.draft_poll(
        school_class,
        by=contact,
        times=[Between(one, one + timedelta(hours=2)) for one in starts],
        closes_at=datetime.combine(today + timedelta(days=9), time(20), tzinfo=zone),
        shown_to=Poll.ShownTo.ORGANISERS,
        title="Lyktetur i skogen",
        kind="families",
        place="Ved skoleporten",
        description="Vi går en runde med lykter og drikker kakao.",
        idea="torch-walk",
    )
    actions.check_inclusion(walk, by=contact, fine=list(InclusionCheck.Point))
    actions.send_poll(walk, by=contact)
    times = list(walk.poll.times.all())
    for number, family in enumerate(families_of(school_class)):
        if not family.household_id or number % 3 == 2:
            continue
        adult = family.adults[0]
        for one, suits in zip(times, SAID[number % len(SAID)], strict=True):
            if suits:
                actions.say_suits(walk, by=adult, household=adult.household, time=one, suits=suits)
    return walk


def cross_on_paper(walk, asked, *, by):
    """The crosses of one home came back with the child, and its contact writes them down; the other's letter is out."""
    if len(asked) > 1:
        suits = dict(zip(walk.poll.times.all(), ("yes", "if_need", "no"), strict=True))
        actions.say_for_home(walk, by=by, household=asked[0], said=suits)
