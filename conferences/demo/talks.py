"""The conferences of the demo: talks that were held, talks today, a round that families book in, one to plan."""

from datetime import datetime, time, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from conferences import actions
from conferences.after.queries.tips import tips_to_choose
from conferences.demo import autumn
from conferences.demo.calling import TITLES, dates_of, guardians_of, offer, spoken_by, teacher_of
from conferences.demo.spring import round_to_plan
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSlot,
    ConferenceSummary,
    Hold,
    InterpreterRequest,
    LearningPlanRef,
    NotNow,
    PlanOpening,
    SlotTaken,
    SummaryAnswer,
)
from conferences.queries.times import homes_of, times_of
from portal.demo import evening, furnishes, has_a_full_day, weekday, weekday_before
from portal.ledger.models import Event
from portal.people.models import the_portal

BOOKING = {"sol": ("1A", "1B", "2A", "3B"), "lia": ("1A", "2A"), "eng": ("1A", "2A")}
MET_EARLIER = {"sol": "1A", "lia": "1A", "eng": "1A"}
ROOMS = {"sol": "Rom 204", "lia": "Rom 12", "eng": "Lokale 8"}
TODAY, TODAYS_TITLE = "sol-8A", "Utviklingssamtaler i 8A"
PLAN = "Vurdering og mål"
WITH = ("pupil", "teacher", "school_class__school", "round", "booking__booked_by__household")
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
NOTES = {
    "sol": (
        "Hvordan kan vi øve på lesing hjemme?",
        "Vi vil gjerne snakke om friminuttene.",
        "Ring når dere er klare. Jeg er på jobb.",
    ),
    "lia": ("Korleis kan vi øve på lesing heime?",),
    "eng": ("Hvordan kan vi øve læsning hjemme?",),
}


@furnishes("conferences", after=("principles",))
def meet(town):
    for key in town.schools:
        actions.begin_subjects(town.schools[key], by=town.leader(key))
        actions.begin_tips(town.schools[key], by=town.leader(key))
        actions.add_room(town.schools[key], by=town.office(key), name=ROOMS[key])
    past = {key: past_round(town, key) for key in town.schools}
    for key in town.schools:
        open_round(town, key)
    day_of_talks(town, TODAY)
    round_to_plan(town, "sol")
    for key, round in past.items():
        earlier(town, key, round)
    told = Event.objects.unpublished().filter(verb__startswith="conferences.")
    told.update(published_at=timezone.now())  # it is all past when the demo begins: nobody gets a hundred letters


@has_a_full_day
def hosts_today():
    today = Booking.objects.filter(starts_at__date=timezone.localdate())
    return today.values_list("conference__teacher", flat=True)


# What was


def earlier(town, key, round):
    """The other classes had their talks too, written as it is afterwards. One class goes through the real actions, with
    its loose ends."""
    mine = town.classes[f"{key}-{MET_EARLIER[key]}"]
    teachers = {one: teacher_of(one) for name, one in town.classes.items() if name.startswith(f"{key}-")}
    classes = {one: teacher for one, teacher in teachers.items() if teacher}
    autumn.take_place(round, {one: teacher for one, teacher in classes.items() if one != mine}, SUMMARY[key])
    autumn.write_of_subjects(town.schools[key], classes)
    autumn.ask_each_month(town.schools[key], classes)


def past_round(town, key):
    school_class = town.classes[f"{key}-{MET_EARLIER[key]}"]
    day = weekday(school_class.school.today() - timedelta(days=56))
    round, talks = booked_talks(
        school_class, TITLES[key][0], datetime.combine(day, time(8)), state=ConferenceRound.State.CLOSED
    )
    for number, talk in enumerate(talks[:-2]):
        guardians = [relation.guardian for relation in guardians_of(talk.pupil)]
        came = [person.pk for person in guardians[: 1 + number % 2]]
        actions.note_attendance(talk, by=talk.teacher, came=[*came, talk.pupil_id], by_phone=number % 7 == 3)
        if number % 4 != 3:
            summary = summarise(talk, key, guardians)
            if number % 3 == 0:
                actions.open_summary(summary, by=town.leader(key))
    return round


def summarise(talk, key, guardians):
    words, academic, social, home, goal, agreed = SUMMARY[key]
    due = weekday(talk.school_class.school.today() + timedelta(days=20))
    shared_at = talk.booking.ends_at + timedelta(days=1)
    names = {"home": guardians[0].full_name if guardians else talk.pupil.given_name, "school": talk.teacher.full_name}
    draft = actions.write_summary(
        talk,
        by=talk.teacher,
        tips=tips_to_choose(talk, None)[:2],
        words={"child_words": words, "academic": academic, "social": social, "personal": "", "home_support": home},
        goals=[{"kind": "academic", "text": goal[0], "seen_by": goal[1]}],
        agreements=[{"what": what, "owner": owner, "who": names[owner], "due_on": due} for what, owner in agreed],
    )
    ConferenceSummary.objects.filter(pk=draft.pk).update(shared_at=shared_at)
    draft.refresh_from_db()
    SummaryAnswer.objects.bulk_create(
        SummaryAnswer(summary=draft, person=guardian, agrees=True, at=shared_at + timedelta(days=1))
        for guardian in guardians[:1]
    )
    return draft


def day_of_talks(town, key):
    """One teacher has talks all day today, some with an interpreter or by phone. On an ordinary working day a few are
    over when the demo begins."""
    school_class = town.classes[key]
    now = timezone.now().astimezone(school_class.school.zone).replace(second=0, microsecond=0, tzinfo=None)
    begun = now - timedelta(minutes=95 + now.minute % 5)
    first = min(max(begun, now.replace(hour=8, minute=0)), now.replace(hour=13, minute=0))
    _round, talks = booked_talks(
        school_class,
        TODAYS_TITLE,
        first,
        state=ConferenceRound.State.PUBLISHED,
        modes=("school", "school", "phone", "school", "video"),
    )
    read_beforehand(talks)
    interpret(talks)


def read_beforehand(talks):
    for number, talk in enumerate(talks):
        sent = LearningPlanRef.objects.create(
            conference=talk,
            title=PLAN,
            url=f"https://plan.example/{talk.pupil.given_name.lower()}",
            made_by=talk.teacher,
            sent_at=talk.booking.starts_at - timedelta(days=8),
        )
        if number % 4 != 3:
            PlanOpening.objects.create(plan=sent, person=talk.booking.booked_by)


def interpret(talks):
    states = InterpreterRequest.State
    waiting = [states.CONFIRMED, states.ORDERED, states.CANCELLED]
    for talk in talks:
        guardian = talk.booking.booked_by
        language = spoken_by(guardian)
        if language and waiting:
            InterpreterRequest.objects.create(
                conference=talk,
                household=guardian.household,
                language=language,
                state=waiting.pop(0),
                ordered_at=timezone.now() - timedelta(days=3),
                asked_by=guardian,
            )


def booked_talks(school_class, title, first, *, state, modes=("school",)):
    """A round of one class on one day, written directly: nobody can book a time that has passed."""
    teacher, now = teacher_of(school_class), timezone.now()
    zone, is_over = school_class.school.zone, state == ConferenceRound.State.CLOSED
    starts, day = first.replace(tzinfo=zone), first.date()
    round = ConferenceRound.objects.create(
        school=school_class.school,
        title=title,
        minutes=20,
        gap_minutes=5,
        notice_days=14,
        plan_days=7,
        invite_on=weekday_before(day - timedelta(days=20)),
        plans_on=day - timedelta(days=7),
        opens_at=evening(school_class.school, weekday_before(day - timedelta(days=20))),
        closes_at=evening(school_class.school, day),
        state=state,
        made_by=the_portal(),
        published_at=starts - timedelta(days=20),
        ended_at=now if is_over else None,
    )
    round.classes.set([school_class])
    room, is_bokmal = school_class.school.rooms.first(), school_class.school.language_form == "nb"
    pupils = school_class.enrolments.current().select_related("pupil").order_by("pupil__source_id")
    for number, place in enumerate(pupils[:18]):
        at = starts + timedelta(minutes=25 * number)
        slot = ConferenceSlot.objects.create(
            round=round, teacher=teacher, starts_at=at, ends_at=at + timedelta(minutes=20), room=room
        )
        talk = Conference.objects.create(round=round, pupil=place.pupil, teacher=teacher, school_class=school_class)
        relations = guardians_of(place.pupil)
        if not relations or number == 5:
            continue
        booking = Booking.objects.create(
            conference=talk,
            slot=slot,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            mode=modes[number % len(modes)],
            note=NOTES["sol"][number // 5 % 3] if number % 5 == 2 and is_bokmal else "",
            booked_by=relations[0].guardian,
        )
        _reserve(booking)
    booked = Conference.objects.filter(round=round, booking__isnull=False).select_related(*WITH)
    return round, list(booked.order_by("pk"))


def _reserve(booking):
    talk, during = booking.conference, DateTimeTZRange(booking.starts_at, booking.ends_at)
    Hold.objects.create(booking=booking, teacher=talk.teacher, during=during)
    Hold.objects.create(booking=booking, pupil=talk.pupil, during=during)
    for home in homes_of(talk):
        Hold.objects.create(booking=booking, household_id=home, during=during)


# What families are in the middle of


def open_round(town, key):
    school = town.schools[key]
    classes = [town.classes[f"{key}-{name}"] for name in BOOKING[key]]
    today, first = school.today(), weekday(school.today() + timedelta(days=16))
    invited = weekday_before(today - timedelta(days=2))
    opens_at, closes_at = evening(school, invited), evening(school, weekday(today + timedelta(days=11)))
    round = actions.draft_round(
        school,
        by=town.leader(key),
        classes=classes,
        **dates_of(school, TITLES[key][1], first, opens_at=opens_at, closes_at=closes_at),
    )
    for number, one in enumerate(classes):
        offer(round, teacher_of(one), first, room=school.rooms.first() if number == 0 else None)
    actions.publish_round(round, by=town.leader(key))
    ConferenceRound.objects.filter(pk=round.pk).update(invite_on=invited, published_at=opens_at - timedelta(hours=10))
    plans(round, classes[0])
    choose(round, key, left_out={"sol-1A-01", "sol-3B-00"})


def choose(round, key, left_out):
    talks = round.conferences.select_related("pupil", "teacher", "school_class__school", "round").order_by("pk")
    for number, talk in enumerate(talks):
        relations = guardians_of(talk.pupil)
        if not relations or number % 2 or talk.pupil.source_id in left_out:
            continue
        guardian = relations[0].guardian
        if number == 10:
            actions.ask_for_times(talk, by=guardian, text=LATE_SHIFT.get(key, LATE_SHIFT["sol"]))
            continue
        language = spoken_by(guardian) if number % 12 == 0 else ""
        book_first(talk, guardian, language=language, note=NOTES[key][0] if number == 4 else "")


LATE_SHIFT = {
    "sol": "Vi jobber skift. Helst før klokka 8, eller på telefon etter klokka 20.",
    "lia": "Vi jobbar skift. Helst før klokka 8, eller på telefon etter klokka 20.",
    "eng": "Vi arbejder på skift. Helst før klokken 8, eller på telefon efter klokken 20.",
}


def book_first(talk, guardian, language, note):
    """The first free time from a start of the child's own: the days fill as unevenly as real ones."""
    free = times_of(talk, interpreted=bool(language)).free
    for time_ in free[talk.pk % 7 :: 3]:
        try:
            actions.book(talk, by=guardian, slot=time_.slot, language=language, note=note)
        except (SlotTaken, NotNow):
            continue
        return


def plans(round, school_class):
    teacher = teacher_of(school_class)
    for talk in round.conferences.filter(school_class=school_class).order_by("pk")[:15]:
        actions.add_plan(talk, by=teacher, url=f"https://plan.example/{talk.pupil.given_name.lower()}")
