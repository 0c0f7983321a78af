"""Which names in what was agreed somebody of a family may read. Who does it is written as a name, by the teacher, for all
who read the summary: a home reads those of its own, and of the other home that it is the home.

What a page reads without its name has none in the row. Such rows are never saved.
"""

import re
from dataclasses import dataclass
from unicodedata import normalize

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from conferences.models import AgreedAction, Conference
from portal.people import protection
from portal.people.models import GuardianRelation, Person, Role
from portal.people.models.persons import either

Owner = AgreedAction.Owner
BETWEEN = {"and", "og", "med", "with"}  # names
NAMED = JSONObject(pk="pk", home="household", given="given_name", family="family_name")


@dataclass(frozen=True)
class Names:
    """Words of names: of the reader's own, of the child's other homes, and of staff of whom the reader must not read."""

    own: set
    others: set
    unnamed: set

    def may_read(self, owner, who):
        """Where the child has another home, what stands for a home is read if each word is known to be one's own."""
        said = _split(who)
        whose = said | {word.removesuffix("s") for word in said}
        if owner == Owner.SCHOOL:
            return not whose & (self.unnamed | self.others - self.own)
        return not whose & (self.unnamed - self.own) and (not self.others or said <= self.own)


def _split(text):
    return set(re.findall(r"[^\W_]+", normalize("NFKC", text).casefold()))


def _words(people):
    return _split(" ".join(f"{one['given']} {one['family']}" for one in people))


def with_names(rows, reader, child):
    """Rows about this child, each with all whom `names_read` asks for: those at home with the reader, the child's other
    guardians and those at home with them, and staff whom other families must not read of."""
    people, relations = Person.objects.order_by(), GuardianRelation.objects.filter(pupil=child)
    homes = relations.filter(guardian__household__isnull=False).values("guardian__household")
    own = either(*_at_home(reader), people.filter(pk=child.pk).values("pk"))
    others = either(relations.values("guardian"), people.filter(household__in=homes).values("pk"))
    talks = Conference.objects.filter(pupil=child)
    schools = talks.values("school_class__school")
    at_school = Q(school__in=schools) | Q(school_class__school__in=schools)
    working = Exists(Role.objects.filter(at_school, person=OuterRef("pk")))
    staff = people.filter(working | Exists(talks.filter(teacher=OuterRef("pk"))), pk__in=protection.covered())
    return rows.annotate(
        own_people=ArraySubquery(people.filter(pk__in=own).values(json=NAMED)),
        other_people=ArraySubquery(people.filter(pk__in=others).exclude(pk__in=own).values(json=NAMED)),
        unnamed_staff=ArraySubquery(staff.exclude(pk=reader.pk).values(json=NAMED)),
    )


def _at_home(reader):
    """Keys of the reader, of those who live there and of the home's children."""
    home = reader.household_id
    adults = {"guardian__household": home} if home else {"guardian": reader.pk}
    people = Person.objects.filter(Q(pk=reader.pk) | Q(household=home) if home else Q(pk=reader.pk))
    return people.values("pk"), GuardianRelation.objects.live().filter(**adults).values("pupil")


def staff_unnamed(rows, reader):
    """Of rows `with_names`, the staff of whom this reader must not read. No query, and one where somebody is protected."""
    found = rows[0].unnamed_staff if rows else []
    near, homes = protection.near_to(reader) if found else ((), ())
    return [one for one in found if one["pk"] not in near and one["home"] not in homes]


def names_read(row, reader, talk, *, staff, came=()):
    """As this reader may read what was agreed in this talk, from one of the rows `with_names`. Those who `came` have
    heard each other. A child reads of both its homes."""
    others = _words(one for one in row.other_people if one["pk"] != talk.teacher_id)
    own = _words(row.own_people) | _split(" ".join(came))
    if talk.pupil_id == reader.pk:
        own, others = own | others, set()
    if talk.teacher_id not in {one["pk"] for one in staff}:
        own |= _split(talk.teacher.full_name) - others
    return Names(own | BETWEEN, others - BETWEEN, _words(staff))
