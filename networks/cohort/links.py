"""The personal link by which somebody says on the spot how the class reaches them."""

from networks.models import Confirmed
from portal.messaging.links import link_for
from portal.people.models import GuardianRelation, Person
from portal.people.views.signing import hint_of

LINK = "networks.start"


def link_to_confirm(person, start):
    return link_for(person, start, purpose=LINK, expires_at=start.closes_at).url()


def not_yet_confirmed(start):
    """The guardians of the class whose home has not said at this meeting how it is reached."""
    here = GuardianRelation.objects.live().in_class(start.school_class_id)
    said = Confirmed.objects.filter(start=start).values("household")
    people = Person.objects.active().filter(pk__in=here.values("guardian"), household__isnull=False)
    return people.exclude(household__in=said)


def masked(email, phone):
    """Enough for its owner to recognise it, too little for anybody else to write or call."""
    return [*([hint_of(email)] if email else []), *([f"•••{phone[-2:]}"] if phone else [])]
