"""What the page of a child shows of its talks: what was agreed, summaries, plans, and what was sent to whom."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, JSONObject
from django.utils.translation import gettext_lazy as _

from conferences.models import (
    AgreedAction,
    Conference,
    ConferenceRound,
    ConferenceSummary,
    ExtraRequest,
    LearningPlanRef,
    guardians_by,
)
from conferences.queries.whose import names_read, staff_unnamed, with_names
from portal.children import MOST
from portal.messaging.models import Notice
from portal.people.models import GuardianRelation
from portal.people.queries.naming import asked_of, unnamed_among

ABOUT_A_TALK = {  # what every home of the child is told alike; what only one of them has done is told to that one alone
    "conferences.summary_shared": _("The summary of the talk with %(teacher)s"),
    "conferences.time_booked": _("The time of the talk with %(teacher)s"),
    "conferences.time_cancelled": _("The talk with %(teacher)s has lost its time"),
}
ABOUT_ONE_OF_A_ROUND = {
    "conferences.day_moved": _("The talk with %(teacher)s has to be moved"),
    "conferences.round_cancelled": _("The talk with %(teacher)s is called off"),
}
EXTRA_ASKED = "conferences.extra_asked"
MOST_TALKS = 3 * MOST  # so that the talks of one home alone push no joint one from its list
MOST_ROWS = 800  # one for each recipient of each message
AGREEMENT = JSONObject(what="what", who="who", owner="owner", due="due_on", status="status")


def talks_about(child, reader):
    """The newest talks, with what came of each as the reader's family has it: `sent_plans`, the shared `summary`, what is
    `agreed`, and `with_whom` and the names in what is agreed as far as the reader may read them. One query, and one or two
    more where staff is protected."""
    shared = ConferenceSummary.objects.shared().filter(conference=OuterRef("pk")).order_by("-version")
    agreed = AgreedAction.objects.in_force().filter(summary__conference=OuterRef("pk")).order_by("place")
    plans = LearningPlanRef.objects.kept().sent().filter(conference=OuterRef("pk")).order_by("pk")
    talks = list(
        with_names(asked_of(_told(child, reader), reader, "teacher"), reader, child)
        .select_related("teacher", "school_class__school")
        .annotate(
            summary=Subquery(shared.values(json=JSONObject(version="version", at="shared_at"))[:1]),
            agreed=ArraySubquery(agreed.values(json=AGREEMENT)),
            sent_plans=ArraySubquery(plans.values(json=JSONObject(pk="pk", title="title", at="sent_at"))),
        )
        .order_by("-made_at", "-pk")[:MOST_TALKS]
    )
    unnamed, staff = unnamed_among(talks, reader, "teacher"), staff_unnamed(talks, reader)
    for talk in talks:
        names = names_read(talk, reader, talk, staff=staff)
        talk.agreed = [_as_read(one, names) for one in talk.agreed]
        talk.with_whom = _("the teacher") if talk.teacher_id in unnamed else str(talk.teacher)
    return talks


def _as_read(agreed, names):
    return agreed if names.may_read(agreed["owner"], agreed["who"]) else agreed | {"who": ""}


def _told(child, reader):
    talks = Conference.objects.of_pupil(reader) if reader.pk == child.pk else Conference.objects.of_guardian(reader)
    return talks.filter(pupil=child)


@dataclass
class Sent:
    """One message about the child: when the first had it, and which homes it is for."""

    what: str
    at: datetime | None
    homes: set

    def to(self, home):
        """In the words of one of these homes."""
        others = len(self.homes - {home})
        if home in self.homes:
            return (_("To your home"), _("To both homes"), _("To all homes"))[min(others, 2)]
        return _("To the other home") if others == 1 else _("To the other homes")


def sent_about(child, reader, talks):
    """Each message to the homes of the child once, whoever of them opened or answered before it left: both homes read the
    same. The child reads what went to itself. Talks of one home alone are not here. One query."""
    joint = {str(talk.pk): talk for talk in talks if talk.home_id is None}
    guardians = guardians_by(GuardianRelation.objects.live(), pupil=child, home=None)
    receivers = Q(recipient=reader) if reader.pk == child.pk else Q(recipient__in=guardians.order_by().values("pk"))
    notices = Notice.objects.filter(_about(child, joint), receivers)
    found = {}
    for notice in notices.select_related("recipient").order_by("-made_at", "-pk")[:MOST_ROWS]:
        happened = notice.kind, notice.subject_id, notice.event_id, notice.occasion
        sent = found.setdefault(happened, Sent(_what(notice, joint), None, set()))
        sent.homes.add(home_of(notice.recipient))
        sent.at = min(filter(None, (sent.at, notice.told_at)), default=None)
    return [sent for sent in found.values() if sent.at]


def home_of(person):
    return person.household_id or f"of {person.pk}"


def _about(child, joint):
    asked = ExtraRequest.objects.filter(pupil=child, side=ExtraRequest.Side.SCHOOL)
    keys = asked.annotate(key=Cast("pk", CharField())).values("key")
    found = Q(subject_type=ExtraRequest._meta.label, subject_id__in=keys, kind=EXTRA_ASKED)
    if joint:
        rounds = {str(talk.round_id) for talk in joint.values() if talk.round_id}
        of_one = {"kind__in": ABOUT_ONE_OF_A_ROUND, "occasion__regex": rf" talk ({'|'.join(joint)})$"}
        found |= Q(subject_type=Conference._meta.label, subject_id__in=joint, kind__in=ABOUT_A_TALK)
        found |= Q(subject_type=ConferenceRound._meta.label, subject_id__in=rounds, **of_one)
    return found


def _what(notice, joint):
    if notice.kind == EXTRA_ASKED:
        return _("The school would like to talk with you")
    key = notice.subject_id if notice.kind in ABOUT_A_TALK else notice.occasion.rpartition(" ")[2]
    words = ABOUT_A_TALK.get(notice.kind) or ABOUT_ONE_OF_A_ROUND[notice.kind]
    return words % {"teacher": joint[key].with_whom}
