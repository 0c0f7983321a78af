"""How dates, money, numbers, telephones, names, states and devices are said, on a page and in a letter."""

import datetime
import zoneinfo

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

NBSP = "\u00a0"

# Django's own formats have no weekday, and its nb and da write the clock otherwise than our schools do.
DAYS = {"nb": "l j.{}F", "nn": "l j.{}F", "da": r"l \d\e\n j.{}F", "en": "l j{}F"}
POINTS = {"nb": ".", "nn": ".", "da": "."}
AT = {"nb": " kl.\u00a0", "nn": " kl.\u00a0", "da": " kl.\u00a0", "en": " at "}
COMMA_LANGUAGES = ("en",)
YEAR_IS_SAID_AFTER = datetime.timedelta(days=183)

# A state in one word, with its icon and its colour.
STATUSES = {
    "draft": ("PencilWriting", _("Draft"), "neutral"),
    "open": ("CheckmarkCircle", _("Open"), "success"),
    "waiting": ("Hourglass", _("Waiting"), "warning"),
    "last_day": ("Clock", _("Last day"), "warning"),
    "under_goal": ("ExclamationmarkTriangle", _("Below the goal"), "warning"),
    "not_reached": ("ExclamationmarkTriangle", _("Not reached"), "warning"),
    "closed": ("PadlockLocked", _("Closed"), "neutral"),
    "cancelled": ("XMark", _("Cancelled"), "warning"),
    "done": ("CheckmarkCircle", _("Done"), "success"),
    "planned": ("Calendar", _("Planned"), "info"),
    "later": ("Clock", _("Not yet begun"), "neutral"),
    "hidden": ("ShieldLock", _("Hidden"), "neutral"),
    "protected": ("ShieldLock", _("Protected"), "neutral"),
    "under_way": ("ArrowCirclepath", _("Under way"), "info"),
    "yes": ("CheckmarkCircle", _("Yes"), "success"),
    "maybe": ("QuestionmarkCircle", _("Maybe"), "info"),
    "no": ("XMark", _("No"), "neutral"),
    "wait": ("Hourglass", _("On the waiting list"), "info"),
}


# --- dates and clocks ---


def _zone(owner):
    owner = getattr(owner, "time_zone", owner)
    if not owner:
        return timezone.get_current_timezone()
    return zoneinfo.ZoneInfo(owner) if isinstance(owner, str) else owner


def _local(value, owner=None):
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return value.astimezone(_zone(owner))
    return value


def _formatted(value, pattern):
    return formats.date_format(value, pattern.format(NBSP), use_l10n=False)


def _say_day(value):
    pattern = DAYS.get(get_language(), r"l j{}F")
    today = timezone.localdate()
    on = value.date() if isinstance(value, datetime.datetime) else value
    if abs(on - today) > YEAR_IS_SAID_AFTER:
        pattern += " Y"
    return _formatted(value, pattern)


def _say_clock(value):
    return f"{value.hour:02}{POINTS.get(get_language(), ':')}{value.minute:02}"


def _say_at():
    return AT.get(get_language(), ", ")


def when(value, owner=None):
    """'torsdag 12. november kl. 16.40', in the given school's zone."""
    if not value:
        return ""
    value = _local(value, owner)
    return f"{_say_day(value)}{_say_at()}{_say_clock(value)}"


def day(value, owner=None):
    """'torsdag 12. november'; with the year when it is more than half a year away."""
    return _say_day(_local(value, owner)) if value else ""


def clock(value, owner=None):
    return _say_clock(_local(value, owner)) if value not in (None, "") else ""


def day_short(value, owner=None):
    """'tor 12', where days of one month stand side by side."""
    return _formatted(_local(value, owner), "D j") if value else ""


def dated(value, owner=None):
    """'12. november 2026': without the weekday and always with the year, as in a decision."""
    return formats.date_format(_local(value, owner), "DATE_FORMAT") if value else ""


def dated_short(value, owner=None):
    """'12.11.2026'."""
    return formats.date_format(_local(value, owner), "SHORT_DATE_FORMAT") if value else ""


def month(value, owner=None):
    """'november 2026'."""
    return _formatted(_local(value, owner), "F Y") if value else ""


def month_short(value, owner=None):
    return _formatted(_local(value, owner), "M").rstrip(".").lower() if value else ""


def period(start, end=None, owner=None):
    """'lørdag 21. november kl. 16.00–18.30'; two full dates when it ends on another day."""
    if not end:
        return when(start, owner)
    first, last = _local(start, owner), _local(end, owner)
    if first.date() == last.date():
        return f"{when(first, owner)}–{_say_clock(last)}"
    return f"{when(first, owner)} – {when(last, owner)}"


def in_words(items):
    items = [str(item) for item in items]
    if len(items) < 2:
        return "".join(items)
    return _("%(some)s and %(last)s") % {"some": ", ".join(items[:-1]), "last": items[-1]}


def capital(value):
    text = str(value)
    return text[:1].upper() + text[1:]


# --- money, numbers, telephones ---


def _grouped(number):
    text = str(number)
    return text if len(text) < 5 else f"{int(text):,}".replace(",", NBSP)


def money(ore):
    """Whole øre as words: 100000 -> '1000 kroner', 9950 -> '99,50 kroner'."""
    if ore in (None, ""):
        return ""
    whole, rest = divmod(abs(int(ore)), 100)
    mark = "." if get_language() in COMMA_LANGUAGES else ","
    amount = _grouped(whole) + (f"{mark}{rest:02d}" if rest else "")
    sign = "−" if int(ore) < 0 else ""
    unit = "krone" if (whole, rest) == (1, 0) else "kroner"
    return f"{sign}{amount}{NBSP}{unit}"


def percent(value):
    """78 -> '78 %'; no space in English."""
    if value in (None, ""):
        return ""
    number = f"{value:.1f}" if isinstance(value, float) and not value.is_integer() else str(int(value))
    if get_language() in COMMA_LANGUAGES:
        return f"{number}%"
    return f"{number.replace('.', ',')}{NBSP}%"


def _paced(digits, prefix):
    if prefix == "+47" and digits[0] in "489":
        sizes = (3, 2, 3)
    elif len(digits) == 8:
        sizes = (2, 2, 2, 2)
    else:
        sizes = (3,) * (len(digits) // 3) + ((len(digits) % 3,) if len(digits) % 3 else ())
    parts, at = [], 0
    for size in sizes:
        parts.append(digits[at : at + size])
        at += size
    return NBSP.join(parts)


def phone(number):
    """In groups, from left to right even in right-to-left text: '+4761000000' -> '+47 61 00 00 00'."""
    if not number:
        return ""
    text = "".join(mark for mark in str(number) if mark.isdigit() or mark == "+")
    prefix = next((known for known in ("+47", "+45", "+46", "+48") if text.startswith(known)), "")
    digits = text[len(prefix) :]
    if not digits or digits.startswith("+"):
        return format_html("<bdi>{}</bdi>", number)
    country = prefix or ("+47" if len(digits) == 8 else "")
    spoken = f"{prefix}{NBSP}{_paced(digits, country)}" if prefix else _paced(digits, country)
    return format_html("<bdi>{}</bdi>", spoken)


def initials(name):
    words = [word for word in str(name or "").replace("-", " ").split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


# --- devices ---

# Whoever copies another's name stands before it: Edge says Chrome, and Chrome says Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "Chromebook",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def device(user_agent):
    """ "Chrome on Linux", from what a browser says of itself."""
    browser, system = (
        next((name for sign, name in known.items() if sign in user_agent), "") for known in (BROWSERS, SYSTEMS)
    )
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser that we do not know")
