"""The homes of a class that no message reaches, as far as the one who asks may write to them: what goes to each on paper,
and whether it has said something."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from networks.letters.off import Known, known_at
from networks.letters.queries import changed_at, is_overtaken
from networks.models import PollAnswer, PrintedLetter, Rsvp
from networks.queries import name_of
from networks.queries.paper import homes_open_to, true_name_of, without_address
from portal.people.queries import Family
from portal.people.rules import runs_office


@dataclass(frozen=True)
class PaperHome:
    """A home whose letters go on paper. `is_alone`: its letter is printed by itself, by the office, and handed over.
    `says` is how many of the times asked about it has said something to. Of what came to nothing it was `told_at`."""

    family: Family
    name: str
    letter: PrintedLetter | None
    rsvp: Rsvp | None
    is_alone: bool
    is_old: bool
    can_be_printed: bool
    says: int = 0
    told_at: datetime | None = None

    @property
    def household_id(self):
        return self.family.household_id

    @property
    def is_due(self):
        """In the letters of the whole class."""
        return self.can_be_printed and not self.is_alone and (self.letter is None or self.is_old)


@dataclass(frozen=True)
class PaperPage:
    """`stage` is what the homes have to hear: that they are "invited", that they are "asked" when it suits, or that it is
    "off". `takes_letters` is whether they still have to."""

    homes: list[PaperHome]
    by_office: bool
    stage: str = "invited"
    takes_letters: bool = False

    @property
    def due(self):
        return sum(1 for home in self.homes if home.is_due)


def stage_of(gathering):
    if gathering.off_at:
        return "off"
    return "asked" if gathering.has_no_time else "invited"


def takes_letters(gathering):
    stage = stage_of(gathering)
    if stage == "asked":
        return gathering.poll.is_open()
    return gathering.takes_answers() if stage == "invited" else not gathering.is_over()


def paper_page(gathering, person):
    """The same number of queries at any size."""
    by_office, stage = runs_office(person, gathering.school_class.school), stage_of(gathering)
    families = without_address(gathering, homes_open_to(person, gathering))
    make = {"invited": _invited, "asked": _asked, "off": _off}[stage]
    homes = [
        PaperHome(
            family=family,
            name=true_name_of(family) if by_office else name_of(family),
            is_alone=family.protected,
            **found,
        )
        for family, found in make(gathering, families)
    ]
    return PaperPage(homes, by_office, stage, takes_letters(gathering))


def _invited(gathering, families):
    """Printed until the home answers; and again when it may come and nothing has told it of a change."""
    letters = _letters(gathering)
    rsvps = {rsvp.household_id: rsvp for rsvp in gathering.rsvps.select_related("answered_by")}
    changed = changed_at([gathering]).get(gathering.pk)
    for family in families:
        letter, rsvp = letters.get(family.household_id), rsvps.get(family.household_id)
        is_old = is_overtaken(rsvp, letter, changed) if rsvp else _is_older(letter, gathering)
        yield family, {"letter": letter, "rsvp": rsvp, "is_old": is_old, "can_be_printed": rsvp is None or is_old}


def _asked(gathering, families):
    """Printed until the home has said something, and again when something else has changed since."""
    letters, says = _letters(gathering), {}
    for home in PollAnswer.objects.filter(time__poll__gathering=gathering).values_list("household", flat=True):
        says[home] = says.get(home, 0) + 1
    for family in families:
        letter, said = letters.get(family.household_id), says.get(family.household_id, 0)
        is_old = not said and _is_older(letter, gathering)
        found = {"letter": letter, "rsvp": None, "is_old": is_old, "can_be_printed": not said, "says": said}
        yield family, found


def _off(gathering, families):
    """Those that know of it, and may come to nothing: told by a letter, or by a word."""
    letters, known = _letters(gathering), known_at([gathering])
    for family in families:
        one = known.get((gathering.pk, family.household_id), Known())
        if one.knows:
            letter, is_told = letters.get(family.household_id), one.is_told(gathering)
            found = {"letter": letter, "rsvp": None, "is_old": letter is not None and not is_told}
            yield family, found | {"can_be_printed": not is_told, "told_at": one.told_at if is_told else None}


def _letters(gathering):
    return {letter.household_id: letter for letter in gathering.letters.all()}


def _is_older(letter, gathering):
    return letter is not None and letter.sequence < gathering.sequence


def page_of_letters(gathering):
    return reverse("networks:letter_list", args=[gathering.pk])
