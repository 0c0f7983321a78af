"""One page of every room, at a school with few rows and at one with many, to count the queries of a request on."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from bench._child import about_a_child
from bench._servers import cookies_of
from bench.rush import LONG_AGO, make_school, people, write_all
from conferences.models import Booking, Conference, ConferenceSlot
from grants.models import GrantApplication, GrantScheme
from grants.models.schemes import Condition
from networks.models import Gathering, Invitation, Rsvp
from portal.people.models import DirectoryChoice, GuardianRelation, Role, the_portal
from principles.models import Clause, Principle, PrincipleSection, PrincipleVersion


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
    _applications(round.school, gatherings, contact)
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
        ("a public principle", _principle(round.school, size), ""),
        ("the register of grants", reverse("grants:register_show"), cookies_of(principal)),
        ("the municipality's register", reverse("grants:register_show"), cookies_of(officer)),
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


def _applications(school, gatherings, applicant):
    today, now = school.today(), timezone.now()
    scheme = GrantScheme.objects.create(
        municipality=school.municipality, title="Samling", amount=100_000, grades=[1],
        starts_on=today - timedelta(days=50), ends_on=today + timedelta(days=50), opens_on=today - timedelta(days=50),
        closes_on=today + timedelta(days=50), budget=10_000_000, conditions=[Condition.values[0]],
        payees=["school"], appeal_body="Klagenemnda",
    )  # fmt: skip
    GrantApplication.objects.bulk_create(
        [
            GrantApplication(
                gathering=gathering, scheme=scheme, school_class=gathering.school_class, school=school,
                applicant=applicant, status="submitted", purpose="Vafler", submitted_at=now, amount_requested=100_000,
                terms=True, relationship_to_decider=False,
            )
            for gathering in gatherings
        ]
    )  # fmt: skip


def _principle(school, size):
    today, portal = school.today(), the_portal()
    principle = Principle.objects.create(municipality=school.municipality, school=school, slug="samarbeid", title="S")
    version = PrincipleVersion.objects.create(principle=principle, number=1, title="Samarbeid", language="nb")
    section = PrincipleSection.objects.create(
        version=version, kind=PrincipleSection.Kind.values[0], heading="Mål", position=1
    )
    Clause.objects.bulk_create(
        [
            Clause(
                version=version, section=section, number=number, position=number, text="Vi hilser.",
                party=Clause.Party.values[0],
            )
            for number in range(1, size + 1)
        ]
    )  # fmt: skip
    PrincipleVersion.objects.filter(pk=version.pk).update(
        state="published", adopted_on=today, adopted_by="FAU", effective_from=today, published_at=timezone.now(),
        published_by=portal,
    )  # fmt: skip
    return principle.get_absolute_url()
