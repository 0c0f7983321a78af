"""Values as people and systems write them: dates, national numbers, addresses, grades, school years."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from stdnum.dk import cpr

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T.*)?$")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: .*)?$")
LEADING_GRADE = re.compile(r"\s*(\d{1,2})(?!\d)")
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+$")

LONGEST_KEY = 100
WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))


class Ambiguous(ValueError):
    """A date that may be read in two ways."""


class Dates:
    """Reads the dates of one column. `day_first` is what the column's other dates have shown, or None."""

    def __init__(self, texts=()):
        firsts = seconds = 0
        for text in texts:
            found = SLASHED.match(text) if text else None
            if found:
                firsts += int(found[1]) > 12
                seconds += int(found[2]) > 12
        self.day_first = None if bool(firsts) == bool(seconds) else bool(firsts)
        self._read = {}

    def read(self, text):
        """The date, or None for an empty text. ValueError when it is not a date, Ambiguous when it may be two."""
        if not text:
            return None
        known = self._read.get(text)
        if known is None:
            known = self._read[text] = self._parse(text)
        return known

    def _parse(self, text):
        found = ISO.match(text) or COMPACT.match(text)
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
        found = SLASHED.match(text)
        if not found:
            raise ValueError(text)
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if "." in text or first == second or first > 12:
            return date(year, second, first)
        if second > 12:
            return date(year, first, second)
        if self.day_first is None:
            raise Ambiguous(text)
        return date(year, second, first) if self.day_first else date(year, first, second)


def national_number(text):
    """The digits of a Norwegian or Danish national number (also D-numbers and synthetic ones), else nothing."""
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) == 11 and digits.isascii() and digits.isdigit() and _norwegian(digits):
        return digits
    if len(digits) == 10 and digits.isascii() and digits.isdigit() and cpr.is_valid(digits):
        return digits
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
    """The address when it is one that a mail can be addressed to, else nothing."""
    if len(text) > 254 or not text.isprintable() or not EMAIL.match(text):
        return ""
    try:
        validate_email(text)
        punycode(text.rpartition("@")[2])
    except (ValidationError, UnicodeError):
        return ""
    return text


def phone(text):
    """The number as written when it has at least five digits, else nothing."""
    return text if len(text) <= 32 and text.isprintable() and sum(letter.isdigit() for letter in text) >= 5 else ""


def grades(texts, name=""):
    """Grades 0 to 13 from a list of codes, or else from the digits that a class's name begins with."""
    found = sorted({int(text) for text in texts if text.isascii() and text.isdigit() and int(text) <= 13})
    if not found and (leading := LEADING_GRADE.match(name)) and int(leading[1]) <= 13:
        found = [int(leading[1])]
    return tuple(found)


def year_start(day):
    """1 August of the school year that `day` falls in; what starts in July belongs to the year that comes."""
    return date(day.year if day.month >= 7 else day.year - 1, 8, 1)
