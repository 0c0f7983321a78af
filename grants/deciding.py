"""What is decided about an application, complete but not yet saved: for the action, and for the decider to read first."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from grants.letters import decision_letter
from grants.models import Decision
from grants.models.decisions import NotDecidable

Result = Decision.Result


def decision_of(
    application, by, result, amount=None, reasons="", considerations="", rules=(), corrects=None, note="", after=""
):
    gives = result in (Result.APPROVED, Result.PARTLY_APPROVED)
    labels = [getattr(reference, "label", reference) for reference in rules]
    if gives and not amount:
        raise NotDecidable(_("Say how much the class gets."))
    if gives and amount > application.amount_requested:
        raise NotDecidable(_("You cannot give more than the class asked for."))
    if gives:
        result = Result.APPROVED if amount == application.amount_requested else Result.PARTLY_APPROVED
    if result != Result.APPROVED and not (reasons.strip() and considerations.strip() and labels):
        raise NotDecidable(_("Write the facts, choose the rule you use, and say what you gave weight to."))
    if corrects and not note:
        raise NotDecidable(_("Say what was wrong."))
    decision = Decision(
        application=application,
        version=corrects.version + 1 if corrects else 1,
        corrects=corrects,
        correction_note=note,
        after=after,
        result=result,
        amount=amount if gives else None,
        reasons=reasons.strip(),
        considerations=considerations.strip(),
        rules=labels,
        conditions=_conditions(application) if gives else [],
        decided_by=by,
        decided_at=timezone.now(),
    )
    decision.letter = decision_letter(application, decision)
    return decision


def _conditions(application):
    with translation.override(application.reply_language):
        return application.scheme.conditions_in_words()
