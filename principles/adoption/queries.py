"""What the pages of an adoption read: the decision, who is told and how many were reached, what is carried out."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from portal.figures import SMALLEST, in_fives
from portal.messaging.models import Notice
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.models import Enrolment, GuardianRelation, Person, Role, SchoolClass
from portal.people.models.roles import REACHED_KINDS
from principles.adoption.models import Adoption, Communication, DecisionCorrection, ImplementationStep

TOLD = "principles.principle_told"
ON_ITS_WAY = timedelta(days=1)  # at night letters wait for the morning


@dataclass(frozen=True)
class Reached:
    """How many were written to and have opened it, in fives; nothing of fewer than five."""

    communication: Communication
    told: int | None
    read: int | None
    is_on_its_way: bool = False  # decided on, and nobody has it yet


@dataclass(frozen=True)
class AdoptionPage:
    adoption: Adoption | None
    corrections: list[DecisionCorrection]
    audiences: list[Reached]
    steps: list[ImplementationStep]

    @property
    def steps_done(self):
        return sum(step.done_at is not None for step in self.steps)


def adoption_page(version):
    """Five queries, and one for each audience that was told within a day, as long as few have their letter."""
    steps = ImplementationStep.objects.filter(version=version)
    communications = list(version.communications.all())
    counts = {
        row["subject_id"]: row
        for row in Notice.objects.filter(
            kind=TOLD,
            subject_type=Communication._meta.label,
            subject_id__in=[str(one.pk) for one in communications],
        )
        .values("subject_id")
        .annotate(told=Count("pk", filter=Q(told_at__isnull=False)), read=Count("pk", filter=Q(read_at__isnull=False)))
        .order_by()
    }
    return AdoptionPage(
        adoption=Adoption.objects.filter(version=version).first(),
        corrections=list(DecisionCorrection.objects.filter(adoption__version=version).select_related("by")),
        audiences=[_reached(one, counts.get(str(one.pk))) for one in communications],
        steps=list(steps.with_whether_left(version.principle.school).select_related("owner")),
    )


def _reached(communication, counts):
    if counts is None or counts["told"] < SMALLEST:
        is_new = communication.done_at is not None and communication.done_at > timezone.now() - ON_ITS_WAY
        is_sent = is_new and communication.sends and whom_to_tell(communication, but=communication.done_by_id).exists()
        return Reached(communication, None, None, is_on_its_way=is_sent)
    return Reached(communication, in_fives(counts["told"]), in_fives(counts["read"]))


def whom_to_tell(communication, *, but):
    """Of its audience all but the person with this key, who tells them."""
    return audience_of(communication).exclude(pk=but)


def audience_of(communication):
    """Everybody of it today, at the school or at all schools that share the principle."""
    principle = communication.version.principle
    schools = Q(school=principle.school_id)
    if principle.school_id is None:
        schools = Q(school__municipality=principle.municipality_id)
    classes = SchoolClass.objects.current().filter(schools)
    if communication.audience == Communication.Audience.PARENTS:
        keys = GuardianRelation.objects.live().in_classes(classes.values("pk")).values("guardian")
    elif communication.audience == Communication.Audience.PUPILS:
        places = Enrolment.objects.current().filter(school_class__in=classes.values("pk"))
        keys = places.filter(pupil__born_on__lte=years_before(timezone.localdate(), ATTENDS_FROM)).values("pupil")
    else:
        of_class = Q(school_class__in=classes.values("pk"))
        keys = Role.objects.live(kinds=REACHED_KINDS).filter(schools | of_class).values("person")
    return Person.objects.active().filter(pk__in=keys)


def who_may_see_to(principle):
    """Those who work at the school or sit on its board."""
    if principle.school is None:
        roles = Role.objects.live(kinds=[Role.Kind.MUNICIPALITY_OFFICER]).filter(municipality=principle.municipality)
    else:
        roles = Role.objects.live(kinds=[*REACHED_KINDS, Role.Kind.BOARD_MEMBER]).at(principle.school)
    return Person.objects.active().filter(pk__in=roles.values("person")).in_name_order()
