"""Every change to a gathering: planned, checked, sent, changed, cancelled, held, and who helps with it."""

from contextlib import contextmanager, suppress
from copy import copy
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks import rules
from networks.models import (
    Gathering,
    Helper,
    InclusionCheck,
    Invitation,
    NotNow,
    NotSendable,
    Rsvp,
)
from networks.queries import CHANGES, INVITED, has_left
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.messaging.actions import stop_sending
from portal.messaging.models import AlreadySent, Notice
from portal.people.models import Person, SchoolClass, the_portal
from portal.people.queries import families_of
from portal.schoolyear.models import HAS_PASSED

State = Gathering.State


FIRM = {"starts_at", "ends_at", "answer_by", "place", "family_cost", "kind"}  # what nobody may find out by chance
TIMES = {"starts_at", "ends_at", "answer_by"}
MOVES = {"starts_at", "ends_at", "place"}
SHOWN = FIRM | {"title", "description", "bring", "kit", "own_topic"}  # what the families have read
SENT = NotNow(gettext_lazy("The invitation has already been sent."))
MUST_BE_TOLD = gettext_lazy(
    "You changed the time, the place, the price, the last day to answer or who it is for, so everyone must be told. Take "
    "the tick away, and save again."
)


class WrongTimes(Refusal):
    """A gathering is answered before it starts, and starts before it ends."""


class MustBeTold(Refusal):
    """What was changed concerns everyone who was invited, so it cannot be changed quietly."""


@action(may=rules.can_gather, records="networks.gathering_drafted", refuses=(WrongTimes,))
def draft_gathering(
    school_class: SchoolClass,
    *,
    by: Person,
    title: str,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    answer_by: datetime,
    place: str,
    description: str = "",
    bring: str = "",
    family_cost: int = 0,
    capacity: int | None = None,
    children_involved: str = "",
    idea: str = "",
    kit: str = "",
    own_topic: str = "",
) -> Gathering:
    """Start planning a gathering for the class; nobody is told yet. `family_cost` is in øre. Refused when the times do
    not fit together. Without a `capacity` there is room for all; only a theme evening has a topic."""
    with _times_fit():
        gathering = Gathering.objects.create(
            school_class=school_class,
            made_by=by,
            title=title,
            kind=kind,
            starts_at=starts_at,
            ends_at=ends_at,
            answer_by=answer_by,
            place=place,
            description=description,
            bring=bring,
            family_cost=family_cost,
            capacity=capacity,
            children_involved=children_involved,
            idea=idea,
            **_topic(kind, kit, own_topic),
        )
    record("networks.gathering_drafted", gathering, by=by)
    return gathering


@action(
    may=rules.can_change,
    claims=lambda: Gathering.objects.upcoming().filter(state__in=(State.DRAFT, State.PUBLISHED)),
    gone=NotNow(gettext_lazy("This gathering is over or cancelled, so it can no longer be changed.")),
    records="networks.gathering_changed",
    refuses=(NotNow, WrongTimes, MustBeTold),
)
def change_gathering(
    gathering: Gathering,
    *,
    by: Person,
    title: str,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    answer_by: datetime,
    place: str,
    description: str = "",
    bring: str = "",
    family_cost: int = 0,
    capacity: int | None = None,
    children_involved: str = "",
    kit: str = "",
    own_topic: str = "",
    quietly: bool = False,
) -> str:
    """Change a draft, or a gathering that people know of: then everyone is told again, and calendars follow. Words alone
    are told once, then wait for the next message. Returns "same" when nothing changed, "told", "later" when it waits, or
    "saved". Correcting `quietly` is refused when people must hear of it. Less room takes nobody's place."""
    fields = {
        "title": title,
        "kind": kind,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "answer_by": answer_by,
        "place": place,
        "description": description,
        "bring": bring,
        "family_cost": family_cost,
        "capacity": capacity,
        "children_involved": children_involved,
        **_topic(kind, kit, own_topic),
    }
    if not (changed := (before := copy(gathering)).differs_in(fields)):
        return "same"
    _refuse_change(before, changed, quietly=quietly)
    _write(gathering, fields)
    outcome = _told_or_later(gathering, changed) if before.is_published and not quietly else "saved"
    record("networks.gathering_changed", gathering, by=by, **_said(outcome, changed), **_begins(gathering))
    return outcome


def _refuse_change(before, changed, *, quietly):
    if before.has_no_time and changed & TIMES:
        raise NotNow(_("The families are asked when it suits, so the time is fixed there."))
    if quietly and before.is_published and changed & FIRM:
        raise MustBeTold(MUST_BE_TOLD)


def _write(gathering, fields):
    """Children who were to come along stay at home from what has become an evening of adults, and take nobody's place."""
    with _times_fit(fields["ends_at"]):
        Gathering.objects.filter(pk=gathering.pk).update(**fields, sequence=F("sequence") + 1)
    gathering.refresh_from_db()
    if gathering.is_for_adults:
        Rsvp.pupils.through.objects.filter(rsvp__gathering=gathering).delete()
        Rsvp.objects.filter(gathering=gathering).update(siblings=0)


def _topic(kind, kit, own_topic):
    """A kit goes before words of one's own, and no other kind of gathering keeps either."""
    kit, own_topic = (kit, own_topic) if kind == Gathering.Kind.THEME else ("", "")
    return {"kit": kit, "own_topic": "" if kit else own_topic}


def _said(outcome, changed):
    later = {"later": sorted(changed & SHOWN)} if outcome == "later" else {}
    return {**later, "told": outcome == "told", "elsewhere": bool(changed & MOVES)}


def _told_or_later(gathering, changed):
    """A new time, place or price is told however often it happens. Of other words families get one message in the life
    of a gathering: those changed later stand in the next message, whatever it is. Where they were asked when it suits,
    the time that was fixed was that message."""
    if not changed & SHOWN:
        return "saved"
    told = Notice.objects.about(gathering).told().filter(kind__in=CHANGES, told_at__gt=gathering.published_at)
    is_told = told.exists() or (hasattr(gathering, "poll") and gathering.poll.fixed_at is not None)
    return "told" if changed & FIRM or not is_told else "later"


@action(
    may=rules.can_organise,
    claims=Gathering.objects.drafts,
    gone=SENT,
    records="networks.gathering_changed",
    refuses=(NotNow,),
)
def add_reason(gathering: Gathering, *, by: Person, text: str) -> None:
    """Let the invitation end with why families of the class meet; pressed twice, it says so once. Refused once it has
    been sent, and when there is no room for it."""
    if text in gathering.description:
        return
    words = f"{gathering.description}\n\n{text}".strip()
    if len(words) > Gathering._meta.get_field("description").max_length:
        raise NotNow(_("The invitation is too long for more. Make it shorter first."))
    gathering.description, gathering.sequence = words, gathering.sequence + 1
    gathering.save(update_fields=["description", "sequence"])
    record("networks.gathering_changed", gathering, by=by, **_said("saved", {"description"}), **_begins(gathering))


@action(may=rules.can_organise, claims=Gathering.objects.all, records="networks.inclusion_checked")
def check_inclusion(gathering: Gathering, *, by: Person, fine: list[str]) -> InclusionCheck:
    """Record what has been thought of so that everyone can take part. What is not fine becomes a task for the
    organisers."""
    check, _made = InclusionCheck.objects.update_or_create(
        gathering=gathering, defaults={"fine": list(fine), "mended": []}
    )
    record("networks.inclusion_checked", gathering, by=by, weak=len(check.weak))
    return check


@action(may=rules.can_organise, claims=Gathering.objects.all, records="networks.inclusion_mended", refuses=(NotNow,))
def mend_inclusion(gathering: Gathering, *, by: Person, point: str) -> None:
    """Mark a weak point as dealt with. Refused when the point is not weak."""
    check = InclusionCheck.objects.filter(gathering=gathering).first()
    if check is None or point not in check.weak:
        raise NotNow(_("This point is already dealt with."))
    check.mended = [*check.mended, point]
    check.save(update_fields=["mended", "checked_at"])
    record("networks.inclusion_mended", gathering, by=by, point=point)


@action(
    may=rules.can_organise,
    claims=Gathering.objects.timed_drafts,
    gone=NotNow(gettext_lazy("The invitation has already been sent, or the families are asked when it suits.")),
    records="networks.gathering_published",
    refuses=(NotSendable, NotNow),
)
def publish_gathering(gathering: Gathering, *, by: Person) -> None:
    """Invite every home in the class; none can be left out. Refused before the inclusion check, once the answer date
    has passed, and the second time."""
    if not InclusionCheck.objects.filter(gathering=gathering).exists():
        raise NotSendable(_("First go through the list of what lets everyone take part."))
    now = timezone.now()
    if gathering.answer_by <= now:
        raise NotSendable(_("The answer date has passed. Choose a later one first."))
    gathering.state, gathering.published_at = State.PUBLISHED, now
    gathering.save(update_fields=["state", "published_at"])
    homes = invite_homes(gathering)
    record("networks.gathering_published", gathering, by=by, homes=homes, **_begins(gathering))


def invite_homes(gathering):
    homes = {family.household_id for family in families_of(gathering.school_class) if family.household_id}
    Invitation.objects.bulk_create(
        [Invitation(gathering=gathering, household_id=home) for home in homes], ignore_conflicts=True
    )
    return len(homes)


@action(
    may=rules.only_the_clock,
    claims=Gathering.objects.published,
    gone=NotNow(gettext_lazy("This gathering is not open for answers.")),
    records="networks.newcomers_invited",
    refuses=(NotNow,),
)
def invite_newcomers(gathering: Gathering, *, by: Person) -> None:
    """Invite the homes that have joined the class since the invitation went out. Refused when there are none."""
    known = set(Invitation.objects.filter(gathering=gathering).values_list("household", flat=True))
    invite_homes(gathering)
    new = Invitation.objects.filter(gathering=gathering).exclude(household__in=known)
    homes = sorted(new.values_list("household", flat=True))
    if not homes:
        raise NotNow(_("Every home of the class is already invited."))
    record("networks.newcomers_invited", gathering, by=by, homes=homes, **_begins(gathering))


@action(
    may=rules.can_organise,
    claims=lambda: Gathering.objects.published().exclude(poll__fixed_at__isnull=False),
    gone=NotNow(gettext_lazy("There is no invitation to stop.")),
    records="networks.invitation_stopped",
    refuses=(NotNow,),
)
def stop_invitation(gathering: Gathering, *, by: Person) -> None:
    """Recall an invitation in the minutes before it leaves; the gathering is a draft again. Refused once one has left,
    also on paper, or somebody has answered."""
    if Rsvp.objects.filter(gathering=gathering).exists() or has_left(gathering, kind=INVITED):
        raise NotNow(_("The invitation has already reached somebody. You can change or cancel the gathering instead."))
    with suppress(AlreadySent):  # nothing waits yet when the worker has not heard of it: it will find a draft
        stop_sending(gathering, by=the_portal(), kind=INVITED)
    gathering.state, gathering.published_at = State.DRAFT, None
    gathering.save(update_fields=["state", "published_at"])
    Invitation.objects.filter(gathering=gathering).delete()
    record("networks.invitation_stopped", gathering, by=by)


@action(
    may=rules.can_organise,
    claims=lambda: Gathering.objects.published().upcoming(),
    gone=NotNow(gettext_lazy("This gathering cannot be cancelled: it is over, or nobody has been invited.")),
    records="networks.gathering_cancelled",
)
def cancel_gathering(gathering: Gathering, *, by: Person, because: str) -> None:
    """Cancel it, and tell everyone who was invited why. Refused when nobody has been invited, and when it is over."""
    gathering.state, gathering.cancelled_at, gathering.cancelled_because = State.CANCELLED, timezone.now(), because
    gathering.sequence += 1
    gathering.save(update_fields=["state", "cancelled_at", "cancelled_because", "sequence"])
    record("networks.gathering_cancelled", gathering, by=by)


@action(
    may=rules.can_organise,
    claims=lambda: Gathering.objects.published().filter(starts_at__lte=timezone.now()),
    gone=NotNow(gettext_lazy("This can be said once the gathering has begun.")),
    records="networks.gathering_held",
)
def note_held(gathering: Gathering, *, by: Person) -> None:
    """Record that it took place. Refused before it starts, and the second time."""
    gathering.state = State.HELD
    gathering.save(update_fields=["state"])
    record("networks.gathering_held", gathering, by=by)


@action(may=rules.can_help, claims=Gathering.objects.all, records="networks.helper_asked", refuses=(NotNow,))
def add_helper(gathering: Gathering, *, by: Person, person_asked: Person) -> Helper:
    """Let another guardian in the class help organise this gathering. Refused when they already do."""
    try:
        with transaction.atomic():
            helper = Helper.objects.create(gathering=gathering, person=person_asked)
    except IntegrityError as twice:
        raise NotNow(_("This person already helps.")) from twice
    record("networks.helper_asked", gathering, by=by, helper=helper.person_id)
    return helper


@action(may=rules.can_let_go, claims=Helper.objects.all, deletes=True, records="networks.helper_let_go")
def remove_helper(helper: Helper, *, by: Person) -> None:
    """End a helper's part in this gathering, and with it what they could see."""
    gathering, person = helper.gathering, helper.person_id
    helper.delete()
    record("networks.helper_let_go", gathering, by=by, helper=person)


def _begins(gathering):
    return {"starts_at": gathering.starts_at.isoformat()}


@contextmanager
def _times_fit(ends_at=None):
    if ends_at and ends_at <= timezone.now():
        raise WrongTimes(HAS_PASSED)  # nobody can be told to come to what is over
    try:
        with transaction.atomic():
            yield
    except IntegrityError as wrong:
        raise WrongTimes(_("The gathering must end after it starts, and be answered before it starts.")) from wrong
