"""A list of homes leaves the portal: who took it along is written down."""

from networks import rules
from networks.models import Gathering
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


@action(may=rules.can_organise, records="networks.answers_exported", looks=True)
def export_answers(gathering: Gathering, *, by: Person, homes: int) -> None:
    """Take the list of the homes and their answers out of the portal, as a file. Every time is recorded."""
    record("networks.answers_exported", gathering, by=by, homes=homes)
