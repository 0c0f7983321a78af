"""A whole town on the day its families are being called: schools of 400 pupils with guardians, teachers, principals.

Every class has a gathering that two homes in three have answered, and a class contact; every school has a round in
which half of the children have a time, some of them the day after tomorrow. The people are those of the made-up
rosters.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import connection
from django.utils import timezone
from psycopg2.extras import DateTimeTZRange

from bench.rush import LONG_AGO, write_all
from conferences.models import Booking, Conference, ConferenceRound, ConferenceSlot, Hold
from networks.models import Gathering, Invitation, Rsvp
from portal.people.models import (
    Enrolment,
    GuardianRelation,
    Household,
    Municipality,
    Person,
    Role,
    School,
    SchoolClass,
    SchoolYear,
    the_portal,
)
from portal.rosters import values
from portal.rosters.generating import Made

A_SCHOOL, ROWS = 400, 2000
TALK = timedelta(minutes=20)


@dataclass(frozen=True)
class Town:
    round: ConferenceRound
    guardian: Person
    principal: Person
    officer: Person


def make_town(pupils):
    made = Made(max(1, pupils // A_SCHOOL), pupils, Random(1), values.year_start(timezone.localdate()))  # noqa: S311
    made.fill()
    municipality = Municipality.objects.create(name="Granvik", number="9999")
    schools, classes = _places(made, municipality)
    people = _people(made)
    enrolled, staff = _enrolled(made, people, classes), _staff(made, people, schools, classes)
    officer = Person.objects.create(given_name="Siri", family_name="Vik", password="!")  # noqa: S106
    write_all([_role(officer, "municipality_officer", the_portal(), municipality=municipality)])
    homes = _families(made, people, enrolled)
    _gatherings(classes, enrolled, homes)
    rounds, waiting = _talks(schools, enrolled, staff, homes)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does within the minute
    child = waiting[len(waiting) // 2]
    round, guardian = rounds[enrolled[child].school_id], homes[child][0]
    principal = Person.objects.get(roles__kind="principal", roles__school=round.school)
    return Town(round, guardian, principal, officer)


def write(rows):
    return type(rows[0]).objects.bulk_create(rows, batch_size=ROWS)


def _role(person, kind, by, **scope):
    own = {"state": "confirmed", "valid_from": LONG_AGO, "confirmed_by": by}
    return Role(person=person, kind=kind, **own, **scope)


def _places(made, municipality):
    rows = [row for row in made.orgs if row[4] == "school"]
    own = {"municipality": municipality, "country": "NO", "language_form": "nb"}
    schools = {
        row[0]: school
        for row, school in zip(rows, write([School(name=row[3], number=row[5], **own) for row in rows]), strict=True)
    }
    ends = values.year_end(made.starts_on)
    found = write([SchoolYear(school=school, starts_on=made.starts_on, ends_on=ends) for school in schools.values()])
    years = {year.school_id: year for year in found}
    classes = {
        row[0]: SchoolClass(
            year=years[schools[row[9]].pk], school=schools[row[9]], name=f"{row[0]}", grades=[int(row[4])]
        )
        for row in made.classes
    }
    write(list(classes.values()))
    return schools, classes


def _people(made):
    born = {row[0]: row[3] for row in made.births}
    no_login = {"password": "!"}
    rows = [
        Person(
            given_name=row[6], family_name=row[7], email=row[10], phone=row[11], born_on=born.get(row[0]), **no_login
        )
        for row in made.users
    ]
    return {row[0]: person for row, person in zip(made.users, write(rows), strict=True)}


def _enrolled(made, people, classes):
    places = [(people[row[5]], classes[row[3]]) for row in made.enrolments if row[6] == "student"]
    write([Enrolment(pupil=child, school_class=of, valid_from=LONG_AGO) for child, of in places])
    return {child.pk: of for child, of in places}


def _staff(made, people, schools, classes):
    """{class's key: its contact teacher}. Every school gets a principal."""
    teachers = {classes[row[3]].pk: people[row[5]] for row in made.enrolments if row[6] == "teacher"}
    of, portal = {one.pk: one for one in classes.values()}, the_portal()
    write_all(
        [_role(teacher, "contact_teacher", portal, school_class=of[key]) for key, teacher in teachers.items()]
        + [
            _role(people[row[3]], "principal", portal, school=schools[row[8]])
            for row in made.roles
            if row[5] == "principal"
        ]
    )
    return teachers


def _families(made, people, enrolled):
    """{child's key: its guardians}. Those with the same last name share a home."""
    wards, portal = {}, the_portal()
    for row in made.users:
        if row[13]:
            wards[people[row[0]].pk] = [people[key] for key in row[13].split(",")]
    homes, adults = {}, {}
    for guardians in wards.values():
        for adult in guardians:
            homes.setdefault((guardians[0].pk, adult.family_name), Household())
            adults.setdefault(adult.pk, (adult, homes[guardians[0].pk, adult.family_name]))
    write(list(homes.values()))
    for adult, home in adults.values():
        adult.household = home
    Person.objects.bulk_update([adult for adult, _home in adults.values()], ["household"], batch_size=ROWS)
    write_all(
        [
            GuardianRelation(
                guardian=adult, pupil_id=child, legal_authority=True, information_right=True, state="confirmed",
                valid_from=LONG_AGO, confirmed_by=portal, confirmed_at=timezone.now(),
            )
            for child, guardians in wards.items()
            for adult in guardians
        ]
    )  # fmt: skip
    return wards


def _gatherings(classes, enrolled, homes):
    now, portal = timezone.now(), the_portal()
    starts = now + timedelta(days=12)
    held = write(
        [
            Gathering(
                school_class=of, title="Vaffelkveld", starts_at=starts, ends_at=starts + timedelta(hours=2),
                answer_by=now + timedelta(days=8), place="Skolen", state="published", made_by=portal,
                published_at=now - timedelta(days=3),
            )
            for of in classes.values()
        ]
    )  # fmt: skip
    of_class = {gathering.school_class_id: gathering for gathering in held}
    invited, contacts = {}, {}
    for child, of in enrolled.items():
        for adult in homes[child]:
            invited[of_class[of.pk].pk, adult.household_id] = adult
            contacts.setdefault(of.pk, _role(adult, "class_contact", portal, school_class=of))
    write_all(list(contacts.values()))
    write([Invitation(gathering_id=gathering, household_id=home) for gathering, home in invited])
    write(
        [
            Rsvp(gathering_id=gathering, household_id=home, answer="yes", answered_by=adult, answered_at=now)
            for number, ((gathering, home), adult) in enumerate(invited.items())
            if number % 3
        ]
    )


def _talks(schools, enrolled, staff, homes):
    """{school: its round}, and the children without a time."""
    now, today, portal = timezone.now(), timezone.localdate(), the_portal()
    opened = {
        "opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=10), "state": "published",
        "published_at": now - timedelta(days=9), "invite_on": today - timedelta(days=2), "plans_on": today,
    }  # fmt: skip
    made = write(
        [
            ConferenceRound(
                school=school, title="Høst", minutes=20, gap_minutes=5, notice_days=14, plan_days=7,
                made_by=portal, **opened,
            )
            for school in schools.values()
        ]
    )  # fmt: skip
    rounds = {round.school_id: round for round in made}
    through = ConferenceRound.classes.through
    classes = {of.pk: of for of in enrolled.values()}
    write([through(conferenceround=rounds[of.school_id], schoolclass=of) for of in classes.values()])
    talks = write(
        [
            Conference(round=rounds[of.school_id], pupil_id=child, teacher=staff[of.pk], school_class=of)
            for child, of in enrolled.items()
        ]
    )
    _times(talks, homes)
    waiting = [talk.pupil_id for number, talk in enumerate(talks) if number % 2 and len(homes[talk.pupil_id]) > 1]
    return rounds, waiting


def _times(talks, homes):
    placed, slots, portal = {}, [], the_portal()
    first = timezone.now().replace(minute=0, second=0, microsecond=0)
    for talk in talks:
        number = placed[talk.teacher_id] = placed.get(talk.teacher_id, -1) + 1
        day = timedelta(days=2 if number < 6 else 15)
        starts = first + day + timedelta(minutes=25) * number
        slots.append(
            ConferenceSlot(round_id=talk.round_id, teacher_id=talk.teacher_id, starts_at=starts, ends_at=starts + TALK)
        )
    write(slots)
    booked = write(
        [
            Booking(
                conference=talk, slot=slot, starts_at=slot.starts_at, ends_at=slot.ends_at, booked_by=portal,
                booked_at=timezone.now() - timedelta(days=1),
            )
            for talk, slot in list(zip(talks, slots, strict=True))[::2]
        ]
    )  # fmt: skip
    holds = []
    for booking in booked:
        talk, during = booking.conference, DateTimeTZRange(booking.starts_at, booking.ends_at)
        busy = [{"teacher_id": talk.teacher_id}, {"pupil_id": talk.pupil_id}]
        busy += [{"household_id": home} for home in {adult.household_id for adult in homes[talk.pupil_id]}]
        holds += [Hold(booking=booking, during=during, **one) for one in busy]
    Hold.objects.bulk_create(holds, batch_size=ROWS, ignore_conflicts=True)  # two children of a home at the same time
