"""What follows a talk: how the agreements went, and how the talk felt."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.after.queries.summaries import takes_feedback
from conferences.models import AgreedAction, Conference, Feedback, NotNow
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


@action(
    may=rules.can_tell_agreement,
    claims=AgreedAction.objects.in_force,
    gone=NotNow(gettext_lazy("There is a newer version. Read that one.")),
    locks=lambda agreement: [agreement.summary.conference],  # nobody shares a newer version meanwhile
    records="conferences.agreement_told",
)
def tell_agreement(agreement: AgreedAction, *, by: Person, status: str) -> None:
    """Say how an agreement went; both sides see it. Refused when the summary has a newer version."""
    agreement.status, agreement.status_by, agreement.status_at = status, by, timezone.now()
    agreement.save(update_fields=["status", "status_by", "status_at"])
    record("conferences.agreement_told", agreement.summary.conference, by=by, agreement=agreement.pk, status=status)


@action(
    may=rules.can_give_feedback, claims=Conference.objects.all, records="conferences.feedback_given", refuses=(NotNow,)
)
def give_feedback(conference: Conference, *, by: Person, heard: int, useful: int) -> None:
    """Answer two questions about the talk, once for each home and once for the school. The event records that there is
    an answer, not which. Refused before the talk, a year after it, and the second time."""
    if not conference.is_over:
        raise NotNow(_("You can answer when the talk has been."))
    if not takes_feedback(conference):
        raise NotNow(_("It is more than a year since this talk. You can no longer answer."))
    side = Feedback.Side.SCHOOL if rules.is_teacher_of(by, conference) else Feedback.Side.HOME
    home = by.household_id if side == Feedback.Side.HOME else None
    try:
        with transaction.atomic():
            Feedback.objects.create(conference=conference, side=side, household_id=home, heard=heard, useful=useful)
    except IntegrityError as error:
        raise NotNow(_("You have answered already. Thank you.")) from error
    record("conferences.feedback_given", conference, by=by, side=side)
