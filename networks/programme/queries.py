"""The programme of a gathering, as a family reads it and as its organisers do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from networks.models import Activity, Gathering, Rsvp
from networks.queries import organisers_of
from portal.people import protection
from portal.people.models import GuardianRelation, Person
from portal.people.queries import families_of
from portal.speech import clock

IN_A_LETTER = 6


@dataclass(frozen=True)
class Step:
    """One row of the programme, with its time. `leader` is what this reader may read of who leads it."""

    activity: Activity
    after: int  # minutes after the beginning
    starts_at: datetime
    leader: str
    is_waiting: bool
    is_own: bool
    cannot: bool


@dataclass(frozen=True)
class Programme:
    steps: list[Step]
    minutes: int
    too_long_by: int

    @property
    def own(self):
        return [step for step in self.steps if step.is_own]


def programme_of(gathering, reader, *, plans=False):
    """Families read first names of those who have agreed; whoever `plans` it reads also who is asked, and who cannot come
    after all. One query, and five more when somebody is asked."""
    activities = list(gathering.activities.select_related("led_by"))
    asked = {one.led_by_id for one in activities} - {None}
    able = able_to_lead(gathering, asked) if asked else set()
    hidden = _hidden(reader, asked) if asked else set()
    steps, after = [], 0
    for one in activities:
        is_own, is_waiting = one.led_by_id == reader.pk, one.led_by_id is not None and one.agreed_at is None
        can = one.led_by_id in able
        steps.append(
            Step(
                activity=one,
                after=after,
                starts_at=gathering.starts_at + timedelta(minutes=after),
                leader=_leader(one, hidden) if one.led_by_id is None or (can and (plans or not is_waiting)) else "",
                is_waiting=is_waiting and can and one.led_by_id not in hidden,
                is_own=is_own and can,
                cannot=one.led_by_id is not None and not can,
            )
        )
        after += one.minutes
    length = int((gathering.ends_at - gathering.starts_at).total_seconds() // 60)
    return Programme(steps=steps, minutes=after, too_long_by=max(after - length, 0))


def _hidden(reader, keys):
    """The protected, and the guardians of a child of whom the reader must know nothing."""
    _pupils, others = Person.objects.restricted_for(reader)
    unknown = Person.objects.filter(pk__in=others).filter(pk__in=keys).values_list("pk", flat=True)
    return protection.hidden_from(reader, keys) | set(unknown)


def _leader(activity, hidden):
    if activity.led_by_id is None:
        return activity.leader
    return "" if activity.led_by_id in hidden else activity.led_by.given_name


def able_to_lead(gathering, keys):
    """Of these adults, those who have a child in the class today and come, and those who organise it."""
    coming = gathering.rsvps.filter(answer=Rsvp.Answer.YES).values("household")
    here = GuardianRelation.objects.live().in_class(gathering.school_class_id)
    come = Q(household__in=coming, pk__in=here.values("guardian"))
    organising = [person.pk for person in organisers_of(gathering)]
    return set(Person.objects.filter(come | Q(pk__in=organising), pk__in=keys).values_list("pk", flat=True))


def adults_to_ask(gathering, reader):
    """Whoever comes, and whoever organises it; nobody of a protected family. Before the invitation is sent, only oneself:
    nobody else reads a draft."""
    coming = set(gathering.rsvps.filter(answer=Rsvp.Answer.YES).values_list("household", flat=True))
    organising = organisers_of(gathering)
    if gathering.is_draft:
        return [reader] if reader in organising else []
    found = {
        adult.pk: adult
        for family in families_of(gathering.school_class, seen_by=reader)
        for adult in family.adults
        if not family.protected and (family.household_id in coming or adult in organising)
    }
    return sorted(found.values(), key=lambda adult: (adult.sort_name, adult.pk))


def programme_in_a_line(gathering):
    """What happens and when, for a letter; names nobody."""
    said, after = [], 0
    for one in gathering.activities.all()[:IN_A_LETTER]:
        said.append(
            f"{clock(gathering.starts_at + timedelta(minutes=after), gathering.school_class.school)} {one.title}"
        )
        after += one.minutes
    return ", ".join(said)


def waits_for_word(person, gathering=None):
    """What somebody is asked to lead and has not answered, at gatherings to come that they come to or organise."""
    sent = Gathering.objects.published().upcoming().for_guardian(person)
    if gathering is not None:
        sent = sent.filter(pk=gathering.pk)
    coming = Rsvp.objects.filter(answer=Rsvp.Answer.YES, household=person.household_id).exclude(household=None)
    come = Q(gathering__in=coming.values("gathering")) | Q(gathering__in=sent.organised_by(person).values("pk"))
    waiting = Activity.objects.waiting_for(person).filter(come, gathering__in=sent.values("pk"))
    return waiting.select_related("gathering__school_class__school").order_by("gathering__starts_at", "number")
