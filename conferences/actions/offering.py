"""A time reserved for one family: long enough for its talk, and when everybody who takes part is free."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from conferences.models import ConferenceSlot, SlotsClash
from conferences.queries.times import holds_in_force, said_twice, taking_part, usual_length


def reserve(conference, starts_at, length, *, room=None, video_url=""):
    """Reserves a time of the teacher's for this talk: a free one if there is one, otherwise a new one, long enough for
    an interpreter where the talk has one. Refused when somebody who takes part is busy then, so that no family is told
    of a time that it cannot have."""
    is_long = said_twice(conference)
    if is_long:
        length = max(length, 2 * usual_length(conference))
    try:
        with transaction.atomic():
            slot = _lying_free(conference, starts_at, length if is_long else timedelta())
            if slot is None:
                slot = ConferenceSlot(
                    round_id=conference.round_id,
                    teacher_id=conference.teacher_id,
                    starts_at=starts_at,
                    ends_at=starts_at + length,
                    room=room,
                    video_url=video_url,
                )
            slot.reserved_for = conference
            slot.save()
            _nobody_is_busy(conference, slot)
    except IntegrityError as error:
        raise SlotsClash(_("You have something else at one of these times. Choose another one.")) from error
    return slot


def _lying_free(conference, starts_at, length):
    """The free time that begins then, made longer at the cost of the next one if the talk needs it."""
    theirs = ConferenceSlot.objects.free().filter(
        teacher=conference.teacher_id, round=conference.round_id, reserved_for=None
    )
    theirs = theirs.order_by("starts_at").select_for_update(of=("self",), no_key=True)
    slot = theirs.filter(starts_at=starts_at).first()
    if slot is None or slot.ends_at >= starts_at + length:
        return slot
    gap = timedelta(minutes=conference.round.gap_minutes if conference.round else 0)
    after = theirs.filter(starts_at__range=(slot.ends_at, slot.ends_at + gap)).first()
    slot.ends_at = max(starts_at + length, after.ends_at if after else starts_at)
    if after:
        after.delete()
    return slot


def _nobody_is_busy(conference, slot):
    teachers, homes = taking_part(conference)
    own = Q(teacher__in=teachers) | Q(pupil=conference.pupil_id) | Q(household__in=homes)
    if slot.room_id:
        own |= Q(room=slot.room_id)
    then = holds_in_force().filter(own, during__overlap=(slot.starts_at, slot.ends_at))
    if then.exclude(booking__conference=conference).exists():
        raise SlotsClash(_("Somebody who takes part is in another talk at one of these times. Choose another one."))
