"""What the clock does for gatherings."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from networks import actions
from networks.models import Contact, Gathering, NotNow
from portal.people.models import the_portal


@shared_task(ignore_result=True)
def welcome_newcomers():
    """Homes that come to a class after the invitation went out are invited too."""
    for gathering in Gathering.objects.published().upcoming().select_related("school_class"):
        with suppress(NotNow):
            actions.invite_newcomers(gathering, by=the_portal())


@shared_task(ignore_result=True)
def forget():
    """Sixty days after a gathering nobody needs to know who was called."""
    past = Contact.objects.past_keeping(timezone.now()).values("gathering")
    for gathering in Gathering.objects.filter(pk__in=past):
        actions.forget_reaching_out(gathering, by=the_portal())
