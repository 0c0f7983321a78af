"""Homes that have to be called or met before one knows what suits them, and what is written down for them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from networks.models import Gathering, PollAnswer, PollTime
from networks.queries.board import make_row
from networks.queries.paper import homes_open_to, true_name_of, without_address
from networks.rules import can_organise
from portal.people.models import Household, keys_of
from portal.people.models.persons import either
from portal.people.queries import families_of
from portal.speech import capital, period


def heard_by(person):
    """What families have been asked about, for those who write down what they say: its organisers, and the office."""
    own = Gathering.objects.filter(school_class__school__in=keys_of.schools_run(person))
    found = either(Gathering.objects.organised_by(person).values("pk"), own.values("pk"))
    return Gathering.objects.polled().filter(pk__in=found).select_related("school_class__school", "poll")


def homes_to_hear(poll, families, reader, answered):
    """Those that have said nothing, never the reader's own; those hardest to reach first. While nobody is to see the
    answers (None), whoever no message reaches or wants to be called, whether it has said something or not."""
    if not poll.is_open():
        return []
    left = [one for one in families if one.household_id != reader.household_id or not one.household_id]
    rows = [make_row(one, None, {}, []) for one in left]
    if answered is None:
        rows = [row for row in rows if row.reach == "none" or row.wants_call]
    else:
        rows = [row for row in rows if row.household_id not in answered]
    return sorted(rows, key=lambda row: (row.reach != "none", not row.wants_call, row.name))


def greeting_of(gathering):
    """For the organiser's own phone. It names nobody, since whoever sends it may be protected."""
    return _("Hi. When does %(title)s suit you? Best wishes from the organisers") % {"title": gathering.title}


@dataclass(frozen=True)
class Said:
    time: PollTime
    words: str
    answer: PollAnswer.Suits | None
    is_own: bool

    @property
    def label(self):
        return PollAnswer.Suits(self.answer).label if self.answer else ""


@dataclass(frozen=True)
class HomePage:
    """While nobody is to see the answers, none stands here either, and every time is asked about. The office learns which
    times a home has answered itself, never what it said."""

    household: Household
    name: str
    organises: bool
    is_reached: bool
    hides: bool
    rows: list[Said]

    @property
    def to_ask(self):
        return [row for row in self.rows if not row.is_own]

    @property
    def own(self):
        return [row for row in self.rows if row.is_own]


def home_page(gathering, household_id, person):
    """None for a home that is not in the class, or not for this person to know; for the office also where a message
    reaches it."""
    organises, school = can_organise(person, gathering), gathering.school_class.school
    if organises:
        families = families_of(gathering.school_class, seen_by=person)
    else:
        families = without_address(gathering, homes_open_to(person, gathering))
    family = next((one for one in families if one.household_id == household_id), None)
    if family is None:
        return None
    hides = gathering.poll.hides_from_organisers()
    said = {} if hides else _said(gathering, household_id)
    return HomePage(
        household=Household.objects.get(pk=household_id),
        name=make_row(family, None, {}, []).name if organises else true_name_of(family),
        organises=organises,
        is_reached=not without_address(gathering, [family]),
        hides=hides,
        rows=[
            Said(
                one,
                capital(period(one.starts_at, one.ends_at, school)),
                said[one.pk].suits if organises and one.pk in said else None,
                one.pk in said and not said[one.pk].on_behalf,
            )
            for one in gathering.poll.times.all()
        ],
    )


def _said(gathering, household_id):
    return {one.time_id: one for one in PollAnswer.objects.filter(time__poll=gathering.poll, household=household_id)}
