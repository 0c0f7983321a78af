"""What is decided about an application, complete but not yet saved: for the action, and for the decider to read first."""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from grants.letters import decision_letter
from grants.models import Decision, KeptReason
from grants.models.decisions import BudgetSpent, NotDecidable
from grants.queries import budget_of
from portal.speech import money

Result = Decision.Result


def decision_of(
    application,
    by,
    result,
    amount=None,
    reasons="",
    considerations="",
    rules=(),
    picked=(),
    corrects=None,
    note="",
    after="",
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
    _refuse_unworded(application, result, picked, corrects, note)
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
        reason_keys=[reason.pk for reason in picked],
        conditions=_conditions(application) if gives else [],
        decided_by=by,
        decided_at=timezone.now(),
    )
    decision.letter = decision_letter(
        application, decision, [one.text_in(application.reply_language) for one in picked]
    )
    return decision


def _refuse_unworded(application, result, picked, corrects, note):
    """What somebody writes comes in addition to a kept reason, never alone, where the municipality keeps any."""
    kept = KeptReason.objects.to_pick(application.school, application.school.today(), result)
    if result != Result.APPROVED and not corrects and not picked and kept.exists():
        raise NotDecidable(
            _("Choose at least one of the reasons that the municipality keeps. Write the rest in addition.")
        )
    _refuse_unready(application, picked)
    if corrects and not note:
        raise NotDecidable(_("Say what was wrong."))


def _refuse_unready(application, picked):
    for reason in picked:
        if not reason.text_in(application.reply_language):
            raise NotDecidable(
                _("The reason “%(title)s” is not ready in %(language)s. The letter cannot be sent with it.")
                % {"title": reason.title, "language": application.get_reply_language_display()}
            )


def _conditions(application):
    with translation.override(application.reply_language):
        return application.scheme.conditions_in_words()


def refuse_beyond_budget(application, amount):
    left = budget_of(application.scheme, application.school).left
    if left is not None and amount > left:
        raise BudgetSpent(_("There is %(left)s left. That is not enough.") % {"left": money(left)})
