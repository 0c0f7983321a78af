"""Who at the school has opened one's own page or a child's."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.ledger.models import Event
from portal.people.models import Person
from portal.people.queries.readings import kin_of
from portal.readings import tells_who_read

SUBJECT, OPENED = Person._meta.label, "people.person_opened"


@tells_who_read(SUBJECT, {OPENED: _("The page at the school's office")})
def pages_read(person, schools):
    """(events, {subject_id: person}) of openings by people outside the family.

    Only those at `schools`, which the person knows: an office that records a restriction, or keeps a child who has
    moved, would otherwise give away where the child is.
    """
    children = person.pupil_relations.live().values_list("pupil", flat=True)
    about = {str(one): one for one in (*children, person.pk)}
    kin = kin_of(about.values())
    there = [Q(details__schools__contains=[school]) for school in schools]
    events = Event.objects.filter(verb=OPENED, subject_type=SUBJECT, subject_id__in=list(about))
    events = events.filter(reduce(or_, there)) if there else events.none()
    for one in about.values():
        events = events.exclude(by__in=kin[one], subject_id=str(one))
    return events, about
