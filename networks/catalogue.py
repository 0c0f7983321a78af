"""The catalogue of ideas as a page shows it: a drawing on each card, this season first, and filters to press."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from networks.ideas import ADULTS, ANY, AUTUMN, CHILDREN, FREE, SPRING, THEME, WINTER, Idea, ideas_for, season_of

OUTDOORS, ONE_HOUR, FEW_WORDS = "outdoors", "hour", "words"
TRAITS = (
    (OUTDOORS, _("Outdoors")),
    (ONE_HOUR, _("Can be done in an hour")),
    (FEW_WORDS, _("Needs little language")),
)
HAS = {
    OUTDOORS: {
        *("sledding", "packed-lunch", "football", "torch-walk", "bathing", "bonfire", "treasure-hunt", "skating"),
        *("weekend", "national-day", "cycling", "garden", "night-walkers", "working-day", "summer"),
    },
    ONE_HOUR: {
        *("sledding", "packed-lunch", "working-day", "football", "torch-walk", "friend-groups", "swap-day"),
        *("bonfire", "treasure-hunt", "skating", "breakfast", "one-dish", "quiz", "before-grade-one", "theme-evening"),
    },
    FEW_WORDS: {
        *("sledding", "football", "torch-walk", "bathing", "bonfire", "skating", "cycling", "garden", "one-dish"),
        *("food-evening", "workshop"),
    },
}
PICTURES = {  # (drawing, hue)
    "sledding": ("sled", "conferences"),
    "packed-lunch": ("trip", "grants"),
    "working-day": ("hands", "warning"),
    "football": ("ball", "grants"),
    "theme-evening": ("quiz", "principles"),
    "parents-only": ("hands", "warning"),
    "torch-walk": ("lantern", "warning"),
    "porridge": ("porridge", "gatherings"),
    "workshop": ("craft", "gatherings"),
    "halloween": ("mask", "warning"),
    "grade-party": ("cake", "gatherings"),
    "summer": ("beach", "conferences"),
    "friend-groups": ("hands", "warning"),
    "shared-birthday": ("cake", "gatherings"),
    "swap-day": ("swap", "gatherings"),
    "board-games": ("game", "grants"),
    "bathing": ("beach", "conferences"),
    "bonfire": ("fire", "warning"),
    "treasure-hunt": ("map", "grants"),
    "skating": ("skate", "conferences"),
    "breakfast": ("bread", "warning"),
    "one-dish": ("world", "gatherings"),
    "cafe": ("cafe", "conferences"),
    "film": ("film", "principles"),
    "sleepover": ("tent", "principles"),
    "weekend": ("trip", "grants"),
    "market": ("swap", "gatherings"),
    "national-day": ("flag", "conferences"),
    "food-evening": ("world", "gatherings"),
    "shrovetide": ("mask", "warning"),
    "new-classmates": ("quiz", "principles"),
    "before-grade-one": ("hands", "warning"),
    "cycling": ("bike", "grants"),
    "garden": ("plant", "conferences"),
    "night-walkers": ("night", "principles"),
    "quiz": ("quiz", "principles"),
    "culture": ("film", "principles"),
    "bring-an-adult": ("hands", "warning"),
}
YEAR = (AUTUMN, WINTER, SPRING)
WEEKS = {  # of what is tied to a feast: from the day on which one plans it to the day itself, as (month, day)
    "halloween": ((9, 28), (10, 31)),
    "porridge": ((11, 9), (12, 20)),
    "workshop": ((11, 2), (12, 20)),
    "shrovetide": ((1, 15), (3, 8)),
    "national-day": ((3, 25), (5, 17)),
    "summer": ((5, 10), (6, 25)),
}
FILTERS = (
    ("season", AUTUMN, _("Autumn")),
    ("season", WINTER, _("Winter")),
    ("season", SPRING, _("Spring")),
    ("cost", str(FREE), _("Free")),
    *(("trait", trait, word) for trait, word in TRAITS),
    ("audience", THEME, _("Theme evening")),
    ("audience", ADULTS, _("Social, for parents")),
    ("audience", CHILDREN, _("The children of the class")),
)
HEADINGS = {AUTUMN: _("For the autumn"), WINTER: _("For the winter"), SPRING: _("For the spring")}


@dataclass(frozen=True)
class IdeaCard:
    idea: Idea
    drawing: str
    hue: str


@dataclass(frozen=True)
class Chip:
    """One press adds the filter to those that are chosen, or takes it away again."""

    word: str
    address: str
    is_chosen: bool
    count: int


@dataclass(frozen=True)
class Section:
    key: str
    heading: str
    cards: list[IdeaCard]
    is_now: bool


@dataclass(frozen=True)
class Catalogue:
    ideas: list[Idea]
    chips: list[Chip]
    sections: list[Section]


def card(idea):
    return IdeaCard(idea, *PICTURES[idea.key])


def cards_of(ideas):
    return [card(idea) for idea in ideas]


def fits_on(idea, day):
    """Its season, and for what is tied to a feast its weeks, whatever the season."""
    if idea.key in WEEKS:
        first, last = WEEKS[idea.key]
        return first <= (day.month, day.day) <= last
    return season_of(day) in idea.seasons


def fitting(country, day):
    return [idea for idea in ideas_for(country) if fits_on(idea, day)]


def catalogue(country, day, chosen):
    """`chosen` is {filter: value}; only those that are known narrow anything."""
    found = narrowed(country, chosen)
    every = Chip(_("All"), "?", not chosen, len(ideas_for(country)))
    chips = [_chip(country, chosen, *one) for one in FILTERS]
    return Catalogue(found, [every, *(chip for chip in chips if chip.count or chip.is_chosen)], _sections(found, day))


def narrowed(country, chosen):
    cost = int(chosen["cost"]) if "cost" in chosen else None
    found = ideas_for(country, season=chosen.get("season", ""), audience=chosen.get("audience", ""), cost=cost)
    return [idea for idea in found if "trait" not in chosen or idea.key in HAS[chosen["trait"]]]


def _chip(country, chosen, name, value, word):
    is_chosen = chosen.get(name) == value
    others = {key: said for key, said in chosen.items() if key != name}
    wanted = others if is_chosen else {**others, name: value}
    return Chip(word, f"?{urlencode(wanted)}", is_chosen, len(narrowed(country, {**others, name: value})))


def _sections(found, day):
    """What fits now, then season by season what follows, with the feasts that are over last; then what suits any time of
    year. Each idea once."""
    start = YEAR.index(season_of(day))
    now = [idea for idea in found if idea.seasons != ANY and fits_on(idea, day)]
    sections, left = (
        [Section("now", _("Fits now"), cards_of(now), is_now=True)],
        [one for one in found if one not in now],
    )
    for name in (*YEAR[start + 1 :], *YEAR[: start + 1]):
        here = [idea for idea in left if name in idea.seasons and idea.seasons != ANY]
        left = [idea for idea in left if idea not in here]
        sections.append(Section(name, HEADINGS[name], cards_of(here), is_now=False))
    sections.append(Section("any", _("Any time"), cards_of(left), is_now=False))
    return [section for section in sections if section.cards]
