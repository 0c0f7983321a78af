"""The office's list of interpreters, by language and day. `follows` marks talks that one interpreter can take in a row."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef
from django.utils import timezone

from conferences.calendar import place_of
from conferences.models import Conference, InterpreterRequest
from portal.people.languages import language_name
from portal.people.models import keys_of

IN_A_ROW = timedelta(minutes=45)
State = InterpreterRequest.State


@dataclass(frozen=True)
class Order:
    request: InterpreterRequest
    follows: bool = False  # the same language is needed just before

    @property
    def conference(self):
        return self.request.conference

    @property
    def child(self):
        """Empty for a child who has left: the school may see no more of them."""
        return self.conference.pupil.full_name if self.request.is_known else ""

    @property
    def booking(self):
        return self.conference.time

    @property
    def school(self):
        return self.conference.school_class.school

    @property
    def language(self):
        return str(language_name(self.request.language))

    @property
    def day(self):
        return self.booking.starts_at.astimezone(self.school.zone).date() if self.booking else None

    @property
    def place(self):
        return place_of(self.booking) if self.booking else ""

    @property
    def is_withdrawn(self):
        return self.request.state == State.CANCELLED

    @property
    def is_idle(self):
        """Ordered for nobody, or for a talk that no longer takes place: somebody must call it off at the agency."""
        ordered = self.request.state in (State.ORDERED, State.CONFIRMED) or self.request.ordered_at
        needed = self.booking and self.conference.state != Conference.State.CANCELLED and not self.is_withdrawn
        return bool(ordered and not needed)


@dataclass(frozen=True)
class Block:
    language: str
    day: object
    orders: list[Order]

    @property
    def in_a_row(self):
        return sum(order.follows for order in self.orders)


@dataclass(frozen=True)
class InterpreterPage:
    blocks: list[Block]
    without_time: list[Order]
    idle: list[Order]
    asked: int
    confirmed: int

    @property
    def orders(self):
        return [order for block in self.blocks for order in block.orders]

    @property
    def is_empty(self):
        return not (self.blocks or self.without_time or self.idle)


def interpreter_page(person):
    start_of_today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = (
        InterpreterRequest.objects.visible_to(person)
        .annotate(is_known=Exists(Conference.objects.visible_to(person).filter(pk=OuterRef("conference"))))
        .filter(conference__school_class__school__in=keys_of.schools_run(person))
        .not_settled()
        .exclude(conference__booking__starts_at__lt=start_of_today)
        .exclude(conference__state__in=[Conference.State.HELD, Conference.State.MISSED])
        .select_related(
            "conference__booking__slot__room",
            "conference__pupil",
            "conference__teacher",
            "conference__school_class__school",
        )
    )
    orders = [Order(request) for request in wanted]
    timed = [order for order in orders if order.booking and not order.is_idle]
    timed.sort(key=lambda order: (order.language, order.booking.starts_at, order.request.pk))
    return InterpreterPage(
        blocks=[
            Block(language, day, _in_a_row(list(found)))
            for (language, day), found in groupby(timed, key=lambda order: (order.language, order.day))
        ],
        without_time=[order for order in orders if order.booking is None and not order.is_idle],
        idle=[order for order in orders if order.is_idle],
        asked=sum(order.request.state == State.ASKED for order in orders),
        confirmed=sum(order.request.state == State.CONFIRMED for order in orders),
    )


def _in_a_row(orders):
    found = []
    for place, order in enumerate(orders):
        before = orders[place - 1] if place else None
        gap = order.booking.starts_at - before.booking.ends_at if before else None
        found.append(Order(order.request, follows=gap is not None and timedelta() <= gap <= IN_A_ROW))
    return found
