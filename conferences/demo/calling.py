"""What the rounds of the demo share: their names, dates and times, and who is called."""

from datetime import time, timedelta

from conferences import actions
from conferences.queries.slots import Hours
from portal.clauses import clauses_at
from portal.demo import school_days, weekday_before
from portal.people.models import GuardianRelation, Role

TITLES = {
    "sol": ("Oppstartssamtaler", "Utviklingssamtaler før jul", "Utviklingssamtaler våren"),
    "lia": ("Oppstartssamtalar", "Utviklingssamtalar før jul", "Utviklingssamtalar våren"),
    "eng": ("Startsamtaler", "Skole-hjem-samtaler før jul", "Skole-hjem-samtaler i foråret"),
}
IN_TIME = "14 dag"  # what the principles of all three say of when families are called
INTERPRETED = {"Abdullahi": "so", "Nowak": "pl", "Petrauskaitė": "lt"}
SPOKEN = (("\u0600", "\u06ff", "ar"), ("\u0400", "\u04ff", "uk"), ("ł", "ł", "pl"), ("ż", "ż", "pl"), ("ń", "ń", "pl"))


def dates_of(school, title, first, *, opens_at, closes_at, wishes_by=None):
    is_norwegian = school.country == "NO"
    return {
        "title": title,
        "principle": "",
        "lineage": next((point.lineage for point in clauses_at(school) if IN_TIME in point.text), None),
        "minutes": 30 if is_norwegian else 20,
        "gap_minutes": 5,
        "notice_days": 14,
        "plan_days": 7,
        "wishes_by": wishes_by,
        "invite_on": school.today(),
        "plans_on": weekday_before(first - timedelta(days=7)),
        "early_opens_at": None,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "lead_hours": 24,
        "change_hours": 24,
    }


def offer(round, teacher, first, room=None):
    hours = Hours(
        tuple(school_days(first, 3)), time(14), time(20), round.minutes, gap=5, break_after=4, break_minutes=20
    )
    actions.add_times(round, by=teacher, teacher=teacher, hours=hours, room=room)


def guardians_of(pupil):
    relations = GuardianRelation.objects.live().filter(pupil=pupil).select_related("guardian")
    return list(relations.order_by("guardian__source_id"))


def teacher_of(school_class):
    role = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class=school_class).first()
    return role.person if role else None


def spoken_by(person):
    known = INTERPRETED.get(person.family_name, "")
    return known or next((code for low, high, code in SPOKEN if any(low <= one <= high for one in str(person))), "")
