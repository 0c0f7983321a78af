"""The round that the demo's planner is to fill."""

from datetime import timedelta

from conferences import actions
from conferences.demo.calling import INTERPRETED, TITLES, dates_of, offer, teacher_of
from conferences.models import NotPublishable, TimeWish
from portal.demo import evening, school_days, weekday
from portal.people.models import Household

PARTS = (TimeWish.Part.AFTERNOON, TimeWish.Part.EVENING)


def round_to_plan(town, key):
    """A whole school's round in the spring: every teacher has offered times, the families are called, and most homes
    have said what suits them. Booking opens later, so that the school can make a timetable first."""
    school = town.schools[key]
    classes = [one for name, one in town.classes.items() if name.startswith(f"{key}-") and teacher_of(one)]
    first = weekday(school.today() + timedelta(days=75))
    first -= timedelta(days=max(0, first.weekday() - 2))  # three days in one week
    monday = first - timedelta(days=first.weekday())
    dates = dates_of(
        school,
        TITLES[key][2],
        first,
        opens_at=evening(school, monday - timedelta(days=21)),
        closes_at=evening(school, monday - timedelta(days=10)),
        wishes_by=evening(school, monday - timedelta(days=25)),
    )
    round = actions.draft_round(school, by=town.leader(key), classes=classes, **dates)
    for one in classes:
        offer(round, teacher_of(one), first)
    try:
        actions.publish_round(round, by=town.leader(key))
    except NotPublishable:  # a small town, made for a test, has classes without teachers
        return
    wish(round, first)
    need_interpreters(round)


def wish(round, first):
    days = school_days(first, 3)
    guardians, chosen = round.conferences.all().guardians(), {}
    for home, guardian in guardians.order_by("household", "pk").values_list("household", "pk"):
        chosen.setdefault(home, guardian)
    TimeWish.objects.bulk_create(
        TimeWish(
            round=round,
            household_id=home,
            times=[
                TimeWish.word(day, part)
                for place, (day, part) in enumerate((day, part) for day in days for part in PARTS)
                if (home + place) % 3
            ],
            phone_or_video=home % 4 == 0,
            cannot_move=home % 9 == 0,
            by_id=guardian,
        )
        for home, guardian in chosen.items()
        if home % 8
    )


def need_interpreters(round):
    for name, language in INTERPRETED.items():
        homes = Household.objects.filter(members__family_name=name, pk__in=round.wishes.values("household"))
        chosen = homes.order_by("pk").values_list("pk", flat=True).distinct()[:5:2]
        Household.objects.filter(pk__in=list(chosen)).update(interpreter_language=language)
