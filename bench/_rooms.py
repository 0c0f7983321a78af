"""One page of every room, at a school with few rows and at one with many, to count the queries of a request on."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from bench._child import about_a_child
from bench._grants import cases
from bench._principles import pages_of_principles
from bench._servers import cookies_of
from bench.rush import LONG_AGO, make_school, people, write_all
from conferences.models import Booking, Conference, ConferenceSlot
from networks.models import Gathering, Invitation, Rsvp
from portal.people.models import DirectoryChoice, GuardianRelation, Role, the_portal


def rooms(size):
    """[(name, address, cookies)], at a new school of its own."""
    round, _runners = make_school(families=size, many=1, times=size, minutes=1, gap=0)
    school_class = round.classes.get()
    here = GuardianRelation.objects.filter(pupil__enrolments__school_class=school_class).select_related("guardian")
    guardian, contact = (relation.guardian for relation in here[:2])
    (principal,), (officer,) = people("Rektor", 1), people("Saksbehandler", 1)
    led = {"kind": "principal", "school": round.school}
    served = {"kind": "municipality_officer", "municipality": round.school.municipality}
    elected = {"kind": "class_contact", "school_class": school_class}
    write_all([_role(principal, **led), _role(officer, **served), _role(contact, **elected)])
    gatherings = _gatherings(school_class, size)
    child = guardian.pupil_relations.get().pupil
    _talks(school_class, child, size)
    about_a_child(school_class, guardian, child, size)
    cases(round.school, gatherings, contact)
    DirectoryChoice.objects.bulk_create(
        [DirectoryChoice(person_id=adult, field="phone") for adult in {relation.guardian_id for relation in here}]
    )
    board = reverse("networks:gathering_organise", args=[gatherings[0].pk])
    return [
        ("a guardian's first page", "/", cookies_of(guardian)),
        ("a principal's first page", "/", cookies_of(principal)),
        ("a class contact's first page", "/", cookies_of(contact)),
        ("a gathering's board", board, cookies_of(contact)),
        ("the page of a class", reverse("people:class_show", args=[school_class.pk]), cookies_of(guardian)),
        ("the page of a child", reverse("people:child_show", args=[child.key]), cookies_of(guardian)),
        ("the principal's map of classes", reverse("networks:coverage_show"), cookies_of(principal)),
        *pages_of_principles(round.school, guardian, principal, size),
        ("the register of grants", reverse("grants:register_show"), cookies_of(principal)),
        ("the municipality's register", reverse("grants:register_show"), cookies_of(officer)),
        ("the register, filtered", f"{reverse('grants:register_show')}?result=Innvilget", cookies_of(officer)),
        ("the plain cases", reverse("grants:batch_approve"), cookies_of(principal)),
    ]


def _role(person, **scope):
    return Role(person=person, state="confirmed", valid_from=LONG_AGO, confirmed_by=the_portal(), **scope)


def _gatherings(school_class, size):
    now, portal = timezone.now(), the_portal()
    held = Gathering.objects.bulk_create(
        [
            Gathering(
                school_class=school_class, title=f"Kveld {number}", starts_at=now + timedelta(days=12),
                ends_at=now + timedelta(days=12, hours=2), answer_by=now + timedelta(days=8), place="Skolen",
                state="published", made_by=portal, published_at=now,
            )
            for number in range(size)
        ]
    )  # fmt: skip
    here = GuardianRelation.objects.filter(pupil__enrolments__school_class=school_class).select_related("guardian")
    adults = [relation.guardian for relation in here]
    Invitation.objects.bulk_create([Invitation(gathering=held[0], household_id=adult.household_id) for adult in adults])
    Rsvp.objects.bulk_create(
        [
            Rsvp(
                gathering=held[0], household_id=adult.household_id, answer="yes", answered_by=adult, answered_at=now
            )
            for adult in adults[1::2]
        ]
    )  # fmt: skip
    return held


def _talks(school_class, child, size):
    portal, now = the_portal(), timezone.now()
    (teacher,) = people("Lærer", 1)
    talks = Conference.objects.bulk_create(
        [Conference(kind="extra", pupil=child, teacher=teacher, school_class=school_class) for _number in range(size)]
    )
    starts = [now + timedelta(days=20, hours=number) for number in range(size)]
    slots = ConferenceSlot.objects.bulk_create(
        [
            ConferenceSlot(teacher=teacher, starts_at=at, ends_at=at + timedelta(minutes=20), reserved_for=talk)
            for talk, at in zip(talks, starts, strict=True)
        ]
    )
    Booking.objects.bulk_create(
        [
            Booking(conference=talk, slot=slot, starts_at=slot.starts_at, ends_at=slot.ends_at, booked_by=portal)
            for talk, slot in zip(talks, slots, strict=True)
        ]
    )
