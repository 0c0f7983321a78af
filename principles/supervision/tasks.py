"""What the clock does for results that were published before there were files: each gets its PDF, once."""

import logging
from contextlib import suppress

from celery import shared_task

from portal.actions import Gone
from portal.clock import DAY, every
from portal.people.models import the_portal
from principles.supervision.actions import keep_result_file
from principles.supervision.models import SupervisionResult

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
@every(DAY)
def print_results():
    """One that cannot be set does not keep the others from it."""
    for result in SupervisionResult.objects.without_file().select_related("supervision"):
        try:
            with suppress(Gone):
                keep_result_file(result, by=the_portal())
        except Exception:
            logger.exception("result %s could not be printed", result.pk)
