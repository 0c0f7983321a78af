"""Who is protected from other families: a protected person, everyone in the same household, the child, and the child's
other home.

This is the only place that decides it. Code that prints one family's names for another asks here, and so does code that
writes to the protected or shows how to reach them: nothing else reads `AddressProtection`.

Two circles, for two questions. `covered`, the wider one: whose *name* other families must not read. `sheltered`, those at
the protected address: whose *own* messages and calendars say nothing, and whose phone and e-mail few may see. The child's
other home is covered but not sheltered: it reads and is written to as before, so nothing tells it that somebody has been
protected.
"""

from collections import defaultdict
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.people.models import (
    AccessRestriction,
    AddressProtection,
    Enrolment,
    GuardianRelation,
    Person,
    Role,
    keys_of,
)

# From the few who are protected outwards over homes and children, step by step along the indexes: `OFFSET 0` keeps the
# planner from reading whole tables for a handful of rows. A proposed relation counts, since covering takes nothing from
# anybody; one that has ended or is restricted does not, since that home must get no hint.
STEPS = """
WITH tie (guardian, pupil) AS NOT MATERIALIZED ({ties}),
marked (person) AS ({marked}),
housed AS (SELECT person FROM marked UNION {mates_of_marked}),
of_marked AS (SELECT guardian, pupil FROM marked, LATERAL (
    SELECT guardian, pupil FROM tie WHERE tie.pupil = marked.person OFFSET 0) AS ties),
"""
SHELTERED = """
carer (person) AS (SELECT guardian FROM of_marked WHERE NOT EXISTS (
    SELECT FROM of_marked other JOIN housed ON housed.person = other.guardian WHERE other.pupil = of_marked.pupil))
SELECT person FROM housed UNION SELECT person FROM carer UNION {mates_of_carer}
"""
COVERED = """
guard (person) AS (SELECT guardian FROM of_marked),
near AS (SELECT person FROM housed UNION SELECT person FROM guard UNION {mates_of_guard}),
child AS (SELECT person FROM near UNION SELECT ties.pupil FROM near, LATERAL (
    SELECT tie.pupil FROM tie WHERE tie.guardian = near.person OFFSET 0) AS ties),
carer AS (SELECT person FROM child UNION SELECT ties.guardian FROM child, LATERAL (
    SELECT tie.guardian FROM tie WHERE tie.pupil = child.person OFFSET 0) AS ties)
SELECT person FROM carer UNION {mates_of_carer}
"""
MATES = """SELECT mate.id FROM {of}, LATERAL (
    SELECT household_id FROM people_person WHERE id = {of}.person OFFSET 0) AS home, LATERAL (
    SELECT id FROM people_person WHERE household_id = home.household_id OFFSET 0) AS mate"""
FARTHEST = 5  # steps of `COVERED` from the protected person to the last one covered
HOMES = {f"mates_of_{of}": MATES.format(of=of) for of in ("marked", "guard", "carer")}


def covered(day=None):
    """Keys, for a `__in`, of all whose names other families must not read on `day`."""
    return _walked(COVERED, day)


def sheltered(day=None):
    """Keys, for a `__in`, of those at a protected address on `day`: the protected and those at home with them. If only
    the child is protected and none of its homes, nobody knows which home is meant, so each is."""
    return _walked(SHELTERED, day)


def covered_among(keys, day=None):
    return _among(keys, covered(day))


def sheltered_among(keys, day=None):
    return _among(keys, sheltered(day))


def hidden_from(reader, keys):
    """The covered whose names this reader must not read. One query, and two more when somebody is covered."""
    return not_own(reader, covered_among(keys))


def not_own(reader, found):
    return found - own_of(reader, found) if found and reader else found


def own_of(reader, keys):
    """Those of these persons who are not another family to the reader: their home, their children, the children's other
    guardians and those living with them. What a home reads about its own does not change when one is protected. Two
    queries."""
    own, homes = near_to(reader)
    asked = Person.objects.filter(pk__in=list(keys)).values_list("pk", "household")
    return {key for key, home in asked if key in own or home in homes}


def near_to(reader):
    """(persons, homes) that are not another family to the reader, as keys: also by a child of somebody at home with
    them, since what one of a home no longer reads tells the others. One query."""
    own, homes = {reader.pk}, {reader.household_id}
    for pupil, guardian, household in _ties_near(reader).values_list("pupil", "guardian", "guardian__household"):
        own |= {pupil, guardian}
        homes.add(household)
    return own, homes - {None}


def homes_near(reader):
    """The homes of `near_to` besides the reader's own, as keys for a `__in`."""
    return _ties_near(reader).filter(guardian__household__isnull=False).values("guardian__household")


def _ties_near(reader):
    children = keys_of.children_at(reader.household_id) if reader.household_id else keys_of.children(reader)
    return _ties(timezone.localdate()).filter(Q(pupil__in=children) | Q(pupil=reader.pk))


def aliases_near(people, homes, day=None):
    """{person's key, or ("home", key): alias} for the protected among these people and homes, and for the guardians of
    a protected child. Two queries."""
    wards = _ties(day or timezone.localdate()).filter(guardian__in=people)
    near = Q(person__in=people) | Q(person__household__in=homes) | Q(person__in=wards.values("pupil"))
    rows = list(_marked(day).filter(near).values_list("person", "alias", "person__household"))
    guardians = defaultdict(list)
    for pupil, guardian in wards.filter(pupil__in=[row[0] for row in rows]).values_list("pupil", "guardian"):
        guardians[pupil].append(guardian)
    aliases = {}
    for person, alias, home in rows:
        for key in (person, ("home", home or f"of {person}"), *guardians[person]):
            aliases[key] = aliases.get(key) or alias
    return aliases


def shown_as(alias):
    return alias or _("Family (protected)")


def class_contact_of(school_class):
    return _("The class contact of %(class)s") % {"class": school_class.name}


def out_of_reach_of(viewer):
    """Those at a protected address whose phone and e-mail this member of staff does not see: everyone except at a
    school whose office they run and in a class whose contact teacher they are. Subject teachers go through these, and
    are not told why."""
    contact = keys_of.classes(viewer, [Role.Kind.CONTACT_TEACHER])
    places = Enrolment.objects.open().filter(school_class__in=contact).values("pupil")
    guardians = GuardianRelation.objects.live().filter(pupil__in=places).values("guardian")
    known = Q(pk=viewer.pk) | Q(pk__in=places) | Q(pk__in=guardians)
    known |= Q(pk__in=Person.objects.at(keys_of.schools_run(viewer)).values("pk"))
    return Person.objects.filter(pk__in=sheltered()).exclude(known)


def protection_of(person):
    """For the office alone."""
    return _marked().filter(person=person).first()


def reasons_for(person):
    """Keys of those for whose sake this person is covered, apart from their own protection. Twelve queries for anybody,
    and one for each protected person this near."""
    near = {person.pk}
    for _step in range(FARTHEST):
        near |= _beside(near)
    return {key for key in marked_among(near) - {person.pk} if _is_within(person, key)}


def _beside(keys):
    homes = Person.objects.filter(pk__in=keys, household__isnull=False).values("household")
    ties = _ties(timezone.localdate()).filter(Q(guardian__in=keys) | Q(pupil__in=keys))
    tied = {key for pair in ties.values_list("guardian", "pupil") for key in pair}
    return tied.union(Person.objects.filter(household__in=homes).values_list("pk", flat=True))


def _is_within(person, marked):
    rule = _steps_from(_marked().filter(person=marked), COVERED, timezone.localdate())
    return Person.objects.filter(pk=person.pk).filter(pk__in=rule).exists()


def marked_among(keys):
    """Those whom the office has recorded as protected, without those living with them. One query."""
    return set(_marked().filter(person__in=keys).values_list("person", flat=True))


def all_marked(day=None):
    return set(_marked(day).values_list("person", flat=True))


def _marked(day=None):
    return AddressProtection.objects.on(day or timezone.localdate())


def _ties(day):
    restricted = AccessRestriction.objects.in_force(day).filter(guardian=OuterRef("guardian"), pupil=OuterRef("pupil"))
    open_ones = GuardianRelation.objects.on(day).exclude(state=GuardianRelation.State.ENDED)
    return open_ones.exclude(Exists(restricted)).order_by()


def _walked(last, day):
    return _walked_on(day or timezone.localdate(), last)


@lru_cache(maxsize=8)  # asked for on nearly every page, and the same all day
def _walked_on(day, last):
    return _steps_from(_marked(day), last, day)


def _steps_from(found, last, day):
    ties, of_ties = _ties(day).values_list("guardian", "pupil").query.sql_with_params()
    marked, of_marked = found.order_by().values_list("person").query.sql_with_params()
    steps = (STEPS + last).format(ties=ties, marked=marked, **HOMES)
    return RawSQL(steps, (*of_ties, *of_marked))  # noqa: S611 our own SQL


def _among(keys, rule):
    return set(Person.objects.filter(pk__in=list(keys)).filter(pk__in=rule).values_list("pk", flat=True))
