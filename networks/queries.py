"""What each page of the room reads, whole and in a fixed number of queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import Contact, Gathering, InclusionCheck, Rsvp
from portal.messaging.outlook import Outlook, outlook
from portal.messaging.queries import reach_of
from portal.people.models import Enrolment, GuardianRelation, Household, Person, Role, SchoolClass, Term
from portal.people.queries import Family, families_of

INVITED = "networks.gathering_invited"
MAYBE_LATER = {"none": 0, "failed": 1, "queued": 2, "sent": 3, "opened": 4, "talked": 5, "answered": 6}


@dataclass(frozen=True)
class AnswerPage:
    """What one guardian sees of one gathering."""

    gathering: Gathering
    household: Household | None
    children: list[Person]
    rsvp: Rsvp | None
    children_coming: int
    takes_answers: bool
    organisers: list[Person]


def answer_page(gathering, person):
    """The own children in the class, the own home's answer, and how many children come in all. Six queries."""
    places = gathering.school_class.enrolments.current()
    relations = (
        GuardianRelation.objects.live()
        .filter(guardian_id=person.pk, pupil__in=places.values("pupil"))
        .select_related("pupil")
        .order_by("pupil__sort_name")
    )
    home = person.household_id
    return AnswerPage(
        gathering=gathering,
        household=person.household,
        children=[relation.pupil for relation in relations],
        rsvp=gathering.rsvps.filter(household=home).select_related("answered_by").prefetch_related("pupils").first(),
        children_coming=children_coming(gathering),
        takes_answers=gathering.takes_answers(),
        organisers=organisers_of(gathering),
    )


def children_coming(gathering):
    """The children of the class who come, each counted once though two homes may say so, and their siblings."""
    coming = gathering.rsvps.filter(answer=Rsvp.Answer.YES)
    of_the_class = coming.filter(pupils__isnull=False).values("pupils").distinct().count()
    return of_the_class + sum(coming.values_list("siblings", flat=True))


@dataclass(frozen=True)
class Card:
    gathering: Gathering
    children: list[Person]
    rsvp: Rsvp | None


def own_gatherings(person):
    """A guardian's gatherings, the next first and the past last, with own children and own answer. Four queries."""
    children = defaultdict(list)
    places = Enrolment.objects.current().filter(
        pupil__in=GuardianRelation.objects.live().filter(guardian_id=person.pk).values("pupil")
    )
    for place in places.select_related("pupil").order_by("pupil__sort_name"):
        children[place.school_class_id].append(place.pupil)
    gatherings = (
        Gathering.objects.filter(school_class__in=children)
        .exclude(state=Gathering.State.DRAFT)
        .select_related("school_class__school")
    )
    rsvps = {
        rsvp.gathering_id: rsvp
        for rsvp in Rsvp.objects.filter(gathering__in=gatherings, household=person.household_id).exclude(household=None)
    }
    now = timezone.now()
    cards = [Card(gathering, children[gathering.school_class_id], rsvps.get(gathering.pk)) for gathering in gatherings]
    upcoming = [card for card in cards if not card.gathering.is_over(now)]
    return upcoming + [card for card in reversed(cards) if card.gathering.is_over(now)]


@dataclass(frozen=True)
class TermCoverage:
    """Whether the class has its gathering in this half of the year: held, planned or missing."""

    term: Term
    state: str
    gathering: Gathering | None


@dataclass(frozen=True)
class ClassOverview:
    school_class: SchoolClass
    drafts: list[Gathering]
    upcoming: list[Gathering]
    past: list[Gathering]
    terms: list[TermCoverage]


def class_overview(school_class, person):
    """The class contact's page of one class: drafts, what is coming, what has been, autumn and spring. Two queries."""
    gatherings = list(school_class.gatherings.all())
    told = [gathering for gathering in gatherings if not gathering.is_draft]
    return ClassOverview(
        school_class=school_class,
        drafts=[gathering for gathering in gatherings if gathering.is_draft],
        upcoming=[gathering for gathering in told if not gathering.is_over()],
        past=[gathering for gathering in reversed(told) if gathering.is_over()],
        terms=[_coverage(term, told) for term in Term.objects.filter(year=school_class.year_id)],
    )


def _coverage(term, told):
    within = [
        gathering
        for gathering in told
        if not gathering.is_cancelled
        and term.starts_on <= timezone.localtime(gathering.starts_at).date() <= term.ends_on
    ]
    if not within:
        return TermCoverage(term, "missing", None)
    held = [gathering for gathering in within if gathering.is_over()]
    return TermCoverage(term, "held" if held else "planned", (held or within)[0])


@dataclass(frozen=True)
class Row:
    """One home on the organisers' list. `need` sorts: whoever is hardest to reach stands first."""

    family: Family
    name: str
    children: list[str]
    rsvp: Rsvp | None
    reach: str
    reach_at: datetime | None
    contacts: list[Contact]
    phone: str
    need: int

    @property
    def household_id(self):
        return self.family.household_id

    @property
    def is_reached(self):
        """Answered, or talked to: what the class contact answers for."""
        return self.reach in ("answered", "talked")


@dataclass(frozen=True)
class Board:
    gathering: Gathering
    rows: list[Row]
    coming_people: int
    coming_families: int
    maybe_families: int
    no_families: int
    silent_families: int
    unreached_families: int
    days: list[tuple[date, int]] = field(default_factory=list)

    @property
    def silent(self):
        """The homes without an answer, those hardest to reach first."""
        return sorted((row for row in self.rows if row.rsvp is None), key=lambda row: (row.need, row.name))


def board_of(gathering):
    """Every home of the class with its answer and how far we have reached it. Eleven queries at any size."""
    families = families_of(gathering.school_class)
    rsvps = {
        rsvp.household_id: rsvp
        for rsvp in gathering.rsvps.select_related("answered_by").prefetch_related("pupils").order_by("answered_at")
    }
    reached = reach_of(gathering, INVITED)
    contacts = defaultdict(list)
    for contact in gathering.contacts.select_related("by"):
        contacts[contact.household_id].append(contact)
    rows = [_row(family, rsvps.get(family.household_id), reached, contacts[family.household_id]) for family in families]
    answers = Counter(row.rsvp.answer if row.rsvp else "silent" for row in rows)
    coming = [row.rsvp for row in rows if row.rsvp and row.rsvp.answer == Rsvp.Answer.YES]
    pupils = {pupil.pk for rsvp in coming for pupil in rsvp.pupils.all()}
    return Board(
        gathering=gathering,
        rows=rows,
        coming_people=len(pupils) + sum(rsvp.adults + rsvp.siblings for rsvp in coming),
        coming_families=answers[Rsvp.Answer.YES],
        maybe_families=answers[Rsvp.Answer.MAYBE],
        no_families=answers[Rsvp.Answer.NO],
        silent_families=answers["silent"],
        unreached_families=sum(1 for row in rows if row.reach in ("none", "failed")),
        days=_day_by_day(rsvps.values()),
    )


def _row(family, rsvp, reached, contacts):
    reach, at = _reach(family, rsvp, reached, contacts)
    return Row(
        family=family,
        name=name_of(family),
        children=[] if family.protected else [pupil.given_name for pupil in family.pupils],
        rsvp=rsvp,
        reach=reach,
        reach_at=at,
        contacts=contacts,
        phone=_shared_phone(family),
        need=MAYBE_LATER[reach],
    )


def name_of(family):
    """What organisers call a home: the children's last names, or the alias of a family that is protected."""
    if family.protected:
        return family.alias or _("Family (protected)")
    names = dict.fromkeys(pupil.family_name or pupil.given_name for pupil in family.pupils)
    return " / ".join(names)


def _reach(family, rsvp, reached, contacts):
    if rsvp:
        return "answered", rsvp.answered_at
    talked = [contact for contact in contacts if contact.outcome in Contact.TALKED]
    if talked:
        return "talked", talked[-1].at
    known = [reached[adult.pk] for adult in family.adults if adult.pk in reached]
    if not known:
        return ("queued", None) if family.reachable else ("none", None)
    best = max(known, key=lambda reach: MAYBE_LATER.get(reach.state, 0))
    return (best.state if best.state in MAYBE_LATER else "none"), best.at


def _shared_phone(family):
    if family.protected:
        return ""
    return next((adult.phone for adult in family.adults if adult.phone and "phone" in family.shared[adult.pk]), "")


def _day_by_day(rsvps):
    answered = enumerate(sorted(timezone.localtime(rsvp.answered_at).date() for rsvp in rsvps), start=1)
    return list({day: total for total, day in answered}.items())


@dataclass(frozen=True)
class BeforeSending:
    """What the organiser sees before anything leaves: everyone invited, who cannot be reached, when it arrives."""

    families: int
    homes: int
    unreachable: list[Row]
    outlook: Outlook
    weak: list


def before_sending(gathering):
    """`families` are the homes of the class and the children nobody is confirmed for; all are invited or told of."""
    families = families_of(gathering.school_class)
    check = InclusionCheck.objects.filter(gathering=gathering).first()
    return BeforeSending(
        families=len(families),
        homes=sum(1 for family in families if family.household_id),
        unreachable=[_row(family, None, {}, []) for family in families if not family.reachable],
        outlook=outlook([adult for family in families for adult in family.adults], category="invitations"),
        weak=check.weak if check else [],
    )


@dataclass(frozen=True)
class Lifts:
    needed: int
    offered: int
    needs: list[Row]
    offers: list[Row]


def lifts_of(board):
    """Who needs a lift and who has room, among those who come. Organisers alone see it."""
    coming = [row for row in board.rows if row.rsvp and row.rsvp.answer != Rsvp.Answer.NO]
    needs = [row for row in coming if row.rsvp.lift == Rsvp.Lift.NEED]
    offers = [row for row in coming if row.rsvp.lift == Rsvp.Lift.OFFER]
    people = [len(row.rsvp.pupils.all()) + row.rsvp.adults + row.rsvp.siblings for row in needs]
    return Lifts(needed=sum(people), offered=sum(row.rsvp.seats for row in offers), needs=needs, offers=offers)


def organisers_of(gathering):
    """The class contacts and whoever helps them. One query."""
    contacts = Role.objects.live().filter(kind=Role.Kind.CLASS_CONTACT, school_class=gathering.school_class_id)
    return list(
        Person.objects.filter(pk__in=contacts.values("person"))
        .union(Person.objects.filter(pk__in=gathering.helpers.values("person")))
        .order_by("sort_name")
    )


def silent_homes(gathering):
    """The homes that are invited and have not answered, with whom to remind: {home's key: [adults]}."""
    answered = set(gathering.rsvps.values_list("household", flat=True))
    return {
        family.household_id: family.adults
        for family in families_of(gathering.school_class)
        if family.household_id and family.household_id not in answered
    }


def has_left(gathering, *, kind):
    """Whether this message about the gathering has reached anybody yet."""
    return any(reach.state in ("sent", "opened") for reach in reach_of(gathering, kind).values())
