"""What colleagues hear who are asked along, and what people hear who had a talk's time and no longer take part."""

from django.db.models import BigIntegerField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.calendar import calendar_of
from conferences.models import Conference, Participant, with_talks
from conferences.notices.people import conference_of, page
from conferences.notices.times import facts_in_words, given_up, is_booked
from portal.messaging.leaving import after, entries_sent, taken_out
from portal.messaging.letters import Button, Letter
from portal.messaging.models import Notice
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import GuardianRelation

WITH_ENTRY = ("conferences.time_booked", "conferences.talk_arranged", "conferences.tomorrow", "conferences.asked_along")
ENDED_BY = ("conferences.time_cancelled", "conferences.along_called_off", "conferences.left")


def you_are_asked_along(event):
    """Nobody who did this themselves."""
    conference = conference_of(event)
    added = event.details.get("participant")
    asked = conference.participants.filter(kind=Participant.Kind.TEACHER, person__is_active=True)
    if added is not None:
        asked = asked.filter(pk=added)
    return [one.person for one in asked.select_related("person") if one.person_id != event.by]


def still_along(notice):
    talk = Conference.objects.visible_to(notice.recipient).open().filter(pk=notice.subject.pk)
    return talk.filter(participants__person=notice.recipient).exists()


def is_last(notice):
    same = {"kind": notice.kind, "subject_type": notice.subject_type, "subject_id": notice.subject_id}
    return not Notice.objects.filter(recipient=notice.recipient_id, pk__gt=notice.pk, **same).exists()


@notice(
    "conferences.asked_along",
    on=("conferences.participant_added", "conferences.time_booked"),
    to=you_are_asked_along,
    category="invitations",
    duty=True,
    wanted=lambda notice: still_along(notice) and is_booked(notice.subject) and is_last(notice),
)
def told_along(notice):
    conference = notice.subject
    return Letter(
        subject=_("You take part in a conference"),
        lines=[_("%(teacher)s has asked you along.") % {"teacher": conference.teacher.full_name}],
        facts=facts_in_words(conference, conference.booking),
        buttons=(_open(conference),),
        calendar=calendar_of(conference),
    )


@notice(
    "conferences.along_called_off",
    on="conferences.time_cancelled",
    to=you_are_asked_along,
    category="invitations",
    duty=True,
    wanted=lambda notice: still_along(notice) and not is_booked(notice.subject),
)
def along_called_off(notice):
    conference = notice.subject
    return Letter(
        subject=_("A conference that you take part in has no time any more"),
        lines=[_("The time is given up. You hear of the new one.")],
        buttons=(_open(conference),),
        calendar=calendar_of(conference, booking=given_up(notice), cancelled=True),
    )


def _open(conference):
    return Button(_("Open the conference"), page("talk_show", conference.pk))


def has_left(notice):
    talk = notice.subject
    takes_part = talk.participants.filter(person=notice.recipient).exists() or notice.recipient in talk.guardians()
    return talk.is_open and is_booked(talk) and not takes_part


@reminder("conferences.left", category="invitations", duty=True, wanted=has_left)
def left(notice):
    return taken_out(notice, f"conference-{notice.subject.pk}", notice.subject.sequence)


@left.due
def no_longer_part(now):
    """Those who were sent the time of a talk to come and no longer take part: each home has its own talk now, a
    restriction, a relation that ended, a colleague who was removed."""
    talk = OuterRef("talk")
    to_come = Conference.objects.open().filter(pk=talk, booking__starts_at__gt=now)
    guardians = with_talks(GuardianRelation.objects.live(timezone.localdate(now)))
    guardians = guardians.filter(guardian=OuterRef("recipient"), talk=talk)
    along = Participant.objects.filter(person=OuterRef("recipient"), conference=talk)
    sent = (
        entries_sent(WITH_ENTRY, ended_by=ENDED_BY)
        .annotate(talk=Cast("subject_id", BigIntegerField()))
        .filter(Exists(to_come), ~Exists(guardians), ~Exists(along), subject_type=Conference._meta.label)
    )
    last = {(one.subject_id, one.recipient_id): one for one in sent.select_related("recipient")}
    return [Due(one.subject, one.recipient, after(one)) for one in last.values()]
