"""What the class contacts and teachers of the demo have told their classes: sent, waiting for release, and a draft."""

import re
from datetime import timedelta

from django.utils import timezone

from networks import actions
from portal.people.models import Role

SENT = (
    ("sol-1A", "practical", "Tur på torsdag", "Vi går til det store tjernet klokka ni. Ta med mat, drikke og sitteunderlag."),
    ("sol-1A", "home", "Hvordan vi snakker til hverandre", "Vi øver på å si fra på en fin måte. Spør gjerne hvordan det går."),
    ("lia-1A", "lasting", "Gym på fredagar", "Frå måndag er gymtimen flytta til fredag. Hugs gymsko."),
    ("eng-1A", "practical", "Husk gummistøvler", "Vi er ude hver tirsdag. Husk også regntøj."),
)  # fmt: skip
WAITING = (
    *("sol-1A", "happened", "Gjerdet ved akebakken"),
    "Gjerdet er ødelagt, og ingen skal ake der før det er reparert. Skolen ordner det i dag. Ring kontoret om noe er uklart.",
)


def tell(town):
    for key, kind, title, text in SENT:
        written = _written(town, key, kind, title, text)
        actions.send_bulletin(written, by=written.written_by, not_names=_words_of(written))
    key, kind, title, text = WAITING
    waiting = _written(town, key, kind, title, text, noticed_at=timezone.now() - timedelta(hours=2))
    actions.ask_release(waiting, by=waiting.written_by, not_names=_words_of(waiting))


def _words_of(bulletin):
    """Its writer says of each that it is no name, whatever the made-up children are called."""
    return re.findall(r"\w+", f"{bulletin.title} {bulletin.text}")


def _written(town, key, kind, title, text, noticed_at=None):
    writer = town.contacts[key]
    if kind == "lasting":
        teaching = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class=town.classes[key])
        writer = teaching.select_related("person").first().person
    words = {"kind": kind, "title": title, "text": text, "is_knowable": False, "noticed_at": noticed_at}
    return actions.write_bulletin(town.classes[key], by=writer, **words)
