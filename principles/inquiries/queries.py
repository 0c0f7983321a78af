"""What the pages of inquiries read: where one may ask, who answers, what waits, and how soon it is answered."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Q
from django.utils import timezone

from portal.figures import SMALLEST
from portal.people.models import Enrolment, Person, School
from portal.people.queries.children import own_children
from portal.people.queries.naming import asked_of, unnamed_among
from portal.schoolyear.days import answer_days_of
from principles.inquiries.models import Inquiry, contact_teachers, places_at, staff_around
from principles.inquiries.rules import can_answer

SAME_WITHIN = timedelta(days=7)
SEEN = timedelta(days=365)


@dataclass(frozen=True)
class AnswerersAt:
    """Of one of the child's schools: who answers first, by name. Where nobody is named, the management does."""

    school: School
    names: list[str]
    away_until: date | None
    days: int | None


def answerers_at(pupil, reader):
    """For each school where the child has a place today; four queries at most for each."""
    places = Enrolment.objects.of_today().filter(pupil=pupil)
    schools = School.objects.filter(pk__in=places.values("school_class__school")).order_by("name")
    return [_answerers_at(pupil, school, reader) for school in schools]


def _answerers_at(pupil, school, reader):
    contacts = contacts_named(pupil, school, reader)
    away = [teacher.away_until for teacher in contacts]
    back = min(away) if away and all(away) else None
    return AnswerersAt(school, [teacher.full_name for teacher in contacts], back, answer_days_of(school))


def known_to(person, child, places):
    """The names that whoever writes knows, and that the page says: of their home, of the schools, of who answers there."""
    own = own_children(person, itself=False)
    shown = [name for one in places for name in (one.school.name, *one.names)]
    return [child.full_name, person.full_name, *(one.full_name for one in own), *shown]


def class_of(inquiry):
    """One of the child's classes at that school today, or None."""
    place = places_at(inquiry.pupil_id, inquiry.school_id).select_related("school_class").order_by("pk").first()
    return place.school_class if place else None


def same_as(pupil, by, *, school, kind, seen="", lived="", hoped=""):
    """What this person has asked that school about the child in the last week, in the same way and the very same words, or
    None."""
    since = timezone.now() - SAME_WITHIN
    lately = Inquiry.objects.filter(pupil=pupil, by=by.pk, school=school, kind=kind, made_at__gte=since)
    asked = (seen or None, lived or None, hoped or None)
    return next((one for one in lately.order_by("-pk") if one.texts == asked), None)


def contacts_named(pupil, school, reader):
    """The contact teachers of the child there today of whom this reader may read, each once. Two queries at most."""
    return _named(contact_teachers(pupil.pk, school.pk), reader)


def takers_of(inquiry):
    """Whom it can be handed to: those around the child today."""
    roles = staff_around(inquiry.pupil_id, inquiry.school_id)
    return list(Person.objects.filter(pk__in=roles.values("person")).in_name_order())


def _named(roles, reader):
    found = list(asked_of(roles.select_related("person__availability"), reader).order_by("person__sort_name", "pk"))
    unnamed = unnamed_among(found, reader)
    return list(dict.fromkeys(role.person for role in found if role.person_id not in unnamed))


@dataclass(frozen=True)
class InquiryPage:
    """`answerers` are those by name who have it now, of whom this reader may read; it is the management's where
    `is_managed`. Whoever reads it as the other home is told neither who wrote it nor by whom it is answered."""

    inquiry: Inquiry
    is_own: bool
    is_home: bool
    is_staff: bool
    may_answer: bool
    may_hand: bool
    answerers: list[Person]
    is_managed: bool
    classes: list[str]  # none where the child has left the school

    @property
    def may_send(self):
        return self.is_own and self.inquiry.is_saved

    @property
    def may_dispute(self):
        inquiry = self.inquiry
        is_answered = inquiry.answered_at is not None and not inquiry.is_disputed
        return self.is_own and is_answered and bool(self.classes)


def inquiry_page(inquiry, reader):
    is_own = inquiry.by_id == reader.pk
    is_home = is_own or (inquiry.household_id is not None and inquiry.household_id == reader.household_id)
    may_answer = inquiry.is_waiting and can_answer(reader, inquiry)
    answerers, is_managed = answerers_of(inquiry, reader)
    places = places_at(inquiry.pupil_id, inquiry.school_id).order_by("pk")
    return InquiryPage(
        inquiry=inquiry,
        is_own=is_own,
        is_home=is_home,
        is_staff=Inquiry.objects.read_at_school_by(reader).filter(pk=inquiry.pk).exists(),
        may_answer=may_answer,
        may_hand=may_answer and not inquiry.is_disputed,
        answerers=answerers,
        is_managed=is_managed,
        classes=list(places.values_list("school_class__name", flat=True)),
    )


def answerers_of(inquiry, reader):
    """(those who have it, of whom this reader may read; whether the management has it). Neither, where it is held by
    somebody of whom the reader must not read: nobody else is named instead."""
    if inquiry.at_management:
        return [], True
    theirs = staff_around(inquiry.pupil_id, inquiry.school_id).filter(person=inquiry.holder_id or 0)
    contacts = contact_teachers(inquiry.pupil_id, inquiry.school_id)
    answering = next((roles for roles in (theirs, contacts) if roles.exists()), None)
    named = _named(answering, reader) if answering is not None else []
    return named, answering is None or (inquiry.is_saved and not named)


@dataclass(frozen=True)
class ListPage:
    """`late` are all of the schools that the reader leads, the oldest first; `hours` from noticed to answered."""

    mine: list[Inquiry]
    late: list[Inquiry]
    leads: bool
    hours: int | None


def list_page(person):
    assigned = Inquiry.objects.assigned_to(person)
    waiting = Inquiry.objects.waiting().filter(pk__in=assigned.values("pk")).select_related("pupil", "school")
    led = list(person.roles.schools_led().values_list("school", flat=True))
    late = Inquiry.objects.overdue_at_schools_of(person).select_related("pupil", "school", "holder") if led else []
    return ListPage(
        mine=list(waiting.order_by("due_on", "pk")),
        late=list(late.order_by("sent_at", "pk")) if led else [],
        leads=bool(led),
        hours=hours_to_answer(led) if led else None,
    )


def hours_to_answer(schools):
    """Of all inquiries of a year together: the hours in the middle; None where they are fewer than five. Never by teacher."""
    lately = Q(sent_at__gte=timezone.now() - SEEN, answered_at__isnull=False)
    moments = Inquiry.objects.filter(lately, school__in=schools).values_list("sent_at", "answered_at")
    took = [answered - sent for sent, answered in moments]
    return math.ceil(median(took) / timedelta(hours=1)) if len(took) >= SMALLEST else None


def inquiries_about(child, reader):
    """The newest of those that this reader may read as family. One query."""
    found = Inquiry.objects.visible_to(reader).filter(pupil=child)
    return list(found.select_related("school").order_by("-made_at")[:10])
