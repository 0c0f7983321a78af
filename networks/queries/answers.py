"""What a home reads about its gatherings, and the first page of everyone else who has to do with them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from networks.models import Gathering, Helper, Poll, Rsvp
from networks.queries.board import contacts_of
from networks.queries.line import guest, line_of, people_in
from portal.figures import SMALLEST
from portal.messaging.holders import Child
from portal.people.models import Enrolment, GuardianRelation, Household, Person, Role, SchoolClass


@dataclass(frozen=True)
class AnswerPage:
    gathering: Gathering
    household: Household | None
    children: list[Person]
    rsvp: Rsvp | None
    children_coming: int
    takes_answers: bool
    contacts: list[Person]
    is_signed_by_role: bool
    is_full: bool = False
    number: int | None = None

    @property
    def may_answer(self):
        return self.household is not None and bool(self.children)

    @property
    def answered_for(self):
        said_yes = self.rsvp and self.rsvp.answer in (Rsvp.Answer.YES, Rsvp.Answer.WAITING)
        coming = set(self.rsvp.pupils.all()) if said_yes else set()
        return [
            child.given_name for child in self.children if child in coming or not coming.intersection(self.children)
        ]

    @property
    def names(self):
        return [child.given_name for child in self.children]

    @property
    def waits(self):
        return self.takes_answers and self.rsvp is not None and self.rsvp.is_waiting

    @property
    def stands_in_line(self):
        """Its yes waits for room. Where there is room for it now, it has to say so once more."""
        return bool(self.waits and self.number and self.is_full and not self.turn_ends)

    @property
    def turn_ends(self):
        """Until when a place is kept for the home; None when none is."""
        return min(self.rsvp.turn_until, self.gathering.starts_at) if self.waits and self.rsvp.has_turn() else None

    @property
    def is_too_many(self):
        return self.waits and self.gathering.capacity is not None and people_in([self.rsvp]) > self.gathering.capacity

    @property
    def asks_more(self):
        return self.takes_answers and self.rsvp is not None and self.rsvp.answer != Rsvp.Answer.NO

    @property
    def asks_word(self):
        return self.takes_answers and self.rsvp is not None and self.rsvp.answer == Rsvp.Answer.NO

    @property
    def undo_to(self):
        """What the home answers again when the latest tap is taken back, in words; None when it cannot be."""
        before = self.rsvp.before if self.rsvp and self.takes_answers else ""
        return {"": None, Rsvp.SILENT: ""}.get(before, self.rsvp and self.rsvp.get_before_display())

    @property
    def asks_minding(self):
        return self.gathering.is_for_adults

    @property
    def shows_coming(self):
        """A total below the smallest one shown would give away whose children they are."""
        return self.children_coming >= SMALLEST


def answer_page(gathering, person):
    home, contacts = person.household_id, contacts_of(gathering, person)
    rsvp = gathering.rsvps.filter(household=home).select_related("answered_by").prefetch_related("pupils").first()
    has_line = gathering.takes_answers() and (gathering.capacity or (rsvp and rsvp.is_waiting))
    line = line_of(gathering) if has_line else None
    return AnswerPage(
        gathering=gathering,
        household=person.household,
        children=_children_in(gathering.school_class, person),
        rsvp=rsvp,
        children_coming=children_coming(gathering),
        takes_answers=gathering.takes_answers(),
        contacts=contacts.named,
        is_signed_by_role=contacts.is_unnamed,
        is_full=line is not None and not line.takes(rsvp or guest(home)),
        number=line.number_of(home) if line else None,
    )


def _children_in(school_class, person):
    relations = GuardianRelation.objects.live().in_class(school_class).filter(guardian_id=person.pk)
    return [relation.pupil for relation in relations.select_related("pupil").order_by("pupil__sort_name")]


def children_of_link(link):
    school_class = link.subject.school_class
    return [Child(pupil, school_class.name) for pupil in _children_in(school_class, link.person)]


def children_coming(gathering):
    """Each of the class's children counted once, though two homes may say so, and their siblings. Homes that have left
    the class do not count."""
    here = GuardianRelation.objects.live().in_class(gathering.school_class_id)
    coming = gathering.rsvps.filter(answer=Rsvp.Answer.YES, household__in=here.homes())
    of_the_class = coming.filter(pupils__isnull=False).values("pupils").distinct().count()
    return of_the_class + sum(coming.values_list("siblings", flat=True))


@dataclass(frozen=True)
class Card:
    gathering: Gathering
    children: list[Person]
    rsvp: Rsvp | None


def own_gatherings(person):
    children = defaultdict(list)
    places = Enrolment.objects.current().of_children_of(person)
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
class FirstPage:
    cards: list[Card] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)
    helping: list[Gathering] = field(default_factory=list)
    followed: list[Gathering] = field(default_factory=list)
    pages: list[SchoolClass] = field(default_factory=list)
    polls: list[Poll] = field(default_factory=list)

    @property
    def is_empty(self):
        return not (self.cards or self.classes or self.followed or self.polls)


def first_page(person):
    roles = list(Role.objects.live().filter(person_id=person.pk).select_related("school_class__school"))
    staff = [role for role in roles if role.kind != Role.Kind.CLASS_CONTACT]
    cards = own_gatherings(person)
    own = [card.gathering.pk for card in cards]
    told = Gathering.objects.exclude(state=Gathering.State.DRAFT).select_related("school_class__school")
    return FirstPage(
        cards=cards,
        classes=[role.school_class for role in roles if role.kind == Role.Kind.CLASS_CONTACT],
        helping=[
            helper.gathering
            for helper in Helper.objects.of(person).select_related("gathering__school_class", "gathering__poll")
        ],
        pages=list(SchoolClass.objects.followed_by(person).current()),
        polls=list(Poll.objects.asked_of(person).select_related("gathering__school_class__school")),
        followed=list(told.for_staff(person).upcoming().exclude(pk__in=own)) if staff else [],
    )
