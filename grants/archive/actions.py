"""The one thing that the archive changes: that a case was handed over."""

from django.utils import timezone

from grants.archive import rules
from grants.models import GrantApplication
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


@action(may=rules.can_export, claims=GrantApplication.objects.sent, records="grants.case_exported")
def note_export(application: GrantApplication, *, by: Person) -> None:
    """Write down that the case has been handed over to the archive: until then nothing of it can be deleted. Refused for
    a draft."""
    application.exported_at = timezone.now()
    application.save(update_fields=["exported_at"])
    record("grants.case_exported", application, by=by)
