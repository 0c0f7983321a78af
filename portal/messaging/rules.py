"""Who may read, choose, stop and revoke."""

from portal.ledger.models import Event
from portal.messaging.models import Notice
from portal.people.models import GuardianRelation
from portal.people.rules import is_portal, runs_office, schools_of


def can_stop(person, subject, kind):
    """Whoever set a message off may stop it while it waits."""
    sent_off_by = Event.objects.filter(pk__in=Notice.objects.about(subject).filter(kind=kind).values("event_id"))
    return is_portal(person) or sent_off_by.filter(by=person.pk).exists()


def can_choose(person, receiver):
    """Everyone decides over the own messages, and nobody over another's."""
    return person.pk == receiver.pk


def can_read(person, notice):
    """A message is for its receiver."""
    return person.pk == notice.recipient_id


def can_open(person, link):
    """A personal link is for the person it was made for."""
    return person.pk == link.person_id


def can_revoke(person, link):
    """The receiver, and the office of a school where a child of the receiver goes, may make a link dead."""
    if is_portal(person) or person.pk == link.person_id:
        return True
    relations = GuardianRelation.objects.live().filter(guardian_id=link.person_id).select_related("pupil")
    return any(runs_office(person, school) for relation in relations for school in schools_of(relation.pupil))
