"""What a message says, in words that do not yet know how they will travel."""

from dataclasses import dataclass
from typing import NamedTuple

from icalendar import Calendar


class Button(NamedTuple):
    """Leads to the page where one tap saves. `url` is absolute."""

    label: str
    url: str


@dataclass(frozen=True)
class Letter:
    """One message to one person, in that person's language.

    The subject is the question or the news. `lines` are paragraphs, `facts` pairs of label and value, `sms` the whole
    text message with its link (built from the subject and the first button when empty or too long), `calendar` what
    `calendars.event` returns, `attachments` triples of file name, bytes and media type, `mute` the page where
    one press ends the reminders of this matter, without signing in: an empty POST there does too. `mute_words` is what is
    pressed, where it is not reminders that end. `kept_as` is all that the portal keeps of it, where the rest names
    somebody who may be protected one day: that stands behind the button, as it may be read then.
    """

    subject: str
    lines: list[str]
    facts: tuple[tuple[str, str], ...] = ()
    buttons: tuple[Button, ...] = ()
    preheader: str = ""
    sms: str = ""
    calendar: Calendar | None = None
    sender: str = ""
    attachments: tuple[tuple[str, bytes, str], ...] = ()
    mute: str = ""
    mute_words: str = ""
    kept_as: str = ""
