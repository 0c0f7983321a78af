"""What the homes have said suits them, for whoever finds a time: as much as the wish page promises each reader, no
more."""

from collections import defaultdict
from dataclasses import dataclass

from conferences.models import Conference, TimeWish, guardians_of_each
from conferences.queries.hosted import hosted_by


@dataclass(frozen=True)
class Said:
    """A teacher is told of phone and video alone: then `note` is empty and `cannot_move` not said."""

    who: str
    phone_or_video: bool
    cannot_move: bool = False
    note: str = ""


def said_about(conferences, person):
    """{talk's key: what each of its homes has said}, as the person may know it. Four queries at any size."""
    own = hosted_by(person).filter(pk__in=[one.pk for one in conferences], round__isnull=False)
    talks = {one.pk: one for one in own.only("round", "pupil", "home")}
    wishes = TimeWish.objects.not_of_family(person).filter(round__in={one.round_id for one in talks.values()})
    said = {(wish.round_id, wish.household_id): wish for wish in wishes}
    led = set(Conference.objects.of_leader(person).filter(pk__in=talks).values_list("pk", flat=True))
    guardians = guardians_of_each(talks.values()) if said else {}
    found = {}
    for key, talk in talks.items():
        rows = [
            _told(said[talk.round_id, home], names, in_full=key in led)
            for home, names in _by_home(guardians.get(key, ())).items()
            if (talk.round_id, home) in said
        ]
        if rows := [row for row in rows if row.phone_or_video or row.cannot_move or row.note]:
            found[key] = rows
    return found


def _by_home(guardians):
    found = defaultdict(list)
    for one in guardians:
        found[one.household_id].append(one.given_name)
    return found


def _told(wish, names, *, in_full):
    who = ", ".join(dict.fromkeys(names))
    if not in_full:
        return Said(who, wish.phone_or_video)
    return Said(who, wish.phone_or_video, wish.cannot_move, wish.note.strip())
