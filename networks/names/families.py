"""Whether a text may name somebody of a class's families, a child or a guardian; and how whoever writes it is asked."""

from django.db.models import Q
from django.utils.translation import gettext as _

from networks.names.naming import Found, look_for
from networks.names.unexplained import no_line, unexplained
from portal.actions import Refusal
from portal.people.models import Person
from portal.people.queries import families_of
from portal.speech import in_words


class MayName(Refusal):
    """Words in it may be somebody's name."""


def look_through_families(school_class, reader, text):
    """Nothing is stopped, and asked about is each word that may be a name of the families whose names this reader may
    know; and, whoever is in the class, every word that nothing explains, so that a name which the reader may not know
    is asked about like any other, and tells nothing."""
    families = [family for family in families_of(school_class, seen_by=reader) if not family.protected]
    pupils, others = Person.objects.restricted_for(reader)
    unknown = set(Person.objects.filter(Q(pk__in=pupils) | Q(pk__in=others)).values_list("pk", flat=True))
    people = [one for family in families for one in (*family.pupils, *family.adults) if one.pk not in unknown]
    found = look_for(text, [(one.given_name, one.family_name) for one in people])
    return Found(doubtful=list(dict.fromkeys([*found.named, *found.doubtful, *unexplained(text, opening=no_line)])))


def refuse_families_named(school_class, by, text, not_names):
    """Until every word that may be a name is said to be none."""
    if left := [word for word in look_through_families(school_class, by, text).doubtful if word not in not_names]:
        words = in_words([f"“{word}”" for word in left])
        raise MayName(_("Say of each word that it names nobody, or write it another way: %(words)s") % {"words": words})
