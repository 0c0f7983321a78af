"""Name tags to print: a first name on each for whoever comes, and blank ones for a pen."""

from dataclasses import dataclass

from networks.models import Rsvp
from networks.queries import board_of
from portal.people.models.persons import nordic_key

A_PAGE = 10
SPARE = 6  # blank tags at the least, whoever comes: how many there are tells nothing
LONG, LONGER = 11, 18  # letters


@dataclass(frozen=True)
class Tag:
    name: str = ""

    @property
    def size(self):
        return "" if len(self.name) <= LONG else "long" if len(self.name) <= LONGER else "longer"


def tags_of(gathering):
    """Pages of tags. Children of the class stand by first name, each once though two homes bring it; adults only where
    they share their name with the class. Whoever else comes gets a blank tag, and so may anybody: a protected family is
    neither named nor counted, also when the reader is of it, since the sheet lies on a table."""
    rows = [row for row in board_of(gathering).rows if row.rsvp and row.rsvp.answer == Rsvp.Answer.YES]
    known = [row for row in rows if not row.family.protected]
    children = {pupil.pk: pupil for row in known for pupil in row.family.pupils if pupil.pk in row.rsvp.pupil_keys}
    adults = [adult for row in known for adult in _adults(row)]
    named = [adult for adult in adults if adult is not None]
    tags = [
        *_in_order(Tag(pupil.given_name) for pupil in children.values()),
        *_in_order(Tag(adult.given_name) for adult in named),
    ]
    blank = len(adults) - len(named) + sum(row.rsvp.siblings for row in known)
    tags += [Tag()] * (blank + SPARE)
    tags += [Tag()] * (-len(tags) % A_PAGE)
    return [tags[first : first + A_PAGE] for first in range(0, len(tags), A_PAGE)]


def _adults(row):
    """As many as the home has said; None for one who is not named. Where fewer come than live there, only the one who has
    answered is known to come."""
    coming, own = row.rsvp.adults, row.family.adults
    known = own if coming >= len(own) else [one for one in own if one.pk == row.rsvp.answered_by_id and coming]
    named = [adult if row.family.shared[adult.pk] else None for adult in known]
    return named + [None] * (coming - len(named))


def _in_order(tags):
    return sorted(tags, key=lambda tag: nordic_key(tag.name))
