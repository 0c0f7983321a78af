"""The organisers' list: every home of the class, its answer, and whether it has been reached."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone

from networks.models import Activity, Contact, Gathering, Rsvp
from networks.queries.line import Line, in_line
from portal.messaging.models import Channel, Notice
from portal.messaging.queries import reach_of
from portal.people import protection
from portal.people.models import AccessRestriction, GuardianRelation, Person, Role
from portal.people.queries import Family, families_of, families_with

INVITED = "networks.gathering_invited"
CHANGES = ("networks.gathering_changed", "networks.gathering_changed_soon")
MAYBE_LATER = {"none": 0, "failed": 1, "queued": 2, "sent": 3, "talked": 4, "answered": 5}
REMINDERS = ("networks.gathering_reminder", "networks.silent_reminded", "networks.poll_reminder")


@dataclass(frozen=True)
class Row:
    """One home on the organisers' list. `need` sorts those hardest to reach first. `unnamed` are those who wrote
    something here and whose names this reader must not read."""

    family: Family
    name: str
    children: list[str]
    adults: list[str]
    rsvp: Rsvp | None
    reach: str
    contacts: list[Contact]
    phone: str
    need: int
    unnamed: frozenset[int] = frozenset()
    number: int | None = None

    @property
    def household_id(self):
        return self.family.household_id

    @property
    def wants_call(self):
        """The home has asked to be called. Of a protected family nothing is said."""
        homes = {adult.household for adult in self.family.adults if adult.household}
        return not self.family.protected and any(home.prefers_call for home in homes)


@dataclass(frozen=True)
class Board:
    gathering: Gathering
    rows: list[Row]
    coming_people: int
    coming_families: int
    maybe_families: int
    no_families: int
    silent_families: int
    days: list[tuple[date, int]] = field(default_factory=list)
    own_home: int | None = None
    reader_is_covered: bool = False
    line: Line | None = None

    @property
    def others(self):
        return [row for row in self.rows if not row.household_id or row.household_id != self.own_home]

    @property
    def silent_others(self):
        return sum(1 for row in self.others if row.rsvp is None)

    @property
    def own_is_silent(self):
        return self.silent_families > self.silent_others

    @property
    def unreached_others(self):
        return sum(1 for row in self.others if row.reach in ("none", "failed"))

    @property
    def answered_families(self):
        return len(self.rows) - self.silent_families

    @property
    def reached_families(self):
        """Answered, or talked to, and the reader's own. A letter on paper is a way to them, and nothing is known until they
        answer."""
        return len(self.rows) - sum(1 for row in self.others if row.reach not in ("answered", "talked"))

    @property
    def all_are_reached(self):
        return self.reached_families == len(self.rows)

    @property
    def reminded_families(self):
        return sum(1 for row in self.silent if row.household_id and row.family.reachable)

    @property
    def may_be_reminded(self):
        return bool(self.reminded_families) and self.gathering.takes_answers() and not self.gathering.is_reminded()

    @property
    def were_reminded(self):
        return bool(self.silent_others) and self.gathering.takes_answers() and self.gathering.is_reminded()

    def row_of(self, household_id):
        return next((row for row in self.rows if row.household_id == household_id), None)

    @property
    def silent(self):
        return sorted((row for row in self.others if row.rsvp is None), key=lambda row: (row.need, row.name))


def board_of(gathering, reader=None):
    """Only in names that the reader may read. Six queries at any size, and six more where somebody is protected."""
    answers = gathering.rsvps.with_pupil_keys().select_related("answered_by").order_by("answered_at")
    rsvps = {rsvp.household_id: rsvp for rsvp in answers}
    reached = reach_of(gathering, INVITED, opened=False)
    contacts = defaultdict(list)
    for contact in gathering.contacts.select_related("by"):
        contacts[contact.household_id].append(contact)
    writers = _writers(rsvps.values(), contacts) | ({reader.pk} if reader else set())
    families, covered = families_with(gathering.school_class, writers, seen_by=reader)
    unnamed = frozenset(protection.not_own(reader, covered))
    line = in_line(gathering, (rsvps[one.household_id] for one in families if one.household_id in rsvps))
    rows = [
        make_row(
            family,
            rsvps.get(family.household_id),
            reached,
            contacts[family.household_id],
            unnamed,
            line.number_of(family.household_id),
        )
        for family in families
    ]
    answers = Counter(row.rsvp.answer if row.rsvp else "silent" for row in rows)
    return Board(
        gathering=gathering,
        rows=rows,
        coming_people=line.coming_people,
        coming_families=answers[Rsvp.Answer.YES],
        maybe_families=answers[Rsvp.Answer.MAYBE],
        no_families=answers[Rsvp.Answer.NO],
        silent_families=answers["silent"],
        days=_day_by_day(rsvps.values()),
        own_home=reader.household_id if reader else None,
        reader_is_covered=bool(reader) and reader.pk in covered,
        line=line,
    )


def _writers(rsvps, contacts):
    writers = {rsvp.answered_by_id for rsvp in rsvps if rsvp.on_behalf}
    return writers | {contact.by_id for of_home in contacts.values() for contact in of_home}


def row_of(gathering, household_id, reader):
    return next((row for row in board_of(gathering, reader).rows if row.household_id == household_id), None)


def make_row(family, rsvp, reached, contacts, unnamed=frozenset(), number=None):
    reach = how_reached(family, rsvp, reached, contacts)
    return Row(
        family=family,
        name=name_of(family),
        children=[] if family.protected else [pupil.given_name for pupil in family.pupils],
        adults=[] if family.protected else [adult.given_name for adult in family.adults],
        rsvp=rsvp,
        reach=reach,
        contacts=contacts,
        phone=_shared_phone(family),
        need=MAYBE_LATER[reach],
        unnamed=unnamed,
        number=number,
    )


def name_of(family):
    if family.protected:
        return protection.shown_as(family.alias)
    names = dict.fromkeys(pupil.family_name or pupil.given_name for pupil in family.pupils)
    return " / ".join(names)


def how_reached(family, rsvp, reached, contacts=()):
    """Whether they have opened it is shown to nobody: until they answer, it was sent."""
    if rsvp:
        return "answered"
    if any(contact.outcome in Contact.TALKED for contact in contacts):
        return "talked"
    known = [_state(adult, reached[adult.pk]) for adult in family.adults if adult.pk in reached]
    if not known:
        return "queued" if family.reachable else "none"
    best = max(known, key=lambda state: MAYBE_LATER.get(state, 0))
    return best if best in MAYBE_LATER else "none"


def _state(adult, reach):
    """What lies in the portal alone has reached nobody whom no message calls there, unless they have read it."""
    if reach.state == "opened":
        return "sent"
    if reach.channel == Channel.IN_APP and not adult.phone and (not adult.email or adult.email_failed_at):
        return "failed" if adult.email else "none"
    return reach.state


def _shared_phone(family):
    if family.protected:
        return ""
    return next((adult.phone for adult in family.adults if adult.phone and "phone" in family.shared[adult.pk]), "")


def _day_by_day(rsvps):
    answered = enumerate(sorted(timezone.localtime(rsvp.answered_at).date() for rsvp in rsvps), start=1)
    return list({day: total for total, day in answered}.items())


def with_programme(gatherings):
    """Annotated with whether each `has_programme`."""
    return gatherings.annotate(has_programme=Exists(Activity.objects.filter(gathering=OuterRef("pk"))))


def organisers_of(gathering):
    """The class contacts, and helpers while they are guardians in the class and restricted from no child there. One
    query."""
    here = GuardianRelation.objects.live().in_class(gathering.school_class_id)
    helping = gathering.helpers.filter(person__in=here.values("guardian")).exclude(person__in=restricted_in(gathering))
    helping = helping.values("person")
    return list(Person.objects.filter(Q(pk__in=_elected(gathering)) | Q(pk__in=helping)).order_by("sort_name", "pk"))


def restricted_in(gathering):
    restricted = AccessRestriction.objects.in_force(timezone.localdate()).in_class(gathering.school_class_id)
    return restricted.values("guardian")


@dataclass(frozen=True)
class Contacts:
    named: list[Person]
    is_unnamed: bool


def contacts_of(gathering, reader):
    """In whose name the class is invited; where nobody may be named, the letter signs as the class contact. One query,
    and two more when a name is withheld."""
    if "elected_now" not in vars(gathering):  # once for a batch of letters, which share the gathering
        is_covered = Case(When(pk__in=protection.covered(), then=True), default=False)
        elected = Person.objects.filter(pk__in=_elected(gathering)).annotate(is_covered=is_covered)
        gathering.elected_now = list(elected.in_name_order())
    covered = {person.pk for person in gathering.elected_now if person.is_covered}
    covered = protection.not_own(reader, covered)
    named = [person for person in gathering.elected_now if person.pk not in covered]
    return Contacts(named, is_unnamed=bool(covered) and not named)


def _elected(gathering):
    contacts = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class=gathering.school_class_id)
    return contacts.values("person")


def silent_homes(gathering, *, but_for=None):
    answered = set(gathering.rsvps.values_list("household", flat=True))
    return {
        family.household_id: family
        for family in families_of(gathering.school_class)
        if family.household_id and family.household_id not in answered | {but_for}
    }


def reminded(gathering):
    """Keys of those who have had a reminder to answer."""
    told = Notice.objects.about(gathering).told().filter(kind__in=REMINDERS)
    return set(told.values_list("recipient", flat=True))


def has_left(gathering, *, kind):
    """Somebody has had it, by a message or on paper; a letter that asked when it suits is no invitation."""
    return gathering.letters.filter(printed_at__gte=gathering.published_at).exists() or any(
        reach.state in ("sent", "opened") for reach in reach_of(gathering, kind).values()
    )
