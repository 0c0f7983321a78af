"""What tells one person from another, and when two who look alike are surely, or maybe, one."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

WORD, NOT_DIGITS = re.compile(r"\w+"), re.compile(r"\D+")
SURE = (
    {"name", "born"},
    {"name", "email"},
    {"name", "phone"},
    {"name", "kin", "class"},
)
SURE_OF_GROWN = {"name", "kin"}
DOUBTED_PUPILS = (
    {"name"},
    {"close"},
    {"given", "born"},
    {"born", "kin"},
    {"kin", "class"},
    {"kin", "given"},
    {"number"},
)
DOUBTED_GROWN = (
    *({word, tie} for word in ("name", "close", "email", "phone") for tie in ("kin", "marked")),
    *({word, tie} for word in ("name", "close") for tie in ("born", "works", "email", "phone")),
    {"email", "phone"},
    {"number"},
)
BESIDE_A_NUMBER = {"name", "close", "given", "born"}  # one number in two rows may be a slip of the hand
BESIDE_A_NAME = {"born", "kin", "class", "marked"}  # what a pupil of a partial file must share with somebody still here


@dataclass(slots=True)
class Face:
    """What tells one person from another. `kin` are the names of a pupil's guardians, or of a guardian's children."""

    name: frozenset
    given: frozenset
    short: tuple
    email: str
    phone: str
    born_on: date | None
    is_pupil: bool
    pk: int = 0
    source: str = ""
    key: str = ""
    kin: frozenset = frozenset()
    classes: frozenset = frozenset()
    marked: bool = False  # shut out from a pupil, or a pupil from whom somebody is shut out
    works: bool = False
    number: str = ""

    def signs(self, other):
        """What the two have in common."""
        found = {"name"} if self.name == other.name else {"close"} if self.short == other.short else set()
        pairs = {name: (getattr(self, name), getattr(other, name)) for name in ("email", "phone", "number")}
        found |= {word for word, (one, two) in pairs.items() if one and one == two}
        found |= {"born"} if self.born_on and self.born_on == other.born_on else set()
        found |= {"given"} if self.given & other.given else set()
        found |= {"kin"} if self.kin & other.kin else set()
        found |= {"class"} if self.classes & other.classes else set()
        found |= {"marked"} if self.marked or other.marked else set()
        return found | ({"works"} if self.works and other.works else set())

    def born_apart(self, other):
        return bool(self.born_on and other.born_on and self.born_on != other.born_on)

    def at_odds(self, other):
        """Whether something speaks against a pair that is otherwise sure."""
        numbers = self.number and other.number and self.number != other.number
        strangers = self.is_pupil and self.kin and other.kin and not self.kin & other.kin
        mail = not self.is_pupil and self.email and other.email and self.email != other.email
        return bool(numbers or strangers or mail)

    def is_sure(self, other, signs):
        if "number" in signs and signs & BESIDE_A_NUMBER:
            return True
        sure = [*SURE, *([] if self.is_pupil else [SURE_OF_GROWN])]
        return any(needed <= signs for needed in sure) and not self.at_odds(other)

    def is_doubted(self, signs, *, still_here):
        if self.is_pupil and still_here and not signs & BESIDE_A_NAME:
            return False
        return any(needed <= signs for needed in (DOUBTED_PUPILS if self.is_pupil else DOUBTED_GROWN))


def words(*names):
    text = unicodedata.normalize("NFC", " ".join(name or "" for name in names)).casefold()
    return WORD.findall("".join(letter for letter in text if unicodedata.category(letter) != "Cf"))


def plain_email(email):
    return (email or "").strip().lower()


def last_digits(phone):
    digits = NOT_DIGITS.sub("", phone or "")
    return digits[-8:] if len(digits) >= 8 else ""


def face(given, family, email, phone, born_on, is_pupil, **more):
    first, last = words(given), words(family)
    return Face(
        name=frozenset(first + last),
        given=frozenset(first),
        short=((first or [""])[0], (last or [""])[-1]),
        email=plain_email(email),
        phone=last_digits(phone),
        born_on=born_on,
        is_pupil=is_pupil,
        **more,
    )


class Faces(dict):
    """{id: Face} of those who are here, each made when it is first asked for."""

    def __init__(self, rows, pupils):
        super().__init__()
        self.rows, self.pupils = rows, pupils

    def __missing__(self, pk):
        source, key, given, family, email, phone, born_on, _active = self.rows[pk]
        self[pk] = face(given, family, email, phone, born_on, pk in self.pupils, pk=pk, source=source, key=key)
        return self[pk]
