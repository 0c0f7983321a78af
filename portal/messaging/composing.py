"""From letters to what travels: an e-mail with its plain-text twin, a text message, a line in the portal."""

from collections import Counter

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from portal.messaging.calendars import file_name, host, method_of, sent_to, uids_of, without_place
from portal.messaging.email import Mail, address, in_header
from portal.messaging.frames import bodies
from portal.messaging.letters import Button, Letter
from portal.messaging.sms import LONGEST
from portal.text import clean, one_line

TITLE, BUTTONS, NAMED = 250, 3, 3


def neutral(letter):
    """The same message without school, place or time, in case somebody else reads it."""
    button = [Button(_("Read the message"), letter.buttons[0].url)] if letter.buttons else []
    return Letter(
        subject=_("You have a message in Skolebro"),
        lines=[_("Open the message to read it. For your safety, nothing more is written here.")],
        buttons=button,
        calendar=without_place(letter.calendar) if letter.calendar else None,
        mute=letter.mute,
        mute_words=letter.mute_words,
    )


def key_of(head):
    """Made from the first notice, so every retry of a message has the same key."""
    return f"notice-{head.notice_id}-{head.channel}"


def mail_of(letters, person, *, key, school, preferences_url):
    context = {
        **(_single(letters[0]) if len(letters) == 1 else _several(letters)),
        "footer": [_("This message is for you. Please do not forward it: some of its links open without signing in.")],
        "links": [*_mutes(letters), (_("Choose your messages"), preferences_url)],
        "school": school,
        "language": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
    }
    text, html = bodies(context)
    return Mail(
        subject=in_header(context["subject"]),
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address(person.full_name, person.email)],
        headers={
            "Message-ID": f"<{key}@{host()}>",
            **_unsubscribe(letters, preferences_url),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        },
        alternatives=[(html, "text/html")],
        attachments=_attachments(letters, person),
    )


def _mutes(letters):
    if len(letters) == 1:
        words = letters[0].mute_words or _("No more reminders about this")
        return [(words, letters[0].mute)] if letters[0].mute else []
    muted = {letter.mute: letter for letter in letters if letter.mute}
    return [(_mute_among(letter), url) for url, letter in muted.items()]


def _mute_among(letter):
    return letter.mute_words or _("No more reminders: %(title)s") % {"title": _title(letter)}


def _unsubscribe(letters, preferences_url):
    """A mail about one matter is ended with one press in the mail program (RFC 8058): it posts, and opens no page. Of
    several matters one chooses on a page."""
    muted = {letter.mute for letter in letters}
    if len(muted) == 1 and "" not in muted:
        return {"List-Unsubscribe": f"<{muted.pop()}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {"List-Unsubscribe": f"<{preferences_url}>"}


def _single(letter):
    return {
        "subject": _title(letter),
        "heading": _title(letter),
        "preheader": letter.preheader,
        "paragraphs": letter.lines,
        "facts": letter.facts,
        "buttons": letter.buttons[:BUTTONS],
        "closing": letter.sender.splitlines(),
    }


def _several(letters):
    heading, matters = _heading(letters), list(dict.fromkeys(map(_title, letters)))
    named = "; ".join(matters[:NAMED])
    if len(matters) > NAMED:
        named = _("%(matters)s, and %(count)s more") % {"matters": named, "count": len(matters) - NAMED}
    return {
        "subject": f"{heading}: {named}",
        "heading": heading,
        "preheader": " · ".join(matters),
        "parts": letters,
    }


def _heading(letters):
    count = len(letters)
    return ngettext("%(count)s message for you", "%(count)s messages for you", count) % {"count": count}


def _title(letter):
    return " ".join(one_line(str(letter.subject)).split())


def _attachments(letters, person):
    """One calendar file per thing, in its latest state, each under a name of its own; then the letters' own
    attachments."""
    calendars = {uids_of(letter.calendar): letter.calendar for letter in letters if letter.calendar}
    names = Counter()
    files = []
    for calendar in calendars.values():
        name = file_name(calendar)
        names[name] += 1
        if names[name] > 1:
            name = f"{name.removesuffix('.ics')}-{names[name]}.ics"
        content = sent_to(calendar, person).to_ical().decode()
        files.append((name, content, f'text/calendar; method={method_of(calendar)}; name="{name}"'))
    return files + [attachment for letter in letters for attachment in letter.attachments]


def sms_of(letters, *, is_protected):
    """The whole text message: never more than 160 characters, and the link is never what gets cut."""
    if len(letters) > 1:
        return f"{_heading(letters)}: {settings.SITE_URL}{reverse('messaging:message_list')}"
    letter = letters[0]
    url = letter.buttons[0].url if letter.buttons else ""
    if not is_protected and 0 < len(letter.sms) <= LONGEST:
        return letter.sms
    room = LONGEST - len(url) - bool(url)
    title = _title(letter)
    text = title if len(title) <= room else f"{title[: max(room - 1, 0)]}…"
    return f"{text} {url}".strip()


def line_of(letter):
    facts = [f"{label}: {value}" if label else str(value) for label, value in letter.facts]
    button = letter.buttons[0] if letter.buttons else Button("", "")
    words = [] if letter.kept_as else [*map(str, letter.lines), *facts]
    return {
        "title": (letter.kept_as or _title(letter))[:TITLE],
        "text": clean("\n\n".join(words)),
        "link": button.url,
        "link_label": one_line(str(button.label))[:120],
    }
