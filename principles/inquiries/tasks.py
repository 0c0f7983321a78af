"""What the clock does for inquiries: it sends in the morning what was saved, and forgets what was closed a year ago."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from portal.clock import DAY, MINUTE, every
from portal.people.models import the_portal
from principles.inquiries import actions, rules
from principles.inquiries.models import Inquiry, InquiryOver


@shared_task(ignore_result=True)
@every(5 * MINUTE)
def send_saved_inquiries():
    """What is saved by somebody who may not ask about the child any more is dropped."""
    for inquiry in Inquiry.objects.to_send(timezone.now()).select_related("by", "pupil", "school"):
        may = rules.can_inquire(inquiry.by, inquiry.pupil, inquiry.school)
        with suppress(InquiryOver):
            (actions.send_inquiry if may else actions.take_back_inquiry)(inquiry, by=the_portal())


@shared_task(ignore_result=True)
@every(DAY)
def forget_inquiries():
    for inquiry in Inquiry.objects.to_forget(timezone.now()):
        with suppress(InquiryOver):
            actions.forget_inquiry(inquiry, by=the_portal())
