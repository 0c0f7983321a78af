"""Anyone who has a gathering in their calendar and is no longer a guardian of the class hears that it is no longer theirs."""

from django.db.models import BigIntegerField, Exists, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone

from networks.models import Gathering
from networks.queries import INVITED
from portal.messaging.leaving import after, entries_sent, taken_out
from portal.messaging.notices import Due, reminder
from portal.people.models import GuardianRelation

WITH_ENTRY = (
    INVITED,
    *(
        f"networks.{name}"
        for name in (
            "gathering_reminder",
            "silent_reminded",
            "gathering_changed",
            "gathering_changed_soon",
            "day_before",
            "answered_on_behalf",
            "answered_by_others",
            "stepped_in",
            "lift_suggested",
            "lift_agreed",
            "lift_over",
            "activity_asked",
        )
    ),
)


def belongs(notice):
    here = GuardianRelation.objects.live().in_class(notice.subject.school_class_id)
    return here.filter(guardian_id=notice.recipient.pk).exists()


def is_no_guardian(notice):
    return notice.subject.state == Gathering.State.PUBLISHED and not belongs(notice)


@reminder("networks.left", category="invitations", duty=True, wanted=is_no_guardian)
def left(notice):
    return taken_out(notice, f"gathering-{notice.subject.pk}", notice.subject.sequence)


@left.due
def no_longer_invited(now):
    to_come = Gathering.objects.published().filter(pk=OuterRef("gathering"), starts_at__gt=now)
    day = timezone.localdate(now)
    here = (
        GuardianRelation.objects.live(day)
        .in_class(OuterRef("school_class"), day)
        .filter(guardian=OuterRef("recipient"))
    )
    sent = (
        entries_sent(WITH_ENTRY, ended_by=["networks.gathering_cancelled", "networks.left"])
        .annotate(gathering=Cast("subject_id", BigIntegerField()))
        .alias(school_class=Subquery(to_come.values("school_class")))
        .filter(Exists(to_come), ~Exists(here), subject_type=Gathering._meta.label)
    )
    last = {(one.subject_id, one.recipient_id): one for one in sent.select_related("recipient")}
    return [Due(one.subject, one.recipient, after(one)) for one in last.values()]
