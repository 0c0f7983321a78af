"""The conferences of the demo: talks that were held, a day of talks today, a round that families book in, one to plan."""

from datetime import datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from conferences import actions
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSlot,
    Hold,
    NotNow,
    NotPublishable,
    SlotTaken,
    TimeWish,
)
from conferences.queries.slots import Hours
from conferences.queries.times import homes_of, times_of
from portal.ledger.models import Event
from portal.people.models import GuardianRelation, Household, Role, the_portal

TITLES = {
    "sol": ("Oppstartssamtaler", "Utviklingssamtaler før jul", "Utviklingssamtaler våren"),
    "lia": ("Oppstartssamtalar", "Utviklingssamtalar før jul", "Utviklingssamtalar våren"),
    "eng": ("Startsamtaler", "Skole-hjem-samtaler før jul", "Skole-hjem-samtaler i foråret"),
}
BOOKING = {"sol": ("1A", "1B", "2A", "3B"), "lia": ("1A", "2A"), "eng": ("1A", "2A")}
MET_EARLIER = {"sol": "1A", "lia": "1A", "eng": "1A"}
TODAY = "sol-8A"
SUMMARY = {
    "sol": (
        "Jeg liker best når vi bygger ting. Det er vanskelig å lese høyt når alle hører på.",
        "Forklarer regnemåtene sine så andre forstår, og spør når noe er uklart.",
        "Tar imot nye i gruppa og finner på leker som alle kan være med i.",
        "Les ti minutter sammen fire kvelder i uka. Ros forsøket, ikke farten.",
        ("Lese en kort tekst høyt for to venner", "Vi hører det i lesegruppa"),
        (("Lese ti minutter sammen, fire kvelder i uka", "home"), ("Øve på teksten i en gruppe på tre", "school")),
    ),
    "lia": (
        "Eg likar best når vi bygger ting.",
        "Forklarer reknemåtane sine så andre forstår.",
        "Tek imot nye i gruppa.",
        "Les ti minutt saman fire kveldar i veka.",
        ("Lese ein kort tekst høgt for to vener", "Vi høyrer det i lesegruppa"),
        (("Lese ti minutt saman, fire kveldar i veka", "home"), ("Øve på teksten i ei gruppe på tre", "school")),
    ),
    "eng": (
        "Jeg kan bedst lide, når vi bygger ting.",
        "Forklarer sine regnemetoder, så andre forstår.",
        "Tager imod nye i gruppen.",
        "Læs ti minutter sammen fire aftener om ugen.",
        ("Læse en kort tekst højt for to venner", "Vi hører det i læsegruppen"),
        (("Læse ti minutter sammen, fire aftener om ugen", "home"), ("Øve teksten i en gruppe på tre", "school")),
    ),
}
NOTES = {"sol": "Hvordan kan vi øve på lesing hjemme?", "lia": "Korleis kan vi øve på lesing heime?"}


def hold_conferences(town):
    for key in town.schools:
        actions.begin_subjects(town.schools[key], by=town.leader(key))
        actions.add_room(town.schools[key], by=town.office(key), name="204")
        held_talks(town, key)
        open_round(town, key)
    day_of_talks(town, TODAY)
    round_to_plan(town, "sol")
    told = Event.objects.unpublished().filter(verb__startswith="conferences.")
    told.update(published_at=timezone.now())  # it was before the demo begins: nobody gets a hundred letters of it


# What was


def held_talks(town, key):
    """The talks of two months ago: most homes came, and most have a summary of it."""
    school_class = town.classes[f"{key}-{MET_EARLIER[key]}"]
    day = weekday(school_class.school.today() - timedelta(days=56))
    talks = booked_talks(town, school_class, TITLES[key][0], day, time(8), state=ConferenceRound.State.CLOSED)
    for number, talk in enumerate(talks[:-2]):
        guardians = [relation.guardian for relation in guardians_of(talk.pupil)]
        came = [person.pk for person in guardians[: 1 + number % 2]]
        actions.note_attendance(talk, by=talk.teacher, came=[*came, talk.pupil_id], by_phone=number % 7 == 3)
        if number % 4 != 3:
            summarise(talk, key, guardians)


def summarise(talk, key, guardians):
    words, academic, social, home, goal, agreed = SUMMARY[key]
    due = talk.school_class.school.today() + timedelta(days=20)
    names = {"home": guardians[0].full_name if guardians else talk.pupil.given_name, "school": talk.teacher.full_name}
    draft = actions.write_summary(
        talk,
        by=talk.teacher,
        words={"child_words": words, "academic": academic, "social": social, "personal": "", "home_support": home},
        goals=[{"kind": "academic", "text": goal[0], "seen_by": goal[1]}],
        agreements=[{"what": what, "owner": owner, "who": names[owner], "due_on": due} for what, owner in agreed],
    )
    draft.refresh_from_db()
    actions.share_summary(draft, by=talk.teacher, token=draft.token)
    if guardians:
        actions.answer_summary(draft, by=guardians[0])


def day_of_talks(town, key):
    """One teacher has talks all day today, some of them with an interpreter or by phone."""
    school_class = town.classes[key]
    booked_talks(
        town,
        school_class,
        TITLES["sol"][1],
        school_class.school.today(),
        time(9),
        state=ConferenceRound.State.PUBLISHED,
        modes=("school", "school", "phone", "school", "video"),
    )


def booked_talks(town, school_class, title, day, first, *, state, modes=("school",)):
    """A round of one class on one day, written as it stands afterwards: nobody can book a time that has passed."""
    teacher, now = teacher_of(school_class), timezone.now()
    zone, is_over = school_class.school.zone, state == ConferenceRound.State.CLOSED
    starts = datetime.combine(day, first, tzinfo=zone)
    round = ConferenceRound.objects.create(
        school=school_class.school,
        title=title,
        minutes=20,
        gap_minutes=5,
        notice_days=14,
        plan_days=7,
        invite_on=day - timedelta(days=20),
        plans_on=day - timedelta(days=7),
        opens_at=starts - timedelta(days=20),
        closes_at=starts + timedelta(hours=12),
        state=state,
        made_by=the_portal(),
        published_at=starts - timedelta(days=20),
        ended_at=now if is_over else None,
    )
    round.classes.set([school_class])
    room = school_class.school.rooms.first()
    talks = []
    for number, place in enumerate(
        school_class.enrolments.current().select_related("pupil").order_by("pupil__source_id")[:18]
    ):
        at = starts + timedelta(minutes=25 * number)
        slot = ConferenceSlot.objects.create(
            round=round, teacher=teacher, starts_at=at, ends_at=at + timedelta(minutes=20), room=room
        )
        talk = Conference.objects.create(round=round, pupil=place.pupil, teacher=teacher, school_class=school_class)
        talks.append(talk)
        relations = guardians_of(place.pupil)
        if not relations or number == 5:
            continue
        booking = Booking.objects.create(
            conference=talk,
            slot=slot,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            mode=modes[number % len(modes)],
            note=NOTES["sol"] if number % 6 == 2 and school_class.school.language_form == "nb" else "",
            booked_by=relations[0].guardian,
        )
        during = DateTimeTZRange(slot.starts_at, slot.ends_at)
        Hold.objects.create(booking=booking, teacher=teacher, during=during)
        Hold.objects.create(booking=booking, pupil=place.pupil, during=during)
        for home in homes_of(talk):
            Hold.objects.create(booking=booking, household_id=home, during=during)
    return [talk for talk in talks if Booking.objects.filter(conference=talk).exists()]


# What families are in the middle of


def open_round(town, key):
    """Families book since this morning: half of them have chosen, one has asked for another time."""
    school = town.schools[key]
    classes = [town.classes[f"{key}-{name}"] for name in BOOKING[key]]
    first = weekday(school.today() + timedelta(days=16))
    round = actions.draft_round(
        school,
        by=town.leader(key),
        classes=classes,
        **dates_of(school, TITLES[key][1], first, opens_at=evening(school, -1), closes_at=evening(school, 11)),
    )
    for number, one in enumerate(classes):
        offer(round, teacher_of(one), first, room=school.rooms.first() if number == 0 else None)
    actions.publish_round(round, by=town.leader(key))
    plans(round, classes[0])
    choose(round, key, left_out={"sol-1A-01", "sol-3B-00"})


def dates_of(school, title, first, *, opens_at, closes_at, wishes_by=None):
    is_norwegian = school.country == "NO"
    return {
        "title": title,
        "principle": "",
        "minutes": 30 if is_norwegian else 20,
        "gap_minutes": 5,
        "notice_days": 14,
        "plan_days": 7,
        "wishes_by": wishes_by,
        "invite_on": school.today(),
        "plans_on": first - timedelta(days=7),
        "early_opens_at": None,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "lead_hours": 24,
        "change_hours": 24,
    }


def offer(round, teacher, first, room=None):
    days = (first, weekday(first + timedelta(days=1)), weekday(first + timedelta(days=2)))
    hours = Hours(days, time(14), time(20), round.minutes, gap=5, break_after=4, break_minutes=20)
    actions.add_times(round, by=teacher, teacher=teacher, hours=hours, room=room)


def choose(round, key, left_out):
    """Every second home has chosen; one needs an interpreter, one wants to be called."""
    talks = round.conferences.select_related("pupil", "teacher", "school_class__school", "round").order_by("pk")
    for number, talk in enumerate(talks):
        relations = guardians_of(talk.pupil)
        if not relations or number % 2 or talk.pupil.source_id in left_out:
            continue
        guardian = relations[0].guardian
        if number == 10:
            actions.ask_for_times(talk, by=guardian, text=LATE_SHIFT.get(key, LATE_SHIFT["sol"]))
            continue
        book_first(
            talk, guardian, language="so" if number == 12 else "", note=NOTES.get(key, "") if number == 4 else ""
        )


LATE_SHIFT = {
    "sol": "Vi jobber skift. Helst før klokka 8, eller på telefon etter klokka 20.",
    "lia": "Vi jobbar skift. Helst før klokka 8, eller på telefon etter klokka 20.",
    "eng": "Vi arbejder på skift. Helst før klokken 8, eller på telefon efter klokken 20.",
}


def book_first(talk, guardian, language, note):
    """The first free time from a place of the child's own, so that the days fill unevenly as they do."""
    free = times_of(talk, interpreted=bool(language)).free
    for time_ in free[talk.pk % 7 :: 3]:
        try:
            actions.book(talk, by=guardian, slot=time_.slot, language=language, note=note)
        except (SlotTaken, NotNow):
            continue
        return


def plans(round, school_class):
    """Most plans of the first class are ready; they are sent on their day."""
    teacher = teacher_of(school_class)
    for talk in round.conferences.filter(school_class=school_class).order_by("pk")[:15]:
        actions.add_plan(talk, by=teacher, url=f"https://plan.example/{talk.pk}")


# What the planner is to fill


def round_to_plan(town, key):
    """A whole school's round in the spring: every teacher has said when, the families are called, and most homes have
    said what suits them. Booking opens later, so that the school can make a timetable first."""
    school = town.schools[key]
    classes = [one for name, one in town.classes.items() if name.startswith(f"{key}-") and teacher_of(one)]
    first = weekday(school.today() + timedelta(days=75))
    first -= timedelta(days=max(0, first.weekday() - 2))  # three days in one week
    dates = dates_of(
        school,
        TITLES[key][2],
        first,
        opens_at=evening(school, 40),
        closes_at=evening(school, 60),
        wishes_by=evening(school, 30),
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
    days = [weekday(first + timedelta(days=number)) for number in range(3)]
    homes = GuardianRelation.objects.live().filter(
        pupil__enrolments__school_class__in=round.classes.all(), guardian__household__isnull=False
    )
    chosen = {}
    for home, guardian in homes.order_by("guardian__household", "guardian").values_list(
        "guardian__household", "guardian"
    ):
        chosen.setdefault(home, guardian)
    TimeWish.objects.bulk_create(
        TimeWish(
            round=round,
            household_id=home,
            times=[
                f"{day:%Y-%m-%d} {part}"
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
    """Some homes talk best in another language; the school orders an interpreter for them."""
    for name, language in INTERPRETED.items():
        homes = Household.objects.filter(members__family_name=name, pk__in=round.wishes.values("household"))
        chosen = homes.order_by("pk").values_list("pk", flat=True).distinct()[:5:2]
        Household.objects.filter(pk__in=list(chosen)).update(interpreter_language=language)


INTERPRETED = {"Abdullahi": "so", "Nowak": "pl", "Petrauskaitė": "lt"}
PARTS = (TimeWish.Part.AFTERNOON, TimeWish.Part.EVENING)


def guardians_of(pupil):
    relations = GuardianRelation.objects.live().filter(pupil=pupil).select_related("guardian")
    return list(relations.order_by("guardian__source_id"))


def teacher_of(school_class):
    role = Role.objects.live().filter(kind=Role.Kind.CONTACT_TEACHER, school_class=school_class).first()
    return role.person if role else None


def evening(school, days):
    """Eight in the evening, so many days from today."""
    return datetime.combine(school.today() + timedelta(days=days), time(20), tzinfo=school.zone)


def weekday(day):
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
