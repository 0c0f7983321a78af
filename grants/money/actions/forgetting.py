"""What is kept no longer: accounts, drafts, and what people wrote in a case that the archive has."""

from django.utils import timezone

from grants.models import Appeal, AppealRound, GrantApplication, GrantReport, ReasonsDemand
from grants.models.payouts import NotChangeable
from grants.money import keeping
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.people.rules import only_the_portal


@action(
    may=only_the_portal,
    claims=lambda: keeping.with_old_accounts(timezone.now()),
    gone=NotChangeable,
    records="grants.account_forgotten",
)
def forget_account(application: GrantApplication, *, by: Person) -> None:
    """Delete the account number, whose it is, and a change of it that nobody has answered, when nothing is left to pay.
    Refused before its time."""
    application.payee_changes.waiting().delete()
    application.account, application.account_holder = None, ""
    application.save(update_fields=["account", "account_holder"])
    record("grants.account_forgotten", application, by=by)


@action(
    may=only_the_portal,
    claims=lambda: keeping.old_drafts(timezone.now()),
    gone=NotChangeable,
    deletes=True,
    records="grants.draft_forgotten",
)
def forget_draft(application: GrantApplication, *, by: Person) -> None:
    """Delete what nobody has sent nor changed for a year. Refused before, and once it is sent."""
    record("grants.draft_forgotten", application, by=by)
    application.delete()


@action(
    may=only_the_portal,
    claims=lambda: keeping.old_cases(timezone.now()),
    gone=NotChangeable,
    records="grants.case_emptied",
)
def empty_case(application: GrantApplication, *, by: Person) -> None:
    """Delete what people wrote and sent in a case that the archive has: the decision, which nobody can change, and the
    payments stay. Refused before its time, and when it was not exported."""
    gone = keeping.GONE
    application.receipts.all().delete()
    application.attachments.all().delete()
    application.payee_changes.all().delete()
    application.account_looks.all().delete()
    application.impartiality_answers.update(note="")
    application.information_requests.update(question=gone, answer=gone)
    GrantReport.objects.filter(application=application).update(involved=gone, used_for=gone, learned="")
    _empty_appeals(application)
    emptied = ("account_holder", "child_participation", "inclusion_measures", "budget_lines", "delay_reason")
    for name in emptied:
        setattr(application, name, "")
    application.purpose, application.account, application.as_sent, application.noted = gone, None, None, []
    application.save(update_fields=["purpose", "account", "as_sent", "noted", *emptied])
    record("grants.case_emptied", application, by=by)


def _empty_appeals(application):
    said = ("statement", "outcome")
    of_the_case = {"decision__application": application}
    keeping.empty(Appeal.objects.filter(**of_the_case), "what", "change", "why", "why_late", *said)
    keeping.empty(AppealRound.objects.filter(appeal__decision__application=application), *said)
    keeping.empty(ReasonsDemand.objects.filter(**of_the_case), "reasons")
