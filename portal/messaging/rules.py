"""Who may read, choose, stop and revoke."""

from portal.ledger.models import Event
from portal.messaging.models import Notice
from portal.people.rules import can_manage_person, is_portal


def can_stop(person, subject, kind):
    """Whoever set a message off may stop it while it waits."""
    sent_off_by = Event.objects.filter(pk__in=Notice.objects.about(subject).filter(kind=kind).values("event_id"))
    return is_portal(person) or sent_off_by.filter(by=person.pk).exists()


def can_choose(person, receiver):
    """Everyone decides about their own messages, and nobody about another's."""
    return person.pk == receiver.pk


def can_read(person, notice):
    """A message is for its recipient."""
    return person.pk == notice.recipient_id


def can_tell_otherwise(person, notice):
    """The office of the recipient's school sees what could not be sent, and tells them in another way."""
    return can_manage_person(person, notice.recipient)


def can_open(person, link):
    """A personal link is for the person it was made for."""
    return person.pk == link.person_id


def can_lend(person, link):
    """Whoever has been asked first, and goes on with a link of another home: no more is recorded than that."""
    return person.pk != link.person_id


def can_revoke(person, link):
    """The recipient, and the office that keeps the recipient's addresses right, may make a link dead."""
    return person.pk == link.person_id or can_manage_person(person, link.person)
