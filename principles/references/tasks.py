"""What the clock does for references: once a year it tries each link, and one that does not answer again after a week."""

from contextlib import suppress

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from portal.clock import HOUR, every
from portal.people.models import the_portal
from principles.references.actions import note_link
from principles.references.links import answers_apart
from principles.references.models import LegalReference, LinkChanged

AT_ONCE = 10


@shared_task(ignore_result=True)
@every(HOUR)
def try_links():
    """Nothing of a demo goes out into the world."""
    if settings.DEMO:
        return
    agent = f"Skolebro, a yearly look at links ({settings.SITE_URL})"
    for reference in LegalReference.objects.to_try(timezone.localdate())[:AT_ONCE]:
        with suppress(LinkChanged):
            answers = answers_apart(reference.link, agent)
            note_link(reference, by=the_portal(), link=reference.link, answers=answers)
