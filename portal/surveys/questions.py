"""What a room asks in a survey, in the words of its code. A survey keeps them in every language of the portal, so that a
question stays as it was asked."""

from dataclasses import dataclass
from datetime import time

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from portal.speech import clock


class Kind(TextChoices):
    ONE = "one", _("One answer")
    SEVERAL = "several", _("Several answers")
    BAND = "band", _("A number, in ranges")
    TIME = "time", _("A time of day")


@dataclass(frozen=True)
class Option:
    """`card` is how children read it: "%(n)s of %(all)s empty the dishwasher"; without it they do not."""

    text: object
    card: object = ""


@dataclass(frozen=True)
class Ask:
    text: object
    options: tuple[Option, ...]
    kind: str = Kind.ONE


def several(text, *options):
    return Ask(text, tuple(options), Kind.SEVERAL)


def band(text, *options):
    return Ask(text, tuple(map(Option, options)), Kind.BAND)


def at_what_time(text, first: time, last: time, *others):
    """Half hours from `first` to `last`, and then what is no time."""
    halves = range(first.hour * 2 + first.minute // 30, last.hour * 2 + last.minute // 30 + 1)
    times = [Clock(time(half // 2, 30 * (half % 2))) for half in halves]
    return Ask(text, tuple(map(Option, (*times, *others))), Kind.TIME)


@dataclass(frozen=True)
class Clock:
    """A time as each language writes it."""

    at: time

    def __str__(self):
        return clock(self.at)


def in_every_language(text):
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            said[language] = str(text)
    return said


def in_this_language(said):
    return said.get(get_language()) or said.get(settings.LANGUAGE_CODE, "")
