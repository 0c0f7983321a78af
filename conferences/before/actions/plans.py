"""The plan that is read before the talk: added, sent, opened, removed."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.before import rules
from conferences.before.documents import begins_as
from conferences.before.files import PlanFile
from conferences.models import Conference, ConferenceRound, LearningPlanRef, NotAPlan, NotNow, PlanOpening
from conferences.rules import takes_part
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


def _of_both_homes(conference):
    """Two homes with a talk each get the same plan, even when each is given one at the same moment."""
    if conference.round_id is None:
        return Conference.objects.filter(pk=conference.pk)
    return Conference.objects.filter(
        round=conference.round_id, pupil=conference.pupil_id, teacher=conference.teacher_id
    ).order_by("pk")


@action(may=rules.can_manage_plan, claims=Conference.objects.all, records="conferences.plan_added", refuses=(NotAPlan,))
def add_plan(
    conference: Conference, *, by: Person, title: str = "", url: str = "", file: PlanFile | None = None
) -> list[LearningPlanRef]:
    """Attach a file or a link for one child, for both homes when they have a talk each. Nobody at home sees it until it
    is sent. Refused when the file is not what it claims to be, or is too large."""
    added = _lay_ready(conference, by=by, title=title, url=url, file=file)
    record("conferences.plan_added", conference, by=by, plans=[plan.pk for plan in added])
    return added


@action(
    may=rules.can_add_plans,
    claims=ConferenceRound.objects.all,
    locks=lambda round, plans: [Conference.objects.filter(pk__in=[conference.pk for conference, _file in plans])],
    records="conferences.plans_added",
    refuses=(NotAPlan,),
)
def add_plans(round: ConferenceRound, *, by: Person, plans: list[tuple[Conference, PlanFile]]) -> int:
    """Attach the files of several children at once, replacing an unsent file of the same name. All are refused when one
    of them is not what it claims to be."""
    added = [plan.pk for conference, file in plans for plan in _lay_ready(conference, by=by, file=file)]
    record("conferences.plans_added", round, by=by, plans=added)
    return len(plans)


def _to_send(round, by):
    """Both are locked: a home that is given a talk of its own meanwhile has its copy of the plan sent too."""
    mine = Conference.objects.of_teacher(by).open().filter(round=round)
    ready = LearningPlanRef.objects.filter(conference__in=mine.values("pk"), sent_at=None)
    return [Conference.objects.filter(pk__in=mine.values("pk")), ready]


@action(
    may=rules.can_send_plans,
    claims=ConferenceRound.objects.published,
    gone=NotNow(gettext_lazy("The families have not been called yet. Send the plans when they have.")),
    locks=_to_send,
    records="conferences.plans_sent",
)
def send_plans(round: ConferenceRound, *, by: Person) -> int:
    """Send every unsent plan of the teacher's talks to the homes. Refused before the families have been told of the
    round, and when there is nothing to send."""
    _talks, ready = _to_send(round, by)
    sent = list(ready.values_list("pk", "conference"))
    if not sent:
        raise NotNow(_("Nothing lies ready to be sent."))
    LearningPlanRef.objects.filter(pk__in=[plan for plan, _conference in sent]).update(sent_at=timezone.now())
    conferences = sorted({conference for _plan, conference in sent})
    record("conferences.plans_sent", round, by=by, plans=[plan for plan, _conference in sent], conferences=conferences)
    return len(conferences)


@action(may=rules.can_open_plan, records="conferences.plan_opened", looks=True)
def open_plan(plan: LearningPlanRef, *, by: Person) -> LearningPlanRef:
    """Read the plan. A family's first opening is recorded once; who opened it, every time."""
    if takes_part(by, plan.conference):
        PlanOpening.objects.get_or_create(plan=plan, person=by)
    record("conferences.plan_opened", plan.conference, by=by, plan=plan.pk, sent=plan.sent_at is not None)
    return plan


@action(
    may=rules.can_remove_plan,
    claims=LearningPlanRef.objects.without_files,
    deletes=True,
    locks=lambda plan: [_of_both_homes(plan.conference)],
    records="conferences.plan_removed",
)
def remove_plan(plan: LearningPlanRef, *, by: Person) -> None:
    """Remove a plan from both homes, even after it was sent: it was the wrong file, or the wrong child's."""
    record("conferences.plan_removed", plan.conference, by=by, plan=plan.pk, was_sent=plan.sent_at is not None)
    same = {name: getattr(plan, name) for name in ("title", "url", "file_name", "sent_at")}
    LearningPlanRef.objects.filter(conference__in=_of_both_homes(plan.conference), **same).delete()


def _lay_ready(conference, *, by, title="", url="", file=None):
    if file is not None:
        if len(file.content) > LearningPlanRef.MOST_BYTES or not begins_as(file.content, file.kind):
            raise NotAPlan(_("The file is too large, or not of a kind that everyone can open."))
        written = {"file": file.content, "file_name": file.name, "file_type": file.kind}
    else:
        written = {"url": url}
    both = list(_of_both_homes(conference))
    if file is not None:
        LearningPlanRef.objects.filter(conference__in=both, sent_at=None, file_name=file.name).delete()
    title = (title or written.get("file_name") or url)[:120]
    return [LearningPlanRef.objects.create(conference=one, title=title, made_by=by, **written) for one in both]
