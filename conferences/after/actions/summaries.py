"""The written record of a talk: drafted, shared, read, answered, corrected. A shared version never changes."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.after.queries.summaries import WORDS, last_time, seen_as, told_home
from conferences.models import (
    MOST_TIPS,
    AgreedAction,
    Conference,
    ConferenceSummary,
    DraftMoved,
    FocusPoint,
    NotConcrete,
    NotNow,
    NotShareable,
    SummaryAnswer,
    Tip,
)
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person

State = Conference.State
NEWER = NotNow(gettext_lazy("There is a newer version. Read that one."))


def _its_conference(summary):
    return [summary.conference]


@action(
    may=rules.can_write_summary,
    claims=Conference.objects.all,
    records="conferences.summary_written",
    refuses=(DraftMoved, NotConcrete, NotShareable),
)
def write_summary(
    conference: Conference,
    *,
    by: Person,
    words: dict[str, str],
    tips: list[Tip] = (),
    no_home_support: bool = False,
    goals: list[dict] = (),
    agreements: list[dict] = (),
    progress: dict[int, tuple[str, str]] = (),
    outcomes: dict[int, str] = (),
    token: str = "",
) -> ConferenceSummary:
    """Save the draft. `token` names the saved state that the writer began from; a text that is not given stays as it is
    saved; `progress` and `outcomes` say how the goals and agreements of last time went; a tip is copied as it reads when it
    is chosen. Refused when somebody else has saved meanwhile, when an agreement has no who or no when, and when a text
    is too long or there are more than three goals or three tips."""
    _check_sizes(words, goals, tips)
    _check_concrete(agreements)
    draft = _draft_of(conference, by, token)
    for name in words.keys() & set(WORDS):
        setattr(draft, name, words[name])
    draft.tips = _given(draft, tips)
    draft.no_home_support, draft.written_by = no_home_support, by
    draft.save()
    draft.focus_points.all().delete()
    FocusPoint.objects.bulk_create(FocusPoint(summary=draft, place=place, **goal) for place, goal in _placed(goals))
    draft.agreed_actions.all().delete()
    AgreedAction.objects.bulk_create(
        AgreedAction(summary=draft, place=place, **agreed) for place, agreed in _placed(agreements)
    )
    _say_how_it_went(conference, by, dict(progress), dict(outcomes))
    record("conferences.summary_written", conference, by=by, version=draft.version)
    return draft


@action(
    may=rules.can_share_summary,
    claims=ConferenceSummary.objects.drafts,
    gone=NotNow(gettext_lazy("This summary is shared already. You can make a corrected version.")),
    locks=_its_conference,
    records="conferences.summary_shared",
    refuses=(DraftMoved, NotNow, NotShareable),
)
def share_summary(summary: ConferenceSummary, *, by: Person, token: str) -> None:
    """Share the draft with the family as the writer last saw it, together with what the subject teachers have written;
    neither ever changes afterwards. Refused without a word on how to help at home, before the talk, when nobody came,
    and when the draft or a subject's text has changed since `token`."""
    conference = summary.conference
    subjects = told_home(conference)
    if seen_as(summary, subjects) != token:
        raise DraftMoved(_("The summary was changed after you looked at it. Look at it again before you share."))
    _may_share(summary, conference)
    _carry_on(summary, conference)
    summary.subjects = subjects
    summary.no_goals = not summary.focus_points.exists()
    summary.shared_at = timezone.now()
    summary.save(update_fields=["subjects", "no_goals", "shared_at"])
    record(
        "conferences.summary_shared",
        conference,
        by=by,
        summary=summary.pk,
        version=summary.version,
        no_goals=summary.no_goals,
        no_home_support=summary.no_home_support,
    )


@action(may=rules.can_open_summary, records="conferences.summary_opened", looks=True)
def open_summary(summary: ConferenceSummary, *, by: Person) -> None:
    """Read a shared summary. Every opening is recorded, whoever it is."""
    record("conferences.summary_opened", summary.conference, by=by, summary=summary.pk, version=summary.version)


@action(
    may=rules.can_answer_summary,
    claims=ConferenceSummary.objects.latest,
    gone=NEWER,
    locks=_its_conference,
    records="conferences.summary_answered",
)
def answer_summary(summary: ConferenceSummary, *, by: Person, comment: str = "") -> SummaryAnswer:
    """Confirm the summary, or comment on it. Refused when there is a newer version. The same again tells nobody, and
    keeps the reply."""
    if same := SummaryAnswer.objects.filter(summary=summary, person=by, agrees=not comment, comment=comment).first():
        return same
    answer, _made = SummaryAnswer.objects.update_or_create(
        summary=summary,
        person=by,
        defaults={
            "agrees": not comment,
            "comment": comment,
            "at": timezone.now(),
            "reply": "",
            "replied_by": None,
            "replied_at": None,
        },
    )
    has_comment = bool(comment)  # the ledger knows that there is one, never its words
    record("conferences.summary_answered", summary.conference, by=by, summary=summary.pk, comment=has_comment)
    return answer


def _as_it_was_read(answer):
    return SummaryAnswer.objects.comments().filter(replied_at=None, comment=answer.comment)


@action(
    may=rules.can_reply,
    claims=_as_it_was_read,
    gone=NotNow(gettext_lazy("This comment has been answered or changed meanwhile. Look at it again.")),
    records="conferences.comment_replied",
)
def reply_to_comment(answer: SummaryAnswer, *, by: Person, reply: str) -> None:
    """Reply to a comment; only its author reads the reply. Refused when the comment has been changed or answered."""
    answer.reply, answer.replied_by, answer.replied_at = reply, by, timezone.now()
    answer.save(update_fields=["reply", "replied_by", "replied_at"])
    record("conferences.comment_replied", answer.summary.conference, by=by, answer=answer.pk, person=answer.person_id)


@action(
    may=rules.can_correct_summary,
    claims=ConferenceSummary.objects.latest,
    gone=NEWER,
    locks=_its_conference,
    records="conferences.summary_corrected",
    refuses=(NotNow,),
)
def correct_summary(summary: ConferenceSummary, *, by: Person, because: str) -> ConferenceSummary:
    """Begin a corrected version, as a draft that says what is corrected. Families keep the old one until the new one is
    shared. Refused when there is a newer version or a draft."""
    if ConferenceSummary.objects.drafts().filter(conference=summary.conference_id).exists():
        raise NotNow(_("A corrected version is being written already."))
    goals, agreements = list(summary.focus_points.all()), list(summary.agreed_actions.all())
    corrected = ConferenceSummary.objects.create(
        conference=summary.conference,
        version=summary.version + 1,
        written_by=by,
        corrects_because=because,
        tips=summary.tips,
        no_home_support=summary.no_home_support,
        **{name: getattr(summary, name) for name in WORDS},
    )
    for row in (*goals, *agreements):
        row.pk, row.summary = None, corrected
    FocusPoint.objects.bulk_create(goals)
    AgreedAction.objects.bulk_create(agreements)
    record("conferences.summary_corrected", summary.conference, by=by, version=corrected.version)
    return corrected


def _draft_of(conference, by, token):
    """The draft as its writer knew it, created if there is none. The teacher who saves second is refused, and loses nothing."""
    newest = ConferenceSummary.objects.filter(conference=conference).first()
    if newest is not None and newest.is_shared:
        raise DraftMoved(_("The summary was shared while you wrote. To add this, make a corrected version."), newest)
    if (newest.token if newest else "") != token:
        message = _("%(name)s has saved while you wrote. Nothing is lost: both texts stand here.")
        raise DraftMoved(message % {"name": newest.written_by.full_name if newest else ""}, newest)
    return newest or ConferenceSummary(conference=conference, version=1, written_by=by)


def _given(draft, tips):
    """The tips as they read when they were chosen: those already in the draft stay as they are."""
    stands = {given["tip"]: given for given in draft.tips}
    return [stands.get(tip.pk) or tip.as_given() for tip in tips]


def _check_sizes(words, goals, tips):
    for name in WORDS:
        most = ConferenceSummary._meta.get_field(name).max_length
        if len(words.get(name, "")) > most:
            raise NotShareable(_("The text is too long. Write at most %(most)s characters.") % {"most": most})
    if len(goals) > FocusPoint.MOST:
        raise NotShareable(_("Choose at most three goals. Few goals are easier to reach."))
    if len(tips) > MOST_TIPS:
        raise NotShareable(_("Choose at most three tips. Few are easier to follow."))


def _check_concrete(agreements):
    for agreed in agreements:
        if not all(agreed.get(name) for name in ("what", "owner", "who", "due_on")):
            raise NotConcrete(_("An agreement needs a what, a who and a date. Without them it is easily forgotten."))


def _placed(rows):
    return enumerate(rows, start=1)


def _say_how_it_went(conference, by, progress, outcomes):
    """Only last time's own goals and agreements: a forged primary key matches nothing."""
    last = last_time(conference)
    for goal in last.goals if last else []:
        if goal.pk in progress:
            said, note = progress[goal.pk]
            FocusPoint.objects.filter(pk=goal.pk).update(progress=said, progress_note=note)
    for agreed in last.agreements if last else []:
        if agreed.pk in outcomes and outcomes[agreed.pk] != agreed.status:
            AgreedAction.objects.filter(pk=agreed.pk).update(
                status=outcomes[agreed.pk], status_by=by, status_at=timezone.now()
            )


def _may_share(draft, conference):
    booking = conference.time
    if conference.state in (State.MISSED, State.CANCELLED):
        raise NotNow(_("This talk has not been held, so there is nothing to share."))
    if booking and booking.starts_at > timezone.now():
        raise NotNow(_("You can share the summary when the talk has begun. Your draft is saved."))
    if not draft.tells_how_to_help:
        raise NotShareable(_("Write how the family can help at home, or say that it is not needed this time."))


def _carry_on(draft, conference):
    """What people have said about an agreement carries over to the corrected version while it is the same agreement."""
    former = ConferenceSummary.objects.latest().filter(conference=conference).first()
    told = {(row.what, row.owner): row for row in former.agreed_actions.all()} if former else {}
    for row in draft.agreed_actions.all():
        old = told.get((row.what, row.owner))
        if old is not None:
            AgreedAction.objects.filter(pk=row.pk).update(
                status=old.status, status_by=old.status_by_id, status_at=old.status_at
            )
    done = {goal.text: goal for goal in former.focus_points.exclude(progress="")} if former else {}
    for goal in draft.focus_points.all():
        if goal.text in done:
            old = done[goal.text]
            FocusPoint.objects.filter(pk=goal.pk).update(progress=old.progress, progress_note=old.progress_note)
