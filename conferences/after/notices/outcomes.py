"""What is said before and after a talk: the plan is out, the summary is shared, an agreement is due, a talk is asked for."""

from datetime import timedelta

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import (
    AgreedAction,
    Conference,
    ConferenceSummary,
    ExtraRequest,
    LearningPlanRef,
    SummaryAnswer,
    guardians_of_each,
)
from conferences.notices.people import (
    belongs,
    conference_of,
    is_newest,
    names,
    page,
    teacher_to_tell,
)
from portal.messaging.letters import Button, Letter
from portal.messaging.models import Notice
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import GuardianRelation, Person, Role
from portal.people.rules import LEADERS


def readers(event):
    return _readers(conference_of(event))


def _readers(conference):
    found = list(conference.guardians())
    if Conference.objects.of_pupil(conference.pupil).filter(pk=conference.pk).exists():
        found.append(conference.pupil)
    return found


def still_reads(notice):
    return notice.recipient in _readers(notice.subject)


def plan_readers(event):
    for conference in Conference.objects.filter(pk__in=event.details.get("conferences", [])).select_related("pupil"):
        for person in _readers(conference):
            yield person, f"event {event.pk}"


@notice(
    "conferences.plans_sent",
    on="conferences.plans_sent",
    to=plan_readers,
    category="news",
    duty=True,
    wanted=lambda notice: plans_for(notice).exclude(openings__person=notice.recipient).exists(),
)
def plans_sent(notice):
    children = sorted(
        {plan.conference.pupil.given_name for plan in plans_for(notice).select_related("conference__pupil")}
    )
    return Letter(
        subject=_("Ready to read before the talk: %(children)s") % {"children": ", ".join(children)},
        lines=[_("Read it together with your child. Then you both know what the talk is about.")],
        buttons=(Button(_("Read it"), page("conference_list")),),
    )


def plans_for(notice):
    plans = LearningPlanRef.objects.sent().visible_to(notice.recipient)
    return plans.filter(conference__round=notice.subject.pk)


@notice(
    "conferences.summary_shared",
    on="conferences.summary_shared",
    to=readers,
    category="news",
    duty=True,
    wanted=lambda notice: still_reads(notice) and is_newest(notice) and not_yet_answered(notice),
)
def summary_shared(notice):
    """There is a summary to read, or the one already read has been corrected."""
    conference = notice.subject
    if was_told(notice):
        subject = _("Corrected: what we talked about, %(child)s")
        line = _("%(teacher)s has corrected the summary. It says at the top what is corrected.")
    else:
        subject = _("This is what we talked about: %(child)s")
        line = _("%(teacher)s has written down what we talked about and what we agreed on.")
    return Letter(
        subject=subject % names(conference),
        lines=[line % names(conference), _("Read it, and tell us with one tap whether it is right.")],
        buttons=(Button(_("Read it"), page("summary_show", conference.pk)),),
        sender=conference.teacher.full_name,
    )


def not_yet_answered(notice):
    shared = shared_of(notice.subject)
    return shared is not None and not shared.answers.filter(person=notice.recipient).exists()


def was_told(notice):
    earlier = Notice.objects.about(notice.subject).filter(kind=notice.kind, recipient=notice.recipient)
    return earlier.filter(state=Notice.State.TOLD, event_id__lt=notice.event_id or 0).exists()


def shared_of(conference):
    return ConferenceSummary.objects.shared().filter(conference=conference).first()


@notice(
    "conferences.summary_commented",
    on="conferences.summary_answered",
    to=lambda event: teacher_to_tell(conference_of(event)) if event.details.get("comment") else [],
    category="tasks",
    wanted=lambda notice: (
        notice.recipient in teacher_to_tell(notice.subject)
        and SummaryAnswer.objects.unanswered().filter(summary__conference=notice.subject).exists()
    ),
)
def summary_commented(notice):
    conference = notice.subject
    return Letter(
        subject=_("The family misses something: %(child)s") % names(conference),
        lines=[_("They have commented on the summary. Read it, and call them or correct it.")],
        buttons=(Button(_("Read the comment"), page("summary_show", conference.pk)),),
    )


def still_promised(notice):
    return any(notice.recipient in _responsible(notice.subject, agreed) for agreed in _due(notice.subject))


@reminder("conferences.agreement_due", category="reminders", wanted=still_promised)
def agreement_due(notice):
    """The agreement is read on the page: a letter says nothing about the child but the name."""
    conference = notice.subject
    is_family = belongs(notice)
    return Letter(
        subject=_("How did it go? What we agreed about %(child)s") % names(conference),
        lines=[_("The day that you agreed on has come."), _("One tap tells the others how it went.")],
        buttons=(Button(_("Tell how it went"), page("summary_show", conference.pk)),),
        sender=conference.teacher.full_name if is_family else "",
    )


@agreement_due.due
def agreed_today(now):
    """The side that promised it, from the day it is due and for a week, as long as nobody has said how it went."""
    told = agreement_due.told(
        Conference,
        "summary__conference",
        "summary__conference__teacher",
        Concat(Value("agreement "), Cast(OuterRef("pk"), CharField())),
    )
    latest = _open(now).filter(
        ~Q(owner=AgreedAction.Owner.SCHOOL) | ~told, summary__in=ConferenceSummary.objects.latest()
    )
    due = list(latest.select_related("summary__conference__pupil", "summary__conference__teacher"))
    guardians = guardians_of_each([agreed.summary.conference for agreed in due])
    for agreed in due:
        talk = agreed.summary.conference
        for person in teacher_to_tell(talk) if agreed.owner == AgreedAction.Owner.SCHOOL else guardians[talk.pk]:
            yield Due(talk, person, f"agreement {agreed.pk}")


def _open(now):
    today = timezone.localdate(now)
    return AgreedAction.objects.filter(
        status=AgreedAction.Status.OPEN,
        due_on__lte=today,
        due_on__gte=today - timedelta(days=7),
        summary__shared_at__isnull=False,
    )


def _due(conference, now=None):
    latest = shared_of(conference)
    return _open(now or timezone.now()).filter(summary=latest) if latest else AgreedAction.objects.none()


def _responsible(conference, agreed):
    if agreed.owner == AgreedAction.Owner.SCHOOL:
        return teacher_to_tell(conference)
    return conference.guardians()


@notice(
    "conferences.extra_asked",
    on="conferences.extra_asked",
    to=lambda event: _asked(event),
    category="tasks",
    duty=True,
    wanted=lambda notice: notice.subject.closed_at is None and notice.subject.conference_id is None,
)
def extra_asked(notice):
    asked = notice.subject
    child = {"child": asked.pupil.given_name}
    if asked.side == ExtraRequest.Side.HOME:
        subject, line = _("A family asks for a talk: %(child)s"), _("Suggest a time within five school days.")
        button = Button(_("Open the request"), page("extra_list"))
    else:
        subject, line = _("The school would like to talk with you about %(child)s"), _("We suggest a time soon.")
        button = Button(_("Open Skolebro"), page("conference_list"))
    return Letter(subject=subject % child, lines=[line], buttons=(button,))


def _asked(event):
    """A home asks the contact teachers, except any who is the child's guardian or lives with one; without one, the school's
    leaders. The school tells the guardians."""
    asked = ExtraRequest.objects.select_related("pupil", "school_class").get(pk=event.subject_id)
    if asked.side == ExtraRequest.Side.HOME:
        contacts = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class=asked.school_class_id)
        leaders = Role.objects.live(kinds=LEADERS).filter(school=asked.school_class.school_id)
        return _not_of_the_family(asked.pupil, contacts) or _not_of_the_family(asked.pupil, leaders)
    return Person.objects.filter(pk__in=asked.pupil.guardian_relations.live().values("guardian"))


def _not_of_the_family(pupil, roles):
    people = Person.objects.filter(pk__in=roles.values("person"))
    restricted = pupil.restrictions_about.values("guardian")
    family = GuardianRelation.objects.near(OuterRef("pk")).filter(pupil=pupil)
    return list(people.exclude(Exists(family)).exclude(pk__in=restricted))
