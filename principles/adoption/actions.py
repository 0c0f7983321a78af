"""A decision and what follows it: written down, told to three audiences, carried out step by step."""

from datetime import date

from django.utils import timezone

from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from principles import moves
from principles.actions import publish_version
from principles.adoption import rules
from principles.adoption.models import (
    Adoption,
    Communication,
    DecisionCorrection,
    DecisionOver,
    ImplementationStep,
    MeetingAhead,
    NoWay,
    SameDecision,
    StepDone,
    ToldAlready,
)
from principles.models import NotADraft, NotPublishable, PrincipleVersion


@action(
    may=rules.can_adopt,
    claims=PrincipleVersion.objects.drafts,
    gone=NotADraft,
    locks=lambda version: [version.principle],
    records="principles.version_adopted",
    refuses=(MeetingAhead, NotPublishable, moves.NotThatWay, moves.AdoptedLater),
)
def adopt_version(
    version: PrincipleVersion,
    *,
    by: Person,
    meeting_on: date,
    body: str,
    item: str,
    decision: str,
    effective_from: date,
    present: int | None = None,
    minutes: str = "",
    change_summary: str = "",
    review_on: date | None = None,
) -> Adoption:
    """Write down the meeting that decided a text, and make the text public. To tell parents, pupils and staff waits from
    then on, until it is done. Refused before the meeting, and for whatever keeps a text from being published."""
    if meeting_on > timezone.localdate():
        raise MeetingAhead
    adoption = Adoption.objects.create(
        version=version,
        meeting_on=meeting_on,
        body=body,
        item=item,
        decision=decision,
        present=present,
        minutes=minutes,
    )
    publish_version(
        version,
        by=by,
        adopted_on=meeting_on,
        adopted_by=body,
        meeting_reference=item,
        effective_from=effective_from,
        change_summary=change_summary,
        review_on=review_on,
    )
    Communication.objects.bulk_create(
        Communication(version=version, audience=audience) for audience in Communication.Audience
    )
    record("principles.version_adopted", version, by=by)
    return adoption


@action(
    may=rules.can_correct_decision,
    claims=Adoption.objects.that_stand,
    gone=DecisionOver,
    records="principles.decision_corrected",
    refuses=(SameDecision,),
)
def correct_decision(adoption: Adoption, *, by: Person, decision: str) -> None:
    """Put the words of a decision right, as the meeting put them. How it read before stays, with who changed it and when.
    Refused when nothing is changed, and once another text has taken its place or it is repealed."""
    if decision == adoption.decision:
        raise SameDecision
    DecisionCorrection.objects.create(adoption=adoption, former=adoption.decision, by=by)
    adoption.decision = decision
    adoption.save(update_fields=["decision"])
    record("principles.decision_corrected", adoption, by=by)


@action(
    may=rules.can_communicate,
    claims=Communication.objects.undone,
    gone=ToldAlready,
    records="principles.audience_told",
    refuses=(NoWay,),
)
def tell_audience(communication: Communication, *, by: Person, text: str, sends: bool, how: str = "") -> None:
    """Tell parents, pupils or staff, each in words of their own: by a message from here, or in another way that is named.
    Done once; refused without any way."""
    if not (sends or how):
        raise NoWay
    communication.text, communication.sends, communication.how = text, sends, how
    communication.done_at, communication.done_by = timezone.now(), by
    communication.save(update_fields=["text", "sends", "how", "done_at", "done_by"])
    record("principles.audience_told", communication, by=by)


@action(may=rules.can_communicate, claims=Communication.objects.done, records="principles.told_text_corrected")
def correct_told_text(communication: Communication, *, by: Person, text: str) -> None:
    """Correct what an audience was told, for one thing to take a name out of the pupils' version. Nobody is written to."""
    communication.text = text
    communication.save(update_fields=["text"])
    record("principles.told_text_corrected", communication, by=by)


@action(may=rules.can_carry_out, claims=PrincipleVersion.objects.published, records="principles.step_added")
def add_step(version: PrincipleVersion, *, by: Person, what: str, owner: Person, due_on: date) -> ImplementationStep:
    """Say what is to be done so that the principle is kept, who sees to it and by when. It waits for them."""
    step = ImplementationStep.objects.create(version=version, what=what, owner=owner, due_on=due_on)
    record("principles.step_added", step, by=by)
    return step


@action(
    may=rules.can_hand_step, claims=ImplementationStep.objects.undone, gone=StepDone, records="principles.step_handed"
)
def hand_step(step: ImplementationStep, *, by: Person, owner: Person) -> None:
    """Give it to somebody else, on whose first page it waits from then on. Refused once it is done."""
    step.owner = owner
    step.save(update_fields=["owner"])
    record("principles.step_handed", step, by=by, owner=owner.pk)


@action(
    may=rules.can_finish, claims=ImplementationStep.objects.undone, gone=StepDone, records="principles.step_finished"
)
def finish_step(step: ImplementationStep, *, by: Person, evidence: str) -> None:
    """Say what shows that it is done."""
    step.evidence, step.done_at = evidence, timezone.now()
    step.save(update_fields=["evidence", "done_at"])
    record("principles.step_finished", step, by=by)
