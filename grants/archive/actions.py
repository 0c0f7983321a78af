"""The one thing that the archive changes: that cases were handed over."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from grants.archive import rules
from grants.archive.closed import closed_in
from grants.archive.folders import extract_of, folder_of
from grants.models import GrantApplication
from grants.models.applications import DECIDED, NotMovable
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Municipality, Person
from portal.people.rules import only_the_portal


@action(
    may=rules.can_export,
    claims=lambda: GrantApplication.objects.with_names().filter(status__in=DECIDED),
    gone=NotMovable(gettext_lazy("The case is not decided yet.")),
    records="grants.case_exported",
)
def hand_over(application: GrantApplication, *, by: Person) -> dict[str, bytes]:
    """The folder of the case as it is now, and that it was handed over: until then nothing of it can be deleted. What is
    written meanwhile waits, and has to be handed over too. Refused before the decision."""
    folder = folder_of(application)
    _stamp([application])
    record("grants.case_exported", application, by=by)
    return folder


@action(
    may=only_the_portal,
    claims=Municipality.objects.all,
    locks=lambda municipality, year: [
        GrantApplication.objects.filter(pk__in=[one.application.pk for one in closed_in(municipality, year)])
    ],
    records="grants.case_exported",
)
def hand_over_year(municipality: Municipality, *, by: Person, year: int) -> tuple[dict[str, bytes], int]:
    """The extract of the cases that were closed in a year, as they are now, and how many: each counts as handed over."""
    folder, cases = extract_of(municipality, year)
    _stamp(cases)
    for application in cases:
        record("grants.case_exported", application, by=by)
    return folder, len(cases)


def _stamp(applications):
    keys = [application.pk for application in applications]
    GrantApplication.objects.filter(pk__in=keys).update(exported_at=timezone.now())
