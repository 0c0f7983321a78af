"""The letters to an address that is left, or is to be: they go to that address itself, whatever the person is reached at now."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from portal.people.models import SignInMove
from portal.people.queries.moves import office_of


def tell_old_address(move):
    """Write to the old address what is asked, or what has been done, and by which school's office. Nobody is told whose
    name or new address it is: an old address may be a stranger's by now."""
    done = move.state == SignInMove.State.DONE
    name = "address_moved" if done else "address_asked"
    with translation.override(move.person.language):
        context = {
            "host": settings.SITE_URL.partition("://")[2],
            "link": f"{settings.SITE_URL}{reverse('people:move_answer', args=[move.token])}",
            "days": SignInMove.LIFE.days,
            "move": move,
            "office": office_of(move),
        }
        subject = render_to_string(f"account/email/{name}_subject.txt", context).strip()
        text = render_to_string(f"account/email/{name}_message.txt", context)
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<move-{move.pk}-{move.state}@{context['host']}>"}
    EmailMessage(subject, text, to=[move.old], headers=headers).send()


def untold():
    """Moves whose old address has not been told how they stand."""
    return (
        SignInMove.objects.filter(
            told_at=None,
            state__in=[*SignInMove.OPEN, SignInMove.State.DONE],
            asked_at__gt=timezone.now() - SignInMove.LIFE,
        )
        .exclude(old="")
        .select_related("person")
        .order_by("pk")
    )
