"""Whether a text may name somebody of a class's families: a child or a guardian."""

import re

from django.db.models import Q

from networks.bulletins.naming import look_for
from portal.people.models import Person
from portal.people.queries import families_of

WITHIN = re.compile(r"(?<=[^\s.!?:…•–—])[ \t]+[\"'“«(]*([^\W\d_][\w'’-]*)")


def words_to_ask_about(school_class, reader, text):
    """Words that may be a name of the families whose names this reader may know; and, whoever is in the class, every
    word with a capital letter inside a sentence, so that a name which the reader may not know is asked about like any
    other, and tells nothing."""
    families = [family for family in families_of(school_class, seen_by=reader) if not family.protected]
    pupils, others = Person.objects.restricted_for(reader)
    unknown = set(Person.objects.filter(Q(pk__in=pupils) | Q(pk__in=others)).values_list("pk", flat=True))
    people = [one for family in families for one in (*family.pupils, *family.adults) if one.pk not in unknown]
    found = look_for(text, [(one.given_name, one.family_name) for one in people])
    capitals = [word for word in WITHIN.findall(text) if word[0].isupper()]
    return list(dict.fromkeys([*found.named, *found.doubtful, *capitals]))
