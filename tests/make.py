"""Plain makers with keyword arguments and no surprises. Rights are given by the actions that give them."""

from datetime import date, datetime, time, timedelta
from importlib import import_module
from io import BytesIO
from itertools import count

from django.apps import apps
from django.db import connection
from django.utils import timezone
from pypdf import PdfWriter

from conferences import actions as conferences
from conferences.models import Conference, ConferenceRound, ConferenceSlot
from networks import actions as gatherings
from networks.models import Between, FaithDay, InclusionCheck
from portal.actions import action
from portal.people import actions, rules
from portal.people.models import (
    Cohort,
    Doubt,
    Enrolment,
    Household,
    Municipality,
    Person,
    Role,
    RosterImport,
    School,
    SchoolClass,
    SchoolYear,
    Term,
    the_portal,
)
from portal.schoolyear import actions as schoolyear

_numbers = count(1)

LONG_AGO = date(2020, 8, 1)


def municipality(name="Granvik", number=None):
    return Municipality.objects.create(name=name, number=number or f"{next(_numbers):04}")


def school(name="Lia skole", *, within=None, country="NO", language_form="nb"):
    zone = "Europe/Copenhagen" if country == "DK" else "Europe/Oslo"
    made = School.objects.create(
        municipality=within or municipality(),
        name=name,
        number=f"U9{next(_numbers):07}",
        country=country,
        language_form=language_form,
        time_zone=zone,
    )
    year(made)
    return made


def year(at, starts=None):
    """The school year that contains today, with its two terms, unless another start is given."""
    today = at.today()
    first = starts or date(today.year if today.month >= 8 else today.year - 1, 8, 1)
    made = SchoolYear.objects.create(school=at, starts_on=first, ends_on=date(first.year + 1, 7, 31))
    Term.objects.create(year=made, season="autumn", starts_on=first, ends_on=date(first.year, 12, 31))
    Term.objects.create(year=made, season="spring", starts_on=date(first.year + 1, 1, 1), ends_on=made.ends_on)
    return made


def school_class(name="1A", *, at, grades=(1,), in_year=None):
    in_year = in_year or at.years.first()
    cohort = Cohort.objects.create(school=at, letter=name[-1], started_on=in_year.starts_on)
    return SchoolClass.objects.create(year=in_year, school=at, name=name, grades=list(grades), cohort=cohort)


def person(given_name="Kim", family_name="Vik", *, email=None, phone="", language="nb", born_on=None, household=None):
    email = f"person{next(_numbers)}@example.org" if email is None else email
    return Person.objects.create(
        given_name=given_name,
        family_name=family_name,
        email=email,
        phone=phone,
        language=language,
        born_on=born_on,
        household=household,
        password="!",
    )


def pupil(given_name="Nora", family_name="Vik", *, in_class, born_on=None):
    made = person(given_name, family_name, email="", born_on=born_on)
    Enrolment.objects.create(pupil=made, school_class=in_class, valid_from=in_class.year.starts_on)
    return made


def guardian(given_name="Amira", family_name="Vik", *, of, household=None, **details):
    """A guardian with full rights to each pupil of `of` (one or a list), in a home of their own or the one given."""
    made = person(given_name, family_name, household=household or Household.objects.create(), **details)
    for child in of if isinstance(of, list | tuple) else [of]:
        confirmed(made, child)
    return made


def confirmed(guardian, pupil, **rights):
    relation = proposed(guardian, pupil)
    actions.confirm_relation(relation, by=the_portal(), **rights)
    relation.refresh_from_db()
    return relation


def proposed(guardian, pupil):
    return actions.propose_relation(guardian, by=the_portal(), pupil=pupil, valid_from=LONG_AGO)


def role(holder, kind, scope, *, valid_from=LONG_AGO, valid_to=None):
    return actions.appoint(holder, by=the_portal(), kind=kind, scope=scope, valid_from=valid_from, valid_to=valid_to)


def holder(kind, scope, given_name="Dan", family_name="Lie", **details):
    """A person with this role and nothing else; a class contact also has a child in the class, as they do."""
    if kind == "class_contact":
        made = guardian(given_name, family_name, of=pupil("Contact's", family_name, in_class=scope), **details)
    else:
        made = person(given_name, family_name, **details)
    role(made, kind, scope)
    return made


def family(in_class, *, pupil_name="Nora", adult_name="Amira", family_name="Vik", **details):
    child = pupil(pupil_name, family_name, in_class=in_class)
    return child, guardian(adult_name, family_name, of=child, **details)


def propose_role(holder, kind, in_class):
    """A role as an import leaves it: it does not count yet."""
    return _written_by_the_portal(Role, person=holder, kind=kind, school_class=in_class, valid_from=LONG_AGO)


def doubt(school, one=None, other=None):
    """Two records that may be one person: a file names the other under another key."""
    roster = RosterImport.objects.create(
        municipality=school.municipality, school=school, file_name="roster.zip", uploaded_by=the_portal()
    )
    one, other = one or person("Kari"), other or person("Kari")
    return Doubt.objects.create(
        roster=roster, school=school, person=one, other=other, source="x", source_id=f"#{other.pk}"
    )


def restricted(guardian, pupil, reason="an order", **dates):
    """Two persons have said that the guardian sees nothing about the pupil."""
    school = pupil.enrolments.first().school_class.school
    setter, second = person("Set"), person("Second")
    role(setter, "office", school)
    role(second, "office", school)
    restriction = actions.set_restriction(pupil, by=setter, guardian=guardian, reason=reason, **dates)
    actions.confirm_restriction(restriction, by=second)
    return restriction


@action(may=rules.only_the_portal, records="tests.row_written")
def _write(portal, model, *, by, **fields):
    return model.objects.create(**fields)


def _written_by_the_portal(model, **fields):
    return _write(the_portal(), model, by=the_portal(), **fields)


def event(at, *, by=None, days=20, hour=18, classes=(), **details):
    """A parents' meeting of these classes, or of the whole school."""
    day = at.today() + timedelta(days=days)
    if classes:
        day = min(day, classes[0].year.ends_on)  # in July the year of a class is soon over
    starts = datetime.combine(day, time(hour), tzinfo=at.zone)
    given = {"kind": "meeting", "title": "Parents' meeting", "place": "The library", "starts_at": starts}
    given |= {"ends_at": starts + timedelta(hours=2), "classes": list(classes), "whole_school": not classes}
    return schoolyear.plan_event(at, by=by or the_portal(), **given | details)


def gathering(of_class, *, by, title="Bonfire by the lake", days=20, **details):
    starts = timezone.localtime() + timedelta(days=days)
    fields = {
        "title": title,
        "kind": "families",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "answer_by": starts - timedelta(days=7),
        "place": "The shelter by the lake",
        **details,
    }
    return gatherings.draft_gathering(of_class, by=by, **fields)


def poll(of_class, *, by, days=(20, 22, 24), closes=10, shown_to="organisers", sent=True, **details):
    """A gathering whose families are asked when it suits."""
    now = timezone.localtime().replace(second=0, microsecond=0)
    starts = [now + timedelta(days=day) for day in days]
    made = gatherings.draft_poll(
        of_class,
        by=by,
        times=[Between(one, one + timedelta(hours=2)) for one in starts],
        closes_at=now + timedelta(days=closes),
        shown_to=shown_to,
        **{"title": "Lantern walk", "kind": "families", "place": "The lake", **details},
    )
    if sent:
        gatherings.check_inclusion(made, by=by, fine=list(InclusionCheck.Point))
        gatherings.send_poll(made, by=by)
    made.refresh_from_db()
    return made


def published(of_class, *, by, **details):
    """A gathering that everyone in the class has been invited to."""
    made = gathering(of_class, by=by, **details)
    gatherings.check_inclusion(made, by=by, fine=list(InclusionCheck.Point))
    gatherings.publish_gathering(made, by=by)
    made.refresh_from_db()
    return made


def round(*classes, by=None, state="published", opened=True, **details):
    """A round of these classes, open for booking since yesterday and for ten more days."""
    now, of_school = timezone.now(), classes[0].school
    opens_at = now + timedelta(days=-1 if opened else 2)
    fields = {
        "title": "Autumn conferences",
        "minutes": 20,
        "gap_minutes": 5,
        "notice_days": 14,
        "plan_days": 7,
        "invite_on": of_school.today(),
        "plans_on": of_school.today() + timedelta(days=10),
        "opens_at": opens_at,
        "closes_at": now + timedelta(days=12),
        "state": state,
        "published_at": None if state == "draft" else now - timedelta(days=1),
        **details,
    }
    made = ConferenceRound.objects.create(school=of_school, made_by=by or the_portal(), **fields)
    made.classes.set(classes)
    return made


def slot(of_round, teacher, *, days=15, hour=16, minute=0, minutes=20, **details):
    """A time that the teacher offers, so many days from today, in the school's time zone."""
    day = of_round.school.today() + timedelta(days=days)
    starts = datetime.combine(day, time(hour, minute), tzinfo=of_round.school.zone)
    ends = starts + timedelta(minutes=minutes)
    return ConferenceSlot.objects.create(round=of_round, teacher=teacher, starts_at=starts, ends_at=ends, **details)


def conference(of_round, pupil, teacher, **details):
    of_class = pupil.enrolments.first().school_class
    return Conference.objects.create(round=of_round, pupil=pupil, teacher=teacher, school_class=of_class, **details)


def booked(of_conference, *, by, at=None, **details):
    """The conference with its time: in this slot, or in a new one of its own."""
    taken = at or slot(of_conference.round, of_conference.teacher)
    conferences.book(of_conference, by=by, slot=taken, **details)
    return Conference.objects.select_related("booking__slot").get(pk=of_conference.pk)


def at(day, school):
    return datetime.combine(day, time.min, tzinfo=school.zone)


def consented(relation, day):
    _set(relation, by=the_portal(), consented_on=day)


@action(may=rules.only_the_portal, records="tests.row_changed")
def _set(row, *, by, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def raw(table, column, pk):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE id = %s', [pk])
        return cursor.fetchone()[0]


def pdf(*, pages=1, locked="", opens=False):
    """A PDF of empty pages, locked with a password: against everything, or only against changes where it `opens`."""
    writer, out = PdfWriter(), BytesIO()
    for _page in range(pages):
        writer.add_blank_page(100, 100)
    if locked:
        writer.encrypt(user_password="" if opens else locked, owner_password=locked, algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def faith_days():
    """Those that come with the portal: the first test that empties the tables takes them away."""
    if not FaithDay.objects.filter(school=None).exists():
        import_module("networks.migrations.0002_faith_days_to_come").fill(apps, None)
