"""Numbers as people type them: "1.000" is a thousand in every language, and what could mean two things is refused.

A point, a comma or a space before exactly three digits groups. A point or comma before one or two digits at the end is
a decimal, in amounts of money alone. Nothing is guessed, rounded or cut off: what fits neither is refused in words.
"""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

ORE = 100  # one krone
MOST_DIGITS = 7  # in kroner; the database's integer holds it in øre
SPACES = " \u00a0\u2007\u2009\u202f"  # including those that spreadsheets and phones group with
GROUPED = rf"[1-9][0-9]{{0,2}}(?:(?P<group>[.,])[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*|(?:[{SPACES}][0-9]{{3}})+)"
WHOLE = re.compile(rf"{GROUPED}|[0-9]+")
KRONER = re.compile(rf"(?P<whole>{GROUPED}|[0-9]+)(?:(?!(?P=group))[.,](?P<ore>[0-9]{{1,2}}))?")
CURRENCY = r"(?:kroner|krone|kr\.?|nok|dkk)"
AMOUNT = re.compile(
    rf"(?:{CURRENCY}[{SPACES}]*)?(.*?)(?:[.,][-–—])?(?:[{SPACES}]*{CURRENCY})?", re.IGNORECASE | re.ASCII | re.DOTALL
)
COMMA = {"nb", "nn", "da"}


def whole_number(typed):
    """ValueError for anything that is no whole number, or could be read as another one."""
    found = WHOLE.fullmatch(typed.strip())
    if not found:
        raise ValueError(typed)
    return _digits(found[0])


def ore(typed):
    """In øre. ValueError for anything that could be another amount."""
    found = KRONER.fullmatch(AMOUNT.fullmatch(typed.strip())[1])
    if not found:
        raise ValueError(typed)
    return _digits(found["whole"]) * ORE + int((found["ore"] or "").ljust(2, "0"))


def _digits(text):
    digits = re.sub("[^0-9]", "", text)
    if len(digits) > MOST_DIGITS:
        raise ValueError(text)
    return int(digits)


class WholeNumberField(forms.IntegerField):
    default_error_messages = {
        "invalid": _("Write a whole number with digits, for example 25."),
        "max_value": _("Write %(limit_value)s at most."),
        "min_value": _("Write %(limit_value)s at least."),
    }

    def to_python(self, value):
        return _read(self, value, whole_number)


class MoneyField(forms.IntegerField):
    """Kroner on the page, whole øre in Python."""

    default_error_messages = {
        "invalid": _("Write the amount with digits, for example 1000."),
        "max_value": _("The amount is too high."),  # the limits are in øre
        "min_value": _("The amount is too low."),
    }

    def __init__(self, **kwargs):
        widget = forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "class": "sb-short", "data-affix": _("kroner")}
        )
        super().__init__(**kwargs | {"widget": widget})

    def to_python(self, value):
        return _read(self, value, ore)

    def prepare_value(self, value):
        if not isinstance(value, int):
            return value
        kroner, rest = divmod(value, ORE)
        return f"{kroner}{',' if get_language() in COMMA else '.'}{rest:02d}" if rest else kroner


def _read(field, value, reader):
    if value in field.empty_values or not str(value).strip():
        return None
    try:
        return reader(str(value))
    except ValueError:
        raise ValidationError(field.error_messages["invalid"], code="invalid") from None
