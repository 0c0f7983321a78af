"""The families of a class as its class contact may know them: one place where protection is kept."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from portal.people.models import AddressProtection, DirectoryChoice, Enrolment, GuardianRelation, Person


@dataclass
class Family:
    """One household of the class, or a child nobody is confirmed for yet (`household_id` is None)."""

    household_id: int | None
    adults: list[Person] = field(default_factory=list)
    pupils: list[Person] = field(default_factory=list)
    protected: bool = False
    alias: str = ""
    shared: dict[int, set[str]] = field(default_factory=dict)

    @property
    def written_to(self):
        """The adults an e-mail reaches as far as we know."""
        return [adult for adult in self.adults if adult.email and adult.email_failed_at is None]

    @property
    def reachable(self):
        """Whether anybody in the home can be told digitally, by e-mail or by SMS."""
        return bool(self.written_to) or any(adult.phone for adult in self.adults)


def families_of(school_class, day=None):
    """Every household of the class on `day` (default today), in the order of the children's names; the protected come
    last, for a place between two names would tell what the name is like.

    A family is protected when anybody of it, of its home, or of a child's other home is. Only live relations count: a
    proposed, ended or restricted guardian is not here. A child without any live guardian is a
    family of its own that cannot be reached, so that nobody is forgotten. Five queries at any size.
    """
    day = day or timezone.localdate()
    enrolments = (
        Enrolment.objects.on(day)
        .filter(school_class=school_class, pupil__is_active=True)
        .select_related("pupil")
        .order_by("pupil__sort_name", "pupil_id")
    )
    pupils = [enrolment.pupil for enrolment in enrolments]
    relations = (
        GuardianRelation.objects.live(day)
        .filter(pupil__in=pupils)
        .select_related("guardian__household")
        .order_by("guardian__sort_name", "guardian_id")
    )
    guardians = defaultdict(list)
    for relation in relations:
        guardians[relation.pupil_id].append(relation.guardian)
    families = _gather(pupils, guardians)
    _protect(families, day)
    _share(families)
    return sorted(families, key=lambda family: (family.protected, family.alias))


def _gather(pupils, guardians):
    homes = {}
    for pupil in pupils:
        for adult in guardians[pupil.pk]:
            home = homes.setdefault(adult.household_id, Family(household_id=adult.household_id))
            if adult not in home.adults:
                home.adults.append(adult)
            if pupil not in home.pupils:
                home.pupils.append(pupil)
        if not guardians[pupil.pk]:
            homes[f"child {pupil.pk}"] = Family(household_id=None, pupils=[pupil])
    return list(homes.values())


def _protect(families, day):
    aliases = _aliases(families, day)
    for _both_ways in range(2):  # from a home to its children, and from the children to their other home
        for family in families:
            ties = [("home", family.household_id), *(person.pk for person in (*family.pupils, *family.adults))]
            known = [aliases[tie] for tie in ties if tie in aliases]
            if known:
                family.protected = True
                family.alias = next((alias for alias in known if alias), "")
                for pupil in family.pupils:
                    aliases.setdefault(pupil.pk, "")


def _aliases(families, day):
    """{person's key, or ("home", key): alias} of whoever is protected, of the homes where somebody is, and of the
    guardians whose child is, in whichever class the child goes."""
    people = {person.pk for family in families for person in (*family.adults, *family.pupils)}
    homes = {family.household_id for family in families if family.household_id}
    guards = "person__guardian_relations__guardian"
    near = AddressProtection.objects.on(day).filter(
        Q(person__in=people) | Q(person__household__in=homes) | Q(**{f"{guards}__in": people})
    )
    aliases = {}
    for person, alias, home, guardian in near.values_list("person", "alias", "person__household", guards):
        for tie in (person, ("home", home) if home else None, guardian):
            if tie is not None:
                aliases[tie] = aliases.get(tie) or alias
    return aliases


def _share(families):
    adults = {adult.pk for family in families for adult in family.adults}
    shared = defaultdict(set)
    for choice in DirectoryChoice.objects.filter(person__in=adults):
        shared[choice.person_id].add(choice.field)
    for family in families:
        family.shared = {adult.pk: set() if family.protected else shared[adult.pk] for adult in family.adults}
