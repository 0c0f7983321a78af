"""Values as people and systems write them: text, dates, national numbers, addresses, grades, school years."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from datetime import timezone as zones
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from stdnum.dk import cpr

from portal.rosters.words import NO, YES
from portal.text import LATIN_LINE, known_punycode, one_line

YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(.*)$", re.ASCII | re.DOTALL)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$", re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(.*)$", re.ASCII | re.DOTALL)
AFTER = re.compile(
    r"(?:(?:T| +)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)? ?(?:[AaPp][Mm])?)?"
    r" ?(?:(Z|UTC)|([+-])(\d{2}):?(\d{2}))?$",
    re.ASCII,
)
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"), "-")
LEADING_GRADE = re.compile(r"\s*(\d{1,2})(?!\d)")
SIMPLE_EMAIL = re.compile(
    r"[a-z0-9]+(?:[._+-][a-z0-9]+)*@(?:[a-z0-9]{1,63}\.)+[a-z]{2,63}"
)  # what most are: nothing to ask
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+$")
NAMED_EMAIL = re.compile(r"[^<>@]*<\s*([^<>\s]+)\s*>$")
PHONE = re.compile(r"[+(]*\d[\d ().-]*$", re.ASCII)
NOT_DIGITS = re.compile(r"[^0-9]+")
A_NUMBER = re.compile(r"\d+\.\d*$", re.ASCII)  # a phone number after a spreadsheet: 4799900111.0

SCIENTIFIC = re.compile(r"\d+[.,]?\d*E[+-]?\d+$", re.ASCII | re.IGNORECASE)
MADE_A_DAY = re.compile(
    r"\d{1,2}[. -]+(jan|feb|mar|apr|ma[ijy]|jun|jul|aug|sep|o[ck]t|nov|de[sc])[a-z]*\.?([ -]\d{2,4})?$"
    r"|\d{1,2}\.\d{1,2}\.\d{2,4}$|\d{4}-\d{2}-\d{2}|#",
    re.ASCII | re.IGNORECASE,
)

JOINERS = "\u200c\u200d"  # part of the spelling in some languages, noise in others
BLANK = set("\u180b\u180c\u180d\u2800") | set(
    map(chr, range(0xFE00, 0xFE10))
)  # invisible; never part of a name or a key
UNMAPPED = re.compile("[\x80-\x84\x86-\x9f]")  # letters decoded with the wrong table
# UTF-8 read as Windows-1252, where one letter became two; LOST: what may be left in place of a letter
TWO_FOR_ONE = re.compile(
    "[\u00c2-\u00c6\u00ce-\u00d1\u00d8-\u00da]"
    "[\u00a0-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
    "|[\u00c2\u00c3](?=\\s|$)|\ufffd"
)
LOST = re.compile(r"[¿¡?µ{}\[\]|\\#†‡‹›‚„\u0152]|&#?\w+;|[%=][0-9A-F]{2}")
SOUND_NAME = re.compile("[A-Za-zÆØÅÄÖÉæøåäöéèü .'-]*")
NOT_LETTERS = {"So", "Sc", "Sm", "Sk", "No"}

NO_DAY = 9000  # dates from this year on mean "no date"
LONGEST_KEY = 100
LONGEST_PHONE = 32
WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))


def cell(text):
    """The text of a cell: normalised, on one line, with plain spaces and nothing invisible."""
    if text.isascii() and text.isprintable():
        return text.strip()
    seen = "".join(letter for letter in one_line(UNMAPPED.sub("\ufffd", text)) if letter not in BLANK)
    return " ".join(seen.split()).strip(JOINERS)


def cells(texts):
    """The same for the cells of a row, nearly all of which are plain in nearly every row."""
    together = "".join(texts)
    plain = together.isprintable() if together.isascii() else LATIN_LINE.fullmatch(together) and "  " not in together
    return [text.strip() for text in texts] if plain else [cell(text) for text in texts]


def damaged(text):
    """Whether letters were lost between encodings."""
    return not text.isascii() and TWO_FOR_ONE.search(text) is not None


def damaged_name(text):
    """The same for a person's name, where symbols give the damage away too."""
    if SOUND_NAME.fullmatch(text):
        return False
    if LOST.search(text) or damaged(text):
        return True
    return not text.isascii() and any(unicodedata.category(sign) in NOT_LETTERS and sign != "\u00b4" for sign in text)


class NotADate(ValueError):
    pass


class Ambiguous(NotADate):
    pass


class Dates:
    """Reads the dates of one column. `day_first` is what its other dates have shown, or None."""

    def __init__(self, texts=()):
        firsts = seconds = 0
        for text in texts:
            found = YEAR_LAST.match(text) if text else None
            if found:
                firsts += int(found[1]) > 12
                seconds += int(found[3]) > 12
        self.day_first = None if bool(firsts) == bool(seconds) else bool(firsts)
        self._read = {}

    def read(self, text):
        """None for an empty text. Raises NotADate, or Ambiguous when it can be read as two dates."""
        if not text:
            return None
        known = self._read.get(text)
        if known is None:
            try:
                known = self._read[text] = self._parse(text.translate(DASHES))
            except (ValueError, OverflowError) as wrong:
                kind = Ambiguous if isinstance(wrong, Ambiguous) else NotADate
                raise kind(text) from None
        return known

    def _parse(self, text):
        found = COMPACT.match(text)
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        found = YEAR_FIRST.match(text)
        if found:
            return _local(date(int(found[1]), int(found[3]), int(found[4])), found[5])
        found = YEAR_LAST.match(text)
        if not found:
            raise NotADate(text)
        return _local(self._year_last(int(found[1]), int(found[3]), int(found[4]), found[2]), found[5])

    def _year_last(self, first, second, year, mark):
        if mark == "." or first == second or first > 12:
            return date(year, second, first)
        if second > 12:
            return date(year, first, second)
        if self.day_first is None:
            raise Ambiguous
        return date(year, second, first) if self.day_first else date(year, first, second)


def _local(day, after):
    """The day here: midnight in UTC or in a distant system's zone may be the evening before or the day after."""
    found = AFTER.match(after)
    if not found:
        raise NotADate
    hour, minute, _second, zulu, sign, hours, minutes = found.groups()
    ahead = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    moment = datetime(day.year, day.month, day.day, int(hour or 0), int(minute or 0), tzinfo=zones(ahead))
    if hour is None or not (zulu or sign) or day.year >= NO_DAY:
        return day
    return moment.astimezone(timezone.get_default_timezone()).date()


def flag(text):
    word = text.casefold()
    return True if word in YES else False if word in NO else None


def national_number(text):
    """The digits of a Norwegian or Danish number (D-numbers and synthetic ones too), else an empty string."""
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) == 11 and digits.isascii() and digits.isdigit() and _norwegian(digits):
        return digits
    if len(digits) == 10 and digits.isascii() and digits.isdigit() and cpr.is_valid(digits):
        return "" if _norwegian(f"0{digits}") else digits  # a spreadsheet may have dropped the leading zero
    return ""


def _norwegian(digits):
    numbers = [int(digit) for digit in digits]
    day, month = int(digits[:2]) % 40, int(digits[2:4]) % 40
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return False
    for weights, control in zip(WEIGHTS, numbers[9:], strict=True):
        left = -sum(weight * number for weight, number in zip(weights, numbers, strict=False)) % 11
        if left != control:
            return False
    return True


def email(text):
    """The one address in the text, in lower case, if it can be written to, else an empty string."""
    if len(text) <= 254 and SIMPLE_EMAIL.fullmatch(text):
        return text
    named = NAMED_EMAIL.match(text)
    text = (named[1] if named else text).removeprefix("mailto:").rstrip(";,").lower()
    if len(text) > 254 or not text.isprintable() or not EMAIL.match(text):
        return ""
    try:
        validate_email(text)
        known_punycode(text.rpartition("@")[2])
    except (ValidationError, UnicodeError):
        return ""
    return text


@lru_cache(16)  # of one row it is asked several times
def phone(text):
    """As written if it can be called, else an empty string: 4.7E+9 is what a spreadsheet leaves."""
    text = " ".join(text.translate(DASHES).lstrip("'").split())
    if len(text) > LONGEST_PHONE or not PHONE.match(text) or A_NUMBER.match(text):
        return ""
    digits = NOT_DIGITS.sub("", text)
    most = 17 if digits.startswith("00") else 15 if "+" in text else 12
    return text if 5 <= len(digits) <= most and len(set(digits)) > 1 else ""


def better_phone(*texts):
    return next(filter(phone, texts), "") or next(filter(None, texts), "")


def grades(texts, name=""):
    """Grades 0 to 13 from the codes, or else from the digits that the class name begins with."""
    found = sorted({int(text) for text in texts if text.isascii() and text.isdigit() and int(text) <= 13})
    if not found and (leading := LEADING_GRADE.match(name)) and int(leading[1]) <= 13:
        found = [int(leading[1])]
    return tuple(found)


def year_start(day):
    """1 August of the school year of `day`; July belongs to the coming year."""
    return date(day.year if day.month >= 7 else day.year - 1, 8, 1)


def year_end(starts_on):
    return date(starts_on.year + 1, 7, 31)
