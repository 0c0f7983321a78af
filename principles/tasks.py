"""What a worker does for those who write principles: it reads the files that they send."""

from contextlib import suppress
from pathlib import PurePath

from celery import shared_task
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.clock import MINUTE, every
from portal.people.models import the_portal
from principles.confided.tasks import forget_confidences
from principles.cooperation.tasks import close_cooperations
from principles.hearings.tasks import forget_hearing_answers
from principles.incoming import actions
from principles.incoming.models import IncomingText, NotWaiting
from principles.inquiries.tasks import forget_inquiries, send_saved_inquiries
from principles.printed.tasks import print_versions
from principles.readership.tasks import add_up_readings
from principles.reading import Unreadable, read_apart
from principles.references.tasks import find_links, try_links
from principles.supervision.tasks import print_results

# a worker looks for them here
__all__ = [
    "add_up_readings",
    "close_cooperations",
    "find_links",
    "forget_confidences",
    "forget_hearing_answers",
    "forget_inquiries",
    "print_results",
    "print_versions",
    "read_sent_text",
    "send_saved_inquiries",
    "sweep_texts",
    "try_links",
]


@shared_task(ignore_result=True)
def read_sent_text(text_id):
    text = IncomingText.objects.select_related("sent_by", "school", "municipality").filter(pk=text_id).first()
    if text is None:
        return  # it was forgotten
    with translation.override(text.sent_by.language), suppress(NotWaiting):
        content = actions.take_up_text(text, by=the_portal())
        try:
            outline = read_apart(content, PurePath(text.file_name).stem)
        except Unreadable as reason:
            actions.give_up_text(text, by=the_portal(), reason=str(reason))
        else:
            actions.show_text(text, by=the_portal(), outline=outline)


@shared_task(ignore_result=True)
@every(MINUTE)
def sweep_texts():
    """Rings again for files that no worker took or whose worker died, and gives one up after three tries. What has not
    become a draft within a week is deleted."""
    now = timezone.now()
    for text in IncomingText.objects.left(now - actions.SILENT).select_related("sent_by"):
        if text.tries < actions.TRIES:
            actions.ring(text)
            continue
        with translation.override(text.sent_by.language), suppress(NotWaiting):
            reason = _("We have tried three times to read the file, and could not. Copy its text into a text file.")
            actions.give_up_text(text, by=the_portal(), reason=reason)
    for text in IncomingText.objects.filter(sent_at__lt=now - actions.KEPT):
        actions.forget_text(text, by=the_portal())
