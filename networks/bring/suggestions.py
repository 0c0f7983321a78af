"""What gatherings need, to put on the list with one press: what most of them do, and what an idea wants besides."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Suggestion:
    key: str
    kind: str
    title: Promise
    wanted: int
    amount: Promise | str = ""
    minutes: int | None = None

    def fields(self):
        return {
            "kind": self.kind,
            "title": str(self.title),
            "wanted": self.wanted,
            "amount": str(self.amount),
            "minutes": self.minutes,
            "backups": 0,
        }


SUGGESTIONS = [
    Suggestion("fruit", "thing", _("Fruit cut into pieces"), 3, _("a bowl")),
    Suggestion("baked", "thing", _("Something baked"), 3, _("enough for ten")),
    Suggestion("drinks", "thing", _("Something to drink"), 2, _("about three litres")),
    Suggestion("cups", "thing", _("Cups, plates and napkins"), 1, _("for everyone who comes")),
    Suggestion("game", "thing", _("A game or a ball"), 2),
    Suggestion("set_up", "job", _("Get things ready"), 2, minutes=30),
    Suggestion("welcome", "job", _("Welcome people at the door"), 2, minutes=20),
    Suggestion("play", "job", _("Play with the children"), 2, minutes=30),
    Suggestion("clear_up", "job", _("Clear up afterwards"), 3, minutes=30),
]
OF_IDEAS = {
    "sledding": [
        Suggestion("sledge", "thing", _("A sledge that others may borrow"), 4),
        Suggestion("warm", "thing", _("Something warm to drink"), 2, _("about three litres")),
    ],
    "football": [
        Suggestion("judge", "job", _("Be the judge"), 2, minutes=30),
        Suggestion("cheer", "job", _("Lead the cheering"), 2, minutes=30),
        Suggestion("water", "job", _("Hand out water and fruit"), 2, minutes=20),
    ],
}
BY_KEY = {one.key: one for one in (*SUGGESTIONS, *(one for ours in OF_IDEAS.values() for one in ours))}


def suggestions_for(gathering):
    """What its idea wants stands first."""
    return [*OF_IDEAS.get(gathering.idea, []), *SUGGESTIONS]
