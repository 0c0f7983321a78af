"""What the schools of the demo plan, when they are closed, and what they promise."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from portal.demo import furnishes, weekday, weekday_before
from portal.schoolyear import actions

MEETING, DUGNAD, SHOW = 11, 18, 26  # days from now

WORDS = {
    "sol": {
        "holidays": ("Høstferie", "Juleferie", "Vinterferie", "Sommerferie"),
        "meeting": ("Foreldremøte for 1A", "Klasserommet til 1A", "Vi velger klassekontakter og snakker om vennskap."),
        "dugnad": ("Dugnad i skolegården", "Skolegården", "Ta med arbeidshansker. Vi serverer suppe til alle."),
        "show": ("Åpen kveld på skolen", "Gymsalen", "Alle klasser viser noe de har laget."),
    },
    "lia": {
        "holidays": ("Haustferie", "Juleferie", "Vinterferie", "Sommarferie"),
        "meeting": ("Foreldremøte for 1A", "Klasserommet til 1A", "Vi vel klassekontaktar og snakkar om vennskap."),
        "dugnad": ("Dugnad i skulegarden", "Skulegarden", "Ta med arbeidshanskar. Vi serverer suppe til alle."),
        "show": ("Open kveld på skulen", "Gymsalen", "Alle klassar viser noko dei har laga."),
    },
    "eng": {
        "holidays": ("Efterårsferie", "Juleferie", "Vinterferie", "Sommerferie"),
        "meeting": ("Forældremøde for 1.A", "Klasselokalet", "Vi vælger kontaktforældre og taler om venskaber."),
        "dugnad": ("Arbejdsdag i skolegården", "Skolegården", "Tag arbejdshandsker med. Der er suppe til alle."),
        "show": ("Åbent hus på skolen", "Festsalen", "Alle klasser viser noget, de har lavet."),
    },
}


@furnishes("schoolyear")
def plan(town):
    for key, words in WORDS.items():
        school, office, first = town.schools[key], town.office(key), town.classes[f"{key}-1A"]
        days = list(zip(*zip(*_breaks(key, first.year.starts_on.year), strict=True), words["holidays"], strict=True))
        actions.add_holidays(school, by=office, days=days)
        actions.set_promises(school, by=town.leader(key), answer_days=5, after_school_care=True)
        last = weekday_before(first.year.ends_on)
        _plan(words["meeting"], school, by=town.persons[f"{key}-1A-teacher"], days=MEETING, last=last, classes=[first])
        _plan(words["dugnad"], school, by=office, days=DUGNAD, kind="dugnad", whole_school=True)
        _plan(words["show"], school, by=town.leader(key), days=SHOW, kind="event", whole_school=True)


def _breaks(key, year):
    """(first, last) of the breaks in autumn, at Christmas, in winter and in summer."""
    autumn, winter = (42, 7) if key == "eng" else (41, 8)
    return [
        (date.fromisocalendar(year, autumn, 1), date.fromisocalendar(year, autumn, 5)),
        (date(year, 12, 22), date(year + 1, 1, 3)),
        (date.fromisocalendar(year + 1, winter, 1), date.fromisocalendar(year + 1, winter, 5)),
        (date(year + 1, 6, 22), date(year + 1, 8, 14)),
    ]


def _plan(words, school, *, by, days, last=date.max, kind="meeting", **whom):
    title, place, details = words
    day = weekday(timezone.localdate() + timedelta(days=days))
    for holiday in school.holidays.all():  # in order of time
        if holiday.starts_on <= day <= holiday.ends_on:
            day = weekday(holiday.ends_on + timedelta(days=2))
    day = min(day, last)
    starts = datetime.combine(day, time(18), tzinfo=school.zone)
    said = {"kind": kind, "title": title, "place": place, "details": details, "starts_at": starts}
    actions.plan_event(school, by=by, ends_at=starts + timedelta(hours=2), **said, **whom)
