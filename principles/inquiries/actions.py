"""Every change to an inquiry: written, sent, answered once, handed on, brought to the management, forgotten."""

from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, School
from portal.people.rules import only_the_portal
from portal.schoolyear.days import USUAL, answer_days_of, school_day_after
from principles.inquiries import rules
from principles.inquiries.models import AskedAlready, Inquiry, InquiryOver, NoLeader, NotAround
from principles.inquiries.queries import class_of, contacts_named, same_as, takers_of

MORNING = time(7)
NIGHT_ENDS = time(4)  # before it, tomorrow morning is the one that comes first


@action(
    may=rules.can_inquire,
    claims=Person.objects.all,  # one at a time about a child
    records="principles.inquiry_written",
    refuses=(AskedAlready,),
)
def write_inquiry(
    pupil: Person,
    *,
    by: Person,
    school: School,
    kind: str,
    seen: str = "",
    lived: str = "",
    hoped: str = "",
    shared: bool = False,
    tomorrow: bool = False,
) -> Inquiry:
    """Ask the adults around the child, now or `tomorrow` morning. Refused when the same was asked in the last week."""
    if same_as(pupil, by, school=school, kind=kind, seen=seen, lived=lived, hoped=hoped):
        raise AskedAlready
    now = timezone.now()
    inquiry = Inquiry.objects.create(
        pupil=pupil,
        school=school,
        household_id=None if by.pk == pupil.pk else by.household_id,
        by=by,
        kind=kind,
        seen=seen or None,
        lived=lived or None,
        hoped=hoped or None,
        shared=shared,
        send_at=next_morning(now, school) if tomorrow else now,
    )
    record("principles.inquiry_written", inquiry, by=by, tomorrow=tomorrow)
    if not tomorrow:
        send_inquiry(inquiry, by=by)
    return inquiry


def next_morning(now, school):
    local = now.astimezone(school.zone)
    day = local.date() if local.time() < NIGHT_ENDS else local.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=school.zone)


@action(may=rules.can_send, claims=Inquiry.objects.saved, gone=InquiryOver, records="principles.inquiry_sent")
def send_inquiry(inquiry: Inquiry, *, by: Person) -> None:
    """Send what is saved: from now on the school's promise counts. Where no contact teacher is there by name, it goes to
    the management, and says so; and where the only leader is family of the child, to another of its adults. Refused when it
    is sent already."""
    days, today = answer_days_of(inquiry.school), inquiry.school.today()
    inquiry.sent_at = timezone.now()
    inquiry.promised, inquiry.due_on = days is not None, school_day_after(inquiry.school, today, days or USUAL)
    inquiry.at_management = not contacts_named(inquiry.pupil, inquiry.school, inquiry.by)
    inquiry.save(update_fields=["sent_at", "promised", "due_on", "at_management"])
    if inquiry.at_management and not Inquiry.objects.is_free_to_lead(inquiry):
        inquiry.holder = next((one for one in takers_of(inquiry) if one.pk != by.pk), None)
        inquiry.at_management = inquiry.holder is None
        inquiry.save(update_fields=["holder", "at_management"])
    record("principles.inquiry_sent", inquiry, by=by)


@action(
    may=rules.can_take_inquiry_back,
    claims=Inquiry.objects.saved,
    gone=InquiryOver,
    deletes=True,
    records="principles.inquiry_taken_back",
)
def take_back_inquiry(inquiry: Inquiry, *, by: Person) -> None:
    """Delete what waits for the morning. Refused once it is sent."""
    record("principles.inquiry_taken_back", inquiry, by=by)
    inquiry.delete()


@action(may=rules.can_answer, claims=Inquiry.objects.waiting, gone=InquiryOver, records="principles.inquiry_answered")
def answer_inquiry(
    inquiry: Inquiry, *, by: Person, answer: str, meets: bool = False, second: bool | None = None
) -> None:
    """Answer once, which closes it; `meets` asks a home to a talk as well. The management invites by itself, since the
    teachers of the class would learn of the inquiry. Refused when somebody has answered already, and when it was written as
    the first answer, or as the `second`, and would be the other."""
    if second is not None and second != inquiry.is_disputed:
        raise InquiryOver(
            _("It was answered meanwhile, and that was not enough. Read it all: yours is the second answer.")
        )
    now = timezone.now()
    if inquiry.is_disputed:
        inquiry.second_answer, inquiry.second_answered_at, inquiry.second_answered_by = answer, now, by
    else:
        inquiry.answer, inquiry.answered_at, inquiry.answered_by = answer, now, by
    meets = meets and inquiry.may_meet
    inquiry.meets = inquiry.meets or meets
    inquiry.save()
    record("principles.inquiry_answered", inquiry, by=by, meeting=_meeting(inquiry) if meets else {})


def _meeting(inquiry):
    """Whom a talk would be with, as keys: of the home that asked, and no other."""
    school_class = class_of(inquiry)
    if school_class is None:
        return {}
    keys = {"pupil": inquiry.pupil_id, "asker": inquiry.by_id, "home": inquiry.household_id}
    return {**keys, "school_class": school_class.pk}


@action(
    may=rules.can_hand_over,
    claims=Inquiry.objects.waiting,
    gone=InquiryOver,
    records="principles.inquiry_handed",
    refuses=(NotAround, NoLeader),
)
def hand_over(inquiry: Inquiry, *, by: Person, to: Person | None = None) -> None:
    """Hand it on to one of the child's adults, or to the management. The family's day stays. Refused when it is answered,
    for somebody who is not around the child today, and to anybody else once the family was not satisfied."""
    if to is not None and (inquiry.is_disputed or to not in takers_of(inquiry)):
        raise NotAround
    if to is None and not Inquiry.objects.is_free_to_lead(inquiry):
        raise NoLeader
    inquiry.holder, inquiry.at_management = to, to is None
    inquiry.save(update_fields=["holder", "at_management"])
    record("principles.inquiry_handed", inquiry, by=by)


@action(
    may=rules.can_dispute,
    claims=Inquiry.objects.answered_once,
    gone=InquiryOver,
    records="principles.inquiry_disputed",
    refuses=(NoLeader,),
)
def dispute_answer(inquiry: Inquiry, *, by: Person) -> None:
    """Bring it to the management with all that was written, once. Refused before an answer, and the second time; and where
    whoever leads the school is family of the child, who is sent on to the municipality."""
    if not Inquiry.objects.is_free_to_lead(inquiry):
        raise NoLeader
    days, today = answer_days_of(inquiry.school), inquiry.school.today()
    inquiry.disputed_at, inquiry.at_management = timezone.now(), True
    inquiry.second_due_on = school_day_after(inquiry.school, today, days or USUAL)
    inquiry.promised = days is not None
    inquiry.save(update_fields=["disputed_at", "at_management", "second_due_on", "promised"])
    record("principles.inquiry_disputed", inquiry, by=by)


@action(
    may=only_the_portal,
    claims=lambda: Inquiry.objects.to_forget(timezone.now()),
    gone=InquiryOver,
    deletes=True,
    records="principles.inquiry_forgotten",
)
def forget_inquiry(inquiry: Inquiry, *, by: Person) -> None:
    """Delete it a year after it was closed. Refused before."""
    record("principles.inquiry_forgotten", inquiry, by=by)
    inquiry.delete()
