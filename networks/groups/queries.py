"""Mixed groups of those who come, drawn by lot for each gathering; and who is kept apart, for the contact teacher alone."""

from collections import Counter
from dataclasses import dataclass
from math import ceil
from random import Random

from django.utils import timezone
from django.utils.crypto import salted_hmac

from networks.models import Apart, Gathering, Rsvp
from networks.queries import board_of
from portal.people.models import Enrolment, Person, keys_of
from portal.people.models.persons import nordic_key

STEPS = 400  # swaps that are tried to part those who shall not be together
SALT = "networks.groups"


@dataclass(frozen=True)
class Member:
    name: str
    pupils: frozenset[int]


def groups_of(gathering, *, of, size):
    """Lists of names, drawn by lot, and the same for as long as nothing changes: from many draws one could read who never
    meets. A protected family stands in none, also when the reader is of it: the list is for the wall."""
    rows = [row for row in board_of(gathering).rows if row.rsvp and row.rsvp.answer == Rsvp.Answer.YES]
    known = [row for row in rows if not row.family.protected]
    members = _children(known) if of == Gathering.Kind.CHILDREN else _families(known)
    pairs = [
        frozenset(pair)
        for pair in Apart.objects.filter(school_class=gathering.school_class_id).values_list("one", "other")
    ]
    groups = mixed(members, pairs, size, lot=_lot(gathering, of, size, members, pairs))
    return [sorted((member.name for member in group), key=nordic_key) for group in groups]


def _lot(gathering, of, size, members, pairs):
    """One lot for each gathering and what it is drawn from: sizes that give as many groups are one draw and not several. Who
    is kept apart is part of that, or two who swap their places when it is said would show them."""
    keys = sorted(sorted(member.pupils) for member in members), sorted(sorted(pair) for pair in pairs)
    number = _number(members, size)
    seed = salted_hmac(SALT, f"{gathering.pk} {of} {number} {keys}", algorithm="sha256").digest()
    return Random(seed)  # noqa: S311 nobody foresees it without the portal's own key


def _children(rows):
    coming = {pupil.pk: pupil for row in rows for pupil in row.family.pupils if pupil.pk in row.rsvp.pupil_keys}
    times = Counter(pupil.given_name for pupil in coming.values())
    return [
        Member(pupil.given_name if times[pupil.given_name] == 1 else pupil.full_name, frozenset({key}))
        for key, pupil in coming.items()
    ]


def _families(rows):
    return [
        Member(f"{row.name} ({', '.join(row.children)})", frozenset(pupil.pk for pupil in row.family.pupils))
        for row in rows
    ]


def mixed(members, pairs, size, *, lot):
    """Groups as even as can be, by lot. Those of a pair are parted where that is possible, and nothing shows whether
    it was."""
    if not members:
        return []
    drawn, number = lot.sample(members, len(members)), _number(members, size)
    places = [place % number for place in range(len(drawn))]
    clashing = [
        (one, other)
        for one in range(len(drawn))
        for other in range(one)
        if any(_parts(pair, drawn[one], drawn[other]) for pair in pairs)
    ]
    for _step in range(STEPS):
        together = [pair for pair in clashing if places[pair[0]] == places[pair[1]]]
        if not together:
            break
        moved, swapped = lot.choice(lot.choice(together)), lot.randrange(len(drawn))
        places[moved], places[swapped] = places[swapped], places[moved]
        if sum(places[one] == places[other] for one, other in clashing) > len(together):
            places[moved], places[swapped] = places[swapped], places[moved]
    return [[one for one, at in zip(drawn, places, strict=True) if at == place] for place in range(number)]


def _number(members, size):
    return ceil(len(members) / size)


def _parts(pair, one, other):
    a, b = pair
    return (a in one.pupils and b in other.pupils) or (b in one.pupils and a in other.pupils)


def pupils_of(school_class, reader):
    """Those of the class today whom the reader may know."""
    places = Enrolment.objects.on(timezone.localdate()).filter(school_class=school_class)
    against = keys_of.restricted(reader)
    return Person.objects.active().filter(pk__in=places.values("pupil")).exclude(pk__in=against).in_name_order()


def separated_pairs(school_class, reader):
    pupils = pupils_of(school_class, reader).order_by()
    pairs = Apart.objects.visible_to(reader).filter(school_class=school_class)
    return (
        pairs.filter(one__in=pupils, other__in=pupils).select_related("one", "other").order_by("one__sort_name", "pk")
    )
