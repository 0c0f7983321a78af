"""The families of a class as its class contact may know them: the one place where protection is enforced."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from portal.people import protection
from portal.people.models import DirectoryChoice, Enrolment, GuardianRelation, Person
from portal.people.models.persons import nordic_key


@dataclass
class Family:
    """One household of the class, or a child with no confirmed guardian yet (`household_id` is None)."""

    household_id: int | None
    adults: list[Person] = field(default_factory=list)
    pupils: list[Person] = field(default_factory=list)
    protected: bool = False
    alias: str = ""
    shared: dict[int, set[str]] = field(default_factory=dict)
    wards: dict[int, list[Person]] = field(default_factory=dict)

    @property
    def written_to(self):
        return [adult for adult in self.adults if adult.email and adult.email_failed_at is None]

    @property
    def reachable(self):
        return bool(self.written_to) or any(adult.phone for adult in self.adults)


def families_of(school_class, day=None, *, seen_by=None):
    """Every household of the class on `day` (default today), sorted by what a list shows: the children's names, with
    aliases among them. Sorting by the true name would hint at it, and a place of their own, first or last, would tell
    who is meant.

    A family is protected as `portal.people.protection` says. To the reader `seen_by`, their own homes look as ever,
    because a list must not reveal that a child's other home is now protected; its phone and e-mail are left out.

    Only live relations count: a proposed, ended or restricted guardian is not here. A child without a live guardian is
    a family of its own that cannot be reached, so that nobody is forgotten. Three queries at any size, and four more
    where somebody is protected.
    """
    return families_with(school_class, (), day, seen_by=seen_by)[0]


def families_with(school_class, others, day=None, *, seen_by=None):
    """Also returns which of `others` (keys) have names that other families must not read, in as many queries."""
    day = day or timezone.localdate()
    enrolments = (
        Enrolment.objects.on(day)
        .filter(school_class=school_class, pupil__is_active=True)
        .select_related("pupil")
        .order_by("pupil__sort_name", "pupil_id")
    )
    pupils = [enrolment.pupil for enrolment in enrolments]
    chosen = DirectoryChoice.objects.filter(person=OuterRef("guardian")).values("field")
    relations = (
        GuardianRelation.objects.live(day)
        .filter(pupil__in=pupils)
        .select_related("guardian__household")
        .annotate(shares=ArraySubquery(chosen))
        .order_by("guardian__sort_name", "guardian_id")
    )
    guardians, shares = defaultdict(list), {}
    for relation in relations:
        guardians[relation.pupil_id].append(relation.guardian)
        shares[relation.guardian_id] = set(relation.shares)
    families = _gather(pupils, guardians)
    keys = [key for family in families for key in _keys(family)]
    found = protection.covered_among([*keys, *others], day)
    covered = _protect(families, found, day, seen_by)
    _share(families, shares, shielded=[family for family in covered if not _is_home_of(seen_by, family)])
    return sorted(families, key=_place), found.intersection(others)


def _place(family):
    """Ties are broken by the key of the home, never by a name."""
    if family.protected:
        return nordic_key(protection.shown_as(family.alias)), family.household_id or 0
    return family.pupils[0].sort_name, 0


def _gather(pupils, guardians):
    homes = {}
    for pupil in pupils:
        for adult in guardians[pupil.pk]:
            home = homes.setdefault(adult.household_id, Family(household_id=adult.household_id))
            if adult not in home.adults:
                home.adults.append(adult)
            home.wards.setdefault(adult.pk, []).append(pupil)
            if pupil not in home.pupils:
                home.pupils.append(pupil)
        if not guardians[pupil.pk]:
            homes[f"child {pupil.pk}"] = Family(household_id=None, pupils=[pupil])
    return list(homes.values())


def _protect(families, found, day, reader):
    """Hide families with covered names. Returns all of them, the reader's own included: those keep their names and show
    nothing more."""
    covered = [family for family in families if found.intersection(_keys(family))]
    own = protection.own_of(reader, found) if reader and covered else set()
    hidden = [family for family in covered if not own & {one.pk for one in family.adults or family.pupils}]
    if hidden:
        homes = [family.household_id for family in hidden if family.household_id]
        aliases = protection.aliases_near([key for family in hidden for key in _keys(family)], homes, day)
        for family in hidden:
            family.protected = True
            known = [aliases.get(key) for key in (("home", family.household_id), *_keys(family))]
            family.alias = next(filter(None, known), "")
    return covered


def _keys(family):
    return [person.pk for person in (*family.pupils, *family.adults)]


def _is_home_of(reader, family):
    return reader is not None and family.household_id is not None and family.household_id == reader.household_id


def _share(families, shares, *, shielded):
    untold = {adult.pk for family in shielded for adult in family.adults}
    for family in families:
        family.shared = {adult.pk: set() if adult.pk in untold else shares[adult.pk] for adult in family.adults}
