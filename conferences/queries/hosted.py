"""Talks as their hosts see them in a list: which ones, with whom, and who has not chosen a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, JSONObject, Now

from conferences.models import (
    Conference,
    ConferenceRound,
    ConferenceSlot,
    Hold,
    InterpreterRequest,
    LearningPlanRef,
    Participant,
    PlanOpening,
    TimeRequest,
)
from portal.messaging.models import Notice
from portal.messaging.queries import reach_of
from portal.people import protection
from portal.people.models import GuardianRelation, keys_of

INVITED = "conferences.round_invited"
REMINDERS = ("conferences.round_reminder", "conferences.unbooked_reminded")
SIBLING_WAIT = timedelta(minutes=45)  # the longest wait that still counts as straight after


@dataclass(frozen=True)
class Guardian:
    """What staff may know of a guardian. `phone` is empty for a protected one."""

    pk: int
    name: str
    given_name: str
    household_id: int | None
    phone: str
    is_reachable: bool
    prefers_call: bool
    easy_text: bool
    step_free: bool


@dataclass(frozen=True)
class Silent:
    conference: Conference
    guardians: list[Guardian]
    state: str  # why there is no time, or how far the family has been reached
    at: datetime | None = None
    said: list = ()  # what suits the homes

    @property
    def gets_reminder(self):
        return self.state in ("offered", "queued", "sent", "opened", "reminded")

    @property
    def waits_for_us(self):
        return self.state in ("asked", "missed")


def hosted_by(person):
    """The talks that the person deals with as staff, without the children they are restricted from."""
    mine = Conference.objects.of_teacher(person).values("pk")
    led = Conference.objects.of_leader(person).values("pk")
    restricted = keys_of.restricted(person)
    return Conference.objects.told().filter(Q(pk__in=mine) | Q(pk__in=led)).exclude(pupil__in=restricted)


def with_facts(conferences):
    near = Hold.objects.filter(
        household__in=Hold.objects.filter(booking=OuterRef(OuterRef("booking")), household__isnull=False).values(
            "household"
        ),
        booking__ends_at__lte=OuterRef("booking__starts_at"),
    ).filter(~Q(booking__conference__pupil=OuterRef("pupil")))
    wait = ExpressionWrapper(F("booking__ends_at") + SIBLING_WAIT, DateTimeField())
    near = near.annotate(until=wait).filter(until__gte=OuterRef("booking__starts_at"))
    plans = LearningPlanRef.objects.sent().filter(conference=OuterRef("pk"))
    opened = PlanOpening.objects.filter(plan__conference=OuterRef("pk")).exclude(person=OuterRef("teacher"))
    asked = TimeRequest.objects.waiting().filter(conference=OuterRef("pk")).order_by("at")
    reserved = ConferenceSlot.objects.free().filter(reserved_for=OuterRef("pk"), starts_at__gte=Now())
    along = Participant.objects.filter(
        conference=OuterRef("pk"), kind__in=[Participant.Kind.TEACHER, Participant.Kind.SUPPORT]
    ).order_by("pk")
    ordered = InterpreterRequest.objects.not_cancelled().filter(conference=OuterRef("pk"))
    return conferences.select_related(
        "pupil", "teacher", "round", "booking__slot__room", "school_class__school"
    ).annotate(
        adults=ArraySubquery(_adults()),
        along=ArraySubquery(along.values(json=JSONObject(name="name", given="person__given_name"))),
        languages=ArraySubquery(ordered.values(json=JSONObject(language="language", state="state"))),
        after_sibling=Exists(near),
        plan_sent=Exists(plans),
        plan_opened=Exists(opened),
        asked=Subquery(asked.values("text")[:1]),
        offered=Exists(reserved),
        reminded_at=Subquery(_told_again()),
    )


def _adults():
    return (
        GuardianRelation.objects.live()
        .filter(pupil=OuterRef("pupil"))
        .order_by("guardian__sort_name", "guardian_id")
        .annotate(protected=Q(guardian__in=protection.sheltered()))
        .values(
            json=JSONObject(
                pk="guardian_id",
                given="guardian__given_name",
                family="guardian__family_name",
                home="guardian__household_id",
                phone="guardian__phone",
                email="guardian__email",
                failed_at="guardian__email_failed_at",
                call="guardian__household__prefers_call",
                easy="guardian__household__easy_text",
                step_free="guardian__household__step_free",
                protected="protected",
            )
        )
    )


def _told_again():
    return (
        Notice.objects.told()
        .filter(
            kind__in=REMINDERS,
            subject_type=ConferenceRound._meta.label,
            subject_id=Cast(OuterRef("round_id"), CharField()),
            recipient__in=GuardianRelation.objects.filter(pupil=OuterRef(OuterRef("pupil"))).values("guardian"),
        )
        .order_by(F("told_at").desc(nulls_last=True))
        .values("told_at")[:1]
    )


def known_guardians(row):
    return [
        Guardian(
            pk=one["pk"],
            name=f"{one['given']} {one['family']}".strip(),
            given_name=one["given"],
            household_id=one["home"],
            phone="" if one["protected"] else one["phone"],
            is_reachable=bool(one["phone"] or (one["email"] and not one["failed_at"])),
            prefers_call=bool(one["call"]),
            easy_text=bool(one["easy"]),
            step_free=bool(one["step_free"]),
        )
        for one in row.adults
        if row.is_for(one["home"])
    ]


def silent_of(rows):
    """Those who wait for us first. Two queries for each round."""
    reached = {}
    for round in {row.round for row in rows if row.round_id}:
        reached[round.pk] = reach_of(round, INVITED)
    found = [_silent(row, reached.get(row.round_id, {})) for row in rows]
    order = ["asked", "missed", "no_guardian", "call", "no_address", "failed"]
    return sorted(
        found,
        key=lambda one: (
            order.index(one.state) if one.state in order else len(order) + (one.state == "not_needed"),
            one.conference.pupil.sort_name,
        ),
    )


def _silent(row, reached):
    guardians = known_guardians(row)
    return Silent(row, guardians, *_state(row, guardians, reached))


def _state(row, guardians, reached):
    if row.asked is not None:
        return "asked", None
    if row.offered:
        return "offered", None
    if row.state == Conference.State.MISSED:
        return "missed", None
    if row.wanted == Conference.Wanted.NOT_NEEDED:
        return "not_needed", None
    if not guardians:
        return "no_guardian", None
    if all(guardian.prefers_call for guardian in guardians):
        return "call", None
    if not any(guardian.is_reachable for guardian in guardians):
        return "no_address", None
    if row.reminded_at:
        return "reminded", row.reminded_at
    known = [reached[guardian.pk] for guardian in guardians if guardian.pk in reached]
    return next(
        ((key, reach.at) for key in ("opened", "sent", "queued", "failed") for reach in known if reach.state == key),
        ("queued", None),
    )
