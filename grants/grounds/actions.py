"""Every change to the reasons that a municipality keeps."""

from datetime import date

from grants.grounds import rules
from grants.models import KeptReason
from grants.models.reasons import ReasonUsed
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Municipality, Person


def _unused():
    return KeptReason.objects.with_use().filter(is_used=False)


@action(may=rules.can_manage_reasons, records="grants.reason_kept")
def add_reason(municipality: Municipality, *, by: Person, **said) -> KeptReason:
    """Add a reason that deciders can pick. Until its text is ready, no letter is sent with it."""
    reason = KeptReason.objects.create(municipality=municipality, **said)
    record("grants.reason_kept", reason, by=by)
    return reason


@action(may=rules.can_change_reason, claims=_unused, gone=ReasonUsed, records="grants.reason_changed")
def change_reason(reason: KeptReason, *, by: Person, **said) -> None:
    """Change a reason that stands in no letter. Refused once it does."""
    for name, value in said.items():
        setattr(reason, name, value)
    reason.save(update_fields=list(said))
    record("grants.reason_changed", reason, by=by)


@action(may=rules.can_change_reason, claims=KeptReason.objects.all, records="grants.reason_ended")
def end_reason(reason: KeptReason, *, by: Person, valid_to: date) -> None:
    """From the day after, nobody picks it; the letters that it stands in are as they were."""
    reason.valid_to = max(valid_to, reason.valid_from)
    reason.save(update_fields=["valid_to"])
    record("grants.reason_ended", reason, by=by)
