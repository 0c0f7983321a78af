"""What the clock does for references and for links in texts: once a year it tries each, and one that does not answer again
after a week."""

from contextlib import suppress

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from portal.actions import Gone
from portal.clock import DAY, HOUR, every
from portal.people.models import the_portal
from principles.models import Principle
from principles.references.actions import keep_text_links, note_link, note_text_link
from principles.references.links import answers_apart
from principles.references.models import LegalReference, LinkChanged, TextLink
from principles.references.queries import links_known, links_of_texts

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
    for found in TextLink.objects.to_try(timezone.localdate())[:AT_ONCE]:
        with suppress(Gone):
            note_text_link(found, by=the_portal(), answers=answers_apart(found.link, agent))


@shared_task(ignore_result=True)
@every(DAY)
def find_links():
    """A text that is not in force any more has none to try."""
    standing, known = links_of_texts(), links_known()
    changed = {one for one in {*standing, *known} if standing.get(one, set()) != known.get(one, set())}
    for principle in Principle.objects.filter(pk__in=changed):
        keep_text_links(principle, by=the_portal(), links=standing.get(principle.pk, set()))
