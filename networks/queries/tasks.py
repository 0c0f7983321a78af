"""What the organisers have to do: before sending, and until the gathering begins."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import Gathering, Helper, InclusionCheck, Rsvp
from networks.names.checking import look_through
from networks.queries.board import INVITED, Row, has_left, make_row, name_of, organisers_of, restricted_in
from portal.messaging.kinds import DELAY
from portal.messaging.outlook import Outlook, outlook
from portal.people import protection
from portal.people.models import GuardianRelation, Person
from portal.people.models.persons import nordic_key
from portal.people.queries import families_of
from portal.speech import when


@dataclass(frozen=True)
class BeforeSending:
    families: int
    homes: int
    rows: list[Row]
    unreachable: list[Row]
    outlook: Outlook
    weak: list
    is_checked: bool
    maybe_names: list[str]

    @property
    def languages(self):
        unreachable = {person.pk for person in self.outlook.unreachable}
        reached = [person for person in self.outlook.people if person.pk not in unreachable]
        return Counter(person.get_language_display() for person in reached).most_common()

    @property
    def reached(self):
        return self.families - len(self.unreachable)


def before_sending(gathering, reader):
    """`families` counts the homes and the children with no confirmed guardian, who are listed though no invitation
    reaches them."""
    families = families_of(gathering.school_class, seen_by=reader)
    check = InclusionCheck.objects.filter(gathering=gathering).first()
    rows = [make_row(family, None, {}, []) for family in families]
    return BeforeSending(
        families=len(families),
        homes=sum(1 for family in families if family.household_id),
        rows=rows,
        unreachable=[row for row in rows if not row.family.reachable],
        outlook=outlook([adult for family in families for adult in family.adults], category="invitations"),
        weak=check.weak if check else [],
        is_checked=check is not None,
        maybe_names=maybe_names(gathering, reader),
    )


def maybe_names(gathering, reader):
    """Words of the invitation that may be a child's name: whoever organises it is asked, and nothing is stopped."""
    texts = (gathering.title, gathering.own_topic, gathering.description, gathering.bring, gathering.children_involved)
    return maybe_names_in(gathering, reader, *texts)


def maybe_names_in(gathering, reader, *texts):
    found = look_through([gathering.school_class], reader, "\n".join(texts))
    return [*found.named, *found.doubtful]


def reminder_arrives(board) -> list[tuple[datetime, int]]:
    silent = [adult for row in board.silent if row.household_id for adult in row.family.adults]
    return outlook(silent, category="reminders").arrives


@dataclass(frozen=True)
class Lifts:
    needed: int
    offered: int
    needs: list[Row]
    offers: list[Row]


def lifts_of(board):
    """Only organisers see it."""
    coming = [row for row in board.rows if row.rsvp and row.rsvp.is_planned_for]
    needs = [row for row in coming if row.rsvp.lift == Rsvp.Lift.NEED]
    offers = [row for row in coming if row.rsvp.lift == Rsvp.Lift.OFFER]
    people = [row.rsvp.children + row.rsvp.adults for row in needs]
    return Lifts(needed=sum(people), offered=sum(row.rsvp.seats for row in offers), needs=needs, offers=offers)


@dataclass(frozen=True)
class Minding:
    children: int
    rows: list[Row]

    def __bool__(self):
        return self.children > 0


def minding_of(board):
    """For an evening of adults: whose children need somebody to mind them. Only organisers see it."""
    rows = [row for row in board.rows if row.rsvp and row.rsvp.is_planned_for and row.rsvp.minded]
    return Minding(sum(row.rsvp.minded for row in rows), rows)


@dataclass(frozen=True)
class Tasks:
    weak: list
    is_checked: bool
    helpers: list[tuple[Helper, str]]
    candidates: list[Person]


def tasks_of(gathering, reader):
    """Nobody in a protected family is proposed as a helper or named to those who may not know, nor is anybody proposed
    who is restricted from a child in the class."""
    check = InclusionCheck.objects.filter(gathering=gathering).first()
    not_asked = {person.pk for person in organisers_of(gathering)}
    not_asked.update(restricted_in(gathering).values_list("guardian", flat=True))
    families = families_of(gathering.school_class, seen_by=reader)
    adults = {
        adult.pk: adult
        for family in families
        for adult in family.adults
        if not family.protected and adult.pk not in not_asked
    }
    return Tasks(
        weak=check.weak if check else [],
        is_checked=check is not None,
        helpers=_named(gathering.helpers.select_related("person").order_by("person__sort_name"), families, reader),
        candidates=list(adults.values()),
    )


def _named(helpers, families, reader):
    """[(helper, the name this reader may read)]. By last name, with an alias among them by its own first letter:
    neither where the true name would stand nor a place at the end gives away who is meant."""
    hidden = protection.hidden_from(reader, [reader.pk, *(helper.person_id for helper in helpers)])
    known = {adult.pk: name_of(family) for family in families if family.protected for adult in family.adults}
    rows = []
    for helper in helpers:
        if helper.person_id in hidden:
            name = known.get(helper.person_id, protection.shown_as(""))
            rows.append((nordic_key(name), helper.pk, helper, name))
        else:
            rows.append((helper.person.sort_name, helper.pk, helper, helper.person.full_name))
    return [(helper, name) for _place, _key, helper, name in sorted(rows, key=lambda row: row[:2])]


def needs_step_free(school_class):
    """Whether a home of the class needs a place without stairs; which, or how many, no organiser learns."""
    return GuardianRelation.objects.live().in_class(school_class).filter(guardian__household__step_free=True).exists()


def thought_of(gathering):
    check = InclusionCheck.objects.filter(gathering=gathering).first()
    if check:
        return [*check.fine, *check.mended]
    return [] if gathering.family_cost else [InclusionCheck.Point.PRICE]


def greeting(board, person):
    """For the organiser's own phone. An organiser at a protected address signs without a name: asked only of those whose
    names are kept from others at all."""
    gathering = board.gathering
    words = _("Hi. Are you coming to %(title)s, %(when)s? Best wishes, %(name)s")
    if board.reader_is_covered and protection.sheltered_among([person.pk]):
        words = _("Hi. Are you coming to %(title)s, %(when)s? Best wishes from the organisers")
    return words % {
        "title": gathering.title,
        "when": when(gathering.starts_at, gathering.school_class.school),
        "name": person.given_name,
    }


def may_still_stop(board):
    gathering = board.gathering
    if gathering.state != Gathering.State.PUBLISHED or timezone.now() > gathering.published_at + 2 * DELAY:
        return False
    if hasattr(gathering, "poll") and gathering.poll.fixed_at:
        return False
    return not board.days and not has_left(gathering, kind=INVITED)
