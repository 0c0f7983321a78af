"""Whether a text names another child of the class in full. Nothing is stopped by it: whoever writes is offered a call."""

import re

from django.db.models import Q

from portal.people import protection
from portal.people.models import Enrolment, Person


def others_named(text, pupil, writer):
    """The full names of other children of the child's classes that stand in the text, of those whom the writer may know. A
    first name, or a nickname, may stand there."""
    if not text.strip():
        return []
    here = Enrolment.objects.current().filter(pupil=pupil).values("school_class")
    places = Enrolment.objects.current().filter(school_class__in=here)
    own = Q(pk=pupil.pk) | Q(pk=writer.pk) | Q(pk__in=writer.pupil_relations.live().values("pupil"))
    others = Person.objects.filter(pk__in=places.values("pupil")).exclude(own).unrestricted_for(writer)
    named = [child for child in others.in_name_order() if _is_named(child, text)]
    hidden = protection.hidden_from(writer, [child.pk for child in named]) if named else ()
    return [child.full_name for child in named if child.pk not in hidden]


def _is_named(child, text):
    first, last = child.given_name.split(), child.family_name.split()
    if not first or not last:
        return False
    between = r"(?:\s+[\w.-]+){0,2}\s+"
    words = rf"(?<!\w){re.escape(first[0])}{between}{re.escape(last[-1])}(?:['’]?s)?(?!\w)"
    return re.search(words, text, re.IGNORECASE) is not None
