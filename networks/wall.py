"""The address of a gathering for the wall of a class: it stands for the gathering, and for no person."""

from contextlib import suppress

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from networks.models import Gathering

SIGNED = Signer(salt="networks.wall", sep=".")


def token_of(gathering):
    return SIGNED.sign(str(gathering.pk))


def key_of(token):
    """The key of its gathering; None when it was not made here."""
    with suppress(BadSignature, ValueError):
        return int(SIGNED.unsign(token))
    return None


def address_of(gathering):
    return settings.SITE_URL + reverse("networks:gathering_wall", args=[token_of(gathering)])


def to_come():
    """What anybody may read who is shown its address: gone when it is over."""
    return Gathering.objects.shared().upcoming().select_related("school_class__school")
