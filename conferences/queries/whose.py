"""Which names in what was agreed somebody of a family may read. Who does it is written as a name, by the teacher, for all
who read the summary: a home reads those of its own, and of the other home that it is the home.

What a page reads without its name has none in the row. Such rows are never saved.
"""

import re
from dataclasses import dataclass, field
from unicodedata import normalize

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from conferences.models import AgreedAction, Participant
from portal.people import protection
from portal.people.models import GuardianRelation, Person

Owner = AgreedAction.Owner
BETWEEN = {"and", "og", "med", "with"}  # names
NAMED = JSONObject(pk="pk", home="household", given="given_name", family="family_name")


@dataclass(frozen=True)
class Names:
    """Words of names: of the reader's own, of the child's other homes, and of staff of whom the reader must not read."""

    own: set = field(default_factory=set)
    others: set = field(default_factory=set)
    unnamed: set = field(default_factory=set)

    def may_read(self, owner, who):
        """Where the child has another home, what stands for a home is read if each word is known to be one's own."""
        said = _split(who)
        whose = said | {word.removesuffix("s") for word in said}
        if owner == Owner.SCHOOL:
            return not whose & (self.unnamed | self.others - self.own)
        return not whose & (self.unnamed - self.own) and (not self.others or said <= self.own)


def _split(text):
    return set(re.findall(r"[^\W_]+", normalize("NFKC", text).casefold()))


def with_names(talks, reader):
    """The talks, each with what `names_of` asks for: those at home with the reader, the other guardians and those at home
    with them, and the staff whom other families must not read of."""
    relations = GuardianRelation.objects.filter(pupil=OuterRef(OuterRef("pupil")))
    related = Q(pk__in=relations.values("guardian"))
    others = related | Q(
        household__in=relations.filter(guardian__household__isnull=False).values("guardian__household")
    )
    own, child, school = _at_home(reader), Q(pk=OuterRef("pupil")), OuterRef("school_class__school")
    at_school = Q(roles__school=school) | Q(roles__school_class__school=school) | Q(pk=OuterRef("teacher"))
    staff = Person.objects.filter(at_school, pk__in=protection.covered()).exclude(own).distinct()
    adults = {"kind": Participant.Kind.GUARDIAN, "person__in": _people(own).values("pk")}
    came = Participant.objects.filter(conference=OuterRef("pk"), came=True, **adults).exclude(person=OuterRef("pupil"))
    return talks.annotate(
        own_people=ArraySubquery(_people(own | child).values(json=NAMED)),
        other_people=ArraySubquery(_people(others).exclude(own | child | Q(pk=OuterRef("teacher"))).values(json=NAMED)),
        unnamed_staff=ArraySubquery(staff.order_by("pk").values(json=NAMED)),
        sat_there=Exists(came),
    )


def _people(condition):
    return Person.objects.filter(condition).order_by("pk")


def _at_home(reader):
    home = reader.household_id
    adults = {"guardian__household": home} if home else {"guardian": reader.pk}
    children = GuardianRelation.objects.live().filter(**adults).values("pupil")
    return Q(pk=reader.pk) | Q(pk__in=children) | (Q(household=home) if home else Q())


def names_of(talks, reader, *, came=False):
    """{talk's key: Names} of talks `with_names`; with those who `came`, who have heard each other, if somebody of the
    reader's home came too. A child reads of both its homes. No query, and one where staff is protected."""
    hidden = {one["pk"] for talk in talks for one in talk.unnamed_staff}
    near, homes = protection.near_to(reader) if hidden else ((), ())
    found = {}
    for talk in talks:
        own, others = _words(talk.own_people), _words(talk.other_people)
        if talk.pupil_id == reader.pk:
            own, others = own | others, set()
        if came and talk.sat_there:
            own |= _split(" ".join(talk.came))
        staff = [one for one in talk.unnamed_staff if one["pk"] not in near and one["home"] not in homes]
        if talk.teacher_id not in {one["pk"] for one in staff}:
            own |= _split(talk.teacher.full_name) - others
        found[talk.pk] = Names(own | BETWEEN, others - BETWEEN, _words(staff))
    return found


def _words(people):
    return _split(" ".join(f"{one['given']} {one['family']}" for one in people))
