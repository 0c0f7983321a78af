"""The register of the main menu: rooms register their place for each hat, the frame of every page shows them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

MOST = 5  # places of one hat, so that the phone's bottom bar has room

_ENTRIES: list["_Entry"] = []
_AT_THE_OFFICE: list[tuple] = []
_AT_FOOT: list[tuple] = []
_BESIDE_CHILD: list[tuple] = []
_SETTINGS: list["SettingElsewhere"] = []


@dataclass(frozen=True)
class Place:
    label: str
    icon: str
    url: str
    short: str = ""
    current: bool = False
    about: str = ""


@dataclass(frozen=True)
class _Entry:
    label: str
    icon: str
    page: str
    order: dict
    short: str
    shown: Callable
    covers: str

    def length_covered(self, url, path):
        """How much of the path is this place's own; the longest is where the reader is."""
        if path.startswith(url):
            return len(url)
        covered = self.covers and re.match(self.covers, path)
        return len(covered[0]) if covered else 0


def stands_in_menu(label, icon, page, *, order, short="", shown=lambda hat: True, covers=""):
    """Register a page by name for the kinds of hats in `order`, lower numbers first. `shown` is called with the hat
    each time; None as a kind is a visitor without a hat. What stands below the page's address belongs to its place, and so
    does an address that begins as the pattern `covers` says."""
    _ENTRIES.append(_Entry(label, icon, page, order, short, shown, covers))


def menu_of(hat, path):
    kind = hat.kind if hat else None
    entries = sorted((one for one in _ENTRIES if kind in one.order), key=lambda one: one.order[kind])
    found = [(entry, reverse(entry.page)) for entry in entries if entry.shown(hat)]
    lengths = [entry.length_covered(url, path) for entry, url in found]
    return [
        Place(label=entry.label, icon=entry.icon, url=url, short=entry.short, current=0 < length == max(lengths))
        for (entry, url), length in zip(found, lengths, strict=True)
    ]


def stands_at_the_office(label, icon, page):
    _AT_THE_OFFICE.append((label, icon, page))


def places_at_the_office():
    return [Place(label=label, icon=icon, url=reverse(page)) for label, icon, page in _AT_THE_OFFICE]


def stands_at_foot(label, page):
    """Register a page for everybody, signed in or not, that the foot of every page leads to."""
    _AT_FOOT.append((label, page))


def places_at_foot():
    return [Place(label=label, icon="", url=reverse(page)) for label, page in _AT_FOOT]


def stands_beside_child(label, icon, page, *, about="", grown_ups=False):
    """Register a page about one child by name, for its page and the first page of its guardians, and its own unless it
    is for `grown_ups` alone. `about` says on the page of the child what is found there."""
    _BESIDE_CHILD.append((label, icon, page, about, grown_ups))


def places_beside_child(key, *, is_own=False):
    return [
        Place(label=label, icon=icon, url=reverse(page, args=[key]), about=about)
        for label, icon, page, about, grown_ups in _BESIDE_CHILD
        if not (is_own and grown_ups)
    ]


@dataclass(frozen=True)
class SettingElsewhere:
    """What a school sets on a page of a room's own: `about` gives the row of a school, `verb` what is done to it."""

    label: str
    icon: str
    page: str
    about: Callable
    verb: str


def stands_among_settings(label, icon, page, *, about, verb):
    """Register a page on which a school sets something, for the one page that leads to all of them."""
    _SETTINGS.append(SettingElsewhere(label, icon, page, about, verb))


def settings_elsewhere():
    return list(_SETTINGS)
