"""What waits after a talk: to be shared, confirmed, answered, followed up."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conferences.after.queries.summaries import unshared_after
from conferences.models import AgreedAction, Conference, ConferenceSummary, SummaryAnswer
from portal.people.hats import PUPIL
from portal.people.models import Role
from portal.todos import Todo, waits_for

PATIENCE = timedelta(days=3)
Owner = AgreedAction.Owner


def _unshared(hat):
    return unshared_after(hat.person, hat.scope, timezone.now() - PATIENCE)


@waits_for(Role.Kind.CONTACT_TEACHER, among=_unshared)
@waits_for(Role.Kind.SUBJECT_TEACHER, among=_unshared)
def summaries_to_share(hat):
    waiting = list(_unshared(hat))
    if not waiting:
        return []
    names = ", ".join(conference.pupil.full_name for conference in waiting[:3])
    left = len(waiting)
    title = ngettext("Share what you talked about: %(n)s talk", "Share what you talked about: %(n)s talks", left)
    return [
        Todo(
            title=title % {"n": left},
            url=reverse("conferences:summary_write", args=[waiting[0].pk]),
            detail=names if left <= 3 else _("%(names)s and others") % {"names": names},
            icon="PencilWriting",
            hue="conferences",
        )
    ]


def _comments(hat):
    comments = SummaryAnswer.objects.visible_to(hat.person).unanswered()
    return comments.filter(summary__conference__teacher=hat.person, summary__conference__school_class=hat.scope)


@waits_for(Role.Kind.CONTACT_TEACHER, among=_comments)
@waits_for(Role.Kind.SUBJECT_TEACHER, among=_comments)
def comments_to_answer(hat):
    return [
        Todo(
            title=_("Answer a comment on the summary: %(name)s") % {"name": comment.summary.conference.pupil.full_name},
            url=comment.summary.get_absolute_url(),
            detail=_("Answer, call, or correct the summary."),
            icon="Chat2",
            hue="conferences",
            of=comment.summary.conference.occasion,
            in_letter=_("Answer a comment on a summary"),
        )
        for comment in _comments(hat)
        .select_related("summary__conference__pupil", "summary__conference__round")
        .order_by("at")
    ]


def _unanswered(hat):
    family = Q(conference__in=Conference.objects.of_guardian(hat.person, hat.pupils)) | Q(
        conference__in=Conference.objects.of_pupil(hat.person)
    )
    recent = ConferenceSummary.objects.latest().filter(family, shared_at__gte=timezone.now() - timedelta(days=60))
    return recent.exclude(answers__person=hat.person)


@waits_for("parent", among=_unanswered)
@waits_for(PUPIL, among=_unanswered)
def summaries_to_confirm(hat):
    waiting = _unanswered(hat).select_related("conference__pupil", "conference__teacher", "conference__round")
    return [
        Todo(
            title=_("Is this right? What you talked about: %(name)s") % {"name": summary.conference.pupil.given_name},
            url=summary.get_absolute_url(),
            detail=_("Read it. One tap is enough."),
            icon="CheckmarkCircle",
            hue="conferences",
            of=f"{summary.conference.teacher.full_name}, {summary.conference.occasion}",
        )
        for summary in waiting.order_by("shared_at")
    ]


def _due(hat):
    return AgreedAction.objects.under_way().filter(_promised_by(hat), due_on__lte=timezone.localdate())


@waits_for("parent", among=_due)
@waits_for(PUPIL, among=_due)
@waits_for(Role.Kind.CONTACT_TEACHER, among=_due)
@waits_for(Role.Kind.SUBJECT_TEACHER, among=_due)
def agreements_to_tell(hat):
    return [
        Todo(
            title=_("How did it go? %(what)s") % {"what": agreed.what},
            url=f"{agreed.summary.get_absolute_url()}#agreed",
            due=agreed.due_on,
            detail=_("You agreed on this in the talk about %(name)s. One tap is enough.")
            % {"name": agreed.summary.conference.pupil.given_name},
            icon="Tasklist",
            hue="conferences",
            in_letter=_("Say how an agreement from a talk went"),
        )
        for agreed in _due(hat).select_related("summary__conference__pupil").order_by("due_on", "pk")
    ]


def _promised_by(hat):
    conferences = Conference.objects
    if hat.kind == "parent":
        guarded = conferences.of_guardian(hat.person, hat.pupils)
        return Q(owner__in=[Owner.HOME, Owner.PUPIL], summary__conference__in=guarded)
    if hat.kind == PUPIL:
        return Q(owner=Owner.PUPIL, summary__conference__in=conferences.of_pupil(hat.person))
    own = conferences.of_teacher(hat.person).filter(teacher_id=hat.person.pk, school_class=hat.scope)
    return Q(owner=Owner.SCHOOL, summary__conference__in=own)
