"""What the clock does for published versions: it prints those that have no PDF yet."""

import logging
from contextlib import suppress

from celery import shared_task

from portal.clock import MINUTE, every
from portal.people.models import the_portal
from principles.printed.actions import keep_print
from principles.printed.models import PrintedAlready
from principles.printed.paper import set_version
from principles.printed.queries import to_print

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
@every(5 * MINUTE)
def print_versions():
    """Rung for when one is published, too. A text that cannot be set does not keep the others from it."""
    for version in to_print():
        try:
            content = set_version(version)
        except Exception:
            logger.exception("version %s of principle %s could not be printed", version.number, version.principle_id)
            continue
        with suppress(PrintedAlready):
            keep_print(version, by=the_portal(), content=content)
