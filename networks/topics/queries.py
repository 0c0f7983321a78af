"""What a page about topics and proposals reads, in a fixed number of queries."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Case, Value, When

from networks.models import Experience, Proposal, classes_around
from networks.rules import is_around
from networks.topics.kits import BY_KEY, KITS, Kit, title_of
from networks.topics.rules import answers_in, can_propose
from portal.people import protection
from portal.people.models import AccessRestriction, GuardianRelation, Person, Role, SchoolClass
from portal.people.queries import families_of
from portal.people.rules import contacts

PAGE = 20
SHOWN = 3  # on the page of the class
RANKED = 7


@dataclass(frozen=True)
class ProposalRow:
    """`name` is empty where other families must not read it, or where it was not to be shown."""

    proposal: Proposal
    title: str
    name: str
    is_own: bool

    @property
    def homes(self):
        return self.proposal.homes

    @property
    def is_supported(self):
        return self.proposal.is_supported


@dataclass(frozen=True)
class ProposalPage:
    school_class: SchoolClass
    page: object
    rows: list[ProposalRow]
    may_propose: bool
    may_answer: bool
    may_gather: bool


@dataclass(frozen=True)
class Experienced:
    """Somebody who is glad to be called; the phone only when it is shared with the class."""

    name: str
    phone: str


@dataclass(frozen=True)
class TopicRow:
    kit: Kit
    homes: int
    is_supported: bool


def class_of(person, pk):
    found = SchoolClass.objects.filter(pk__in=classes_around(person)).select_related("school", "year")
    return found.filter(pk=pk).first()


@dataclass(frozen=True)
class ProposalsOnPage:
    titles: list[str]
    has_more: bool


def proposals_on_page(school_class, reader):
    """The open ones that most homes support; nothing for who only leads the school."""
    if not is_around(reader, school_class):
        return None
    found = list(_ranked(school_class, reader).open()[: SHOWN + 1])
    return ProposalsOnPage(titles=[title_of(one) for one in found[:SHOWN]], has_more=len(found) > SHOWN)


def proposal_page(school_class, reader, number):
    page = Paginator(_ranked(school_class, reader), PAGE).get_page(number)
    shown = list(page.object_list)
    names = _names(school_class, reader, shown)
    return ProposalPage(
        school_class=school_class,
        page=page,
        rows=[proposal_row(one, reader, names.get(one.pk, "")) for one in shown],
        may_propose=can_propose(reader, school_class),
        may_answer=answers_in(reader, school_class),
        may_gather=contacts(reader, school_class),
    )


def proposal_row(proposal, reader, name=""):
    return ProposalRow(proposal, title_of(proposal), name, proposal.is_own(reader))


def _ranked(school_class, reader):
    """The open ones first, and those that most homes want before the others."""
    is_open = Case(When(state=Proposal.State.OPEN, then=Value(0)), default=Value(1))
    rows = Proposal.objects.standing().filter(school_class=school_class)
    rows = rows.with_support(school_class, reader.household_id).select_related("gathering")
    return rows.order_by(is_open, "-homes", "-made_at", "-pk")


def _names(school_class, reader, proposals):
    """{proposal's key: the proposer's name} where it is to be shown: to one's own home always; to others only while the
    proposer is a guardian here and nothing hides the name."""
    makers = {one.made_by_id for one in proposals if one.is_named}
    if not makers or _is_restricted(school_class, reader):
        return {}
    here = GuardianRelation.objects.live().in_class(school_class).filter(guardian__in=makers)
    known = {person.pk: person.full_name for person in Person.objects.filter(pk__in=here.values("guardian"))}
    for key in protection.hidden_from(reader, known):
        known.pop(key)
    return {one.pk: known[one.made_by_id] for one in proposals if one.is_named and one.made_by_id in known}


def _is_restricted(school_class, reader):
    """Whoever must know nothing of a child in the class reads no names of families there."""
    return AccessRestriction.objects.against(reader).in_class(school_class).exists()


def experienced(school_class, key, reader):
    """In names that the reader may read, with phones for the families of the class alone. Not the other home of the
    reader's child: a phone, or a name, that goes missing there would tell that somebody is protected."""
    offering = set(Experience.objects.filter(school_class=school_class, kit=key).values_list("person", flat=True))
    if not offering or _is_restricted(school_class, reader):
        return []
    families = families_of(school_class, seen_by=reader)
    is_family = any(reader in family.adults for family in families)
    near, homes = protection.near_to(reader)
    homes -= {reader.household_id}
    return [
        Experienced(adult.full_name, adult.phone if is_family and "phone" in family.shared[adult.pk] else "")
        for family in families
        if not family.protected and family.household_id not in homes
        for adult in family.adults
        if adult.pk in offering and (adult.pk not in near or adult.household_id == reader.household_id)
    ]


def offers_experience(school_class, key, person):
    return Experience.objects.filter(school_class=school_class, kit=key, person=person.pk).exists()


def named(proposal, reader):
    return _names(proposal.school_class, reader, [proposal]).get(proposal.pk, "")


def wished_topics(school_class, reader):
    """The open topics of the class, those that most homes want first."""
    topics = _ranked(school_class, reader).open().topics()[:RANKED]
    return [proposal_row(one, reader) for one in topics]


def topic_rows(school_class, reader):
    waiting = {one.kit: one for one in _ranked(school_class, reader).open().exclude(kit="")}
    rows = [
        TopicRow(kit, waiting[kit.key].homes, waiting[kit.key].is_supported)
        if kit.key in waiting
        else TopicRow(kit, 0, is_supported=False)
        for kit in KITS
    ]
    return sorted(rows, key=lambda row: -row.homes)


def waiting_wish(school_class, key):
    return Proposal.objects.open().filter(school_class=school_class, kit=key).first() if key in BY_KEY else None


def answerers_of(school_class):
    """The class contacts; where there is none, the contact teachers."""
    roles = Role.objects.filter(school_class=school_class)
    contact = Person.objects.filter(pk__in=roles.live(kinds=[Role.Kind.CLASS_CONTACT]).values("person"))
    teacher = Person.objects.filter(pk__in=roles.live(kinds=[Role.Kind.CONTACT_TEACHER]).values("person"))
    return list(contact) or list(teacher)
