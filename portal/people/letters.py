"""Letters about a sign-in move. They go to the very address concerned, wherever the person is reached now."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from portal.people.models import SignInMove
from portal.people.queries.moves import office_of


def tell_old_address(move):
    """Say what is asked, or was done, and by which school's office, but neither name nor new address: an old address
    may be a stranger's by now."""
    done = move.state == SignInMove.State.DONE
    _write(move, to=move.old, name="address_moved" if done else "address_asked", about=move.state)


def tell_new_address(move):
    """Say that this address counts from now on, so that a stranger whose address was mistyped can object, but not whose
    account it is. Nothing is sent to an address that has been left again."""
    person, new = move.person, move.onward
    if person.email.lower() == new or EmailAddress.objects.filter(user=person, email=new, verified=True).exists():
        _write(move, to=new, name="address_new", about="new")


def _write(move, *, to, name, about):
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
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": f"<move-{move.pk}-{about}@{context['host']}>"}
    EmailMessage(subject, text, to=[to], headers=headers).send()


def untold():
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


def new_ones():
    since = timezone.now() - 2 * SignInMove.LIFE  # it was at most one life old when it was agreed to
    return SignInMove.objects.filter(tells_new=True, asked_at__gt=since).select_related("person").order_by("pk")
