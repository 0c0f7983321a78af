"""What people type or send in, as the portal keeps it: visible letters, composed, with one kind of line end.

Invisible characters are how a text passes itself off as another or hides something, and private-use ones mean whatever
a program likes. So they are removed where text comes in: at every field of every form and model (`portal.text.forms`
and `portal.text.models` stand in for Django's), and by the readers of imported files. The two joiners stay, since some
languages are spelt with them and emoji are put together by them.
"""

import re
import unicodedata
from functools import lru_cache

from django.utils.encoding import punycode
from django.utils.text import slugify

LINE_END = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
BREAK = re.compile(r"\s*\n\s*")
BULLET = re.compile("^([ \t]*)[\uf000-\uf0ff]", re.MULTILINE)  # as Word writes it, from a symbol font
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"  # zero-width, or changing the direction
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # surrogates and private use
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"  # noncharacters, and tags
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff]"
)
LATIN = "[%s -~\u00a1-\u00ac\u00ae-\u024f]*"  # printable and composed: most texts, and nothing to do
LATIN_LINE, LATIN_LINES = re.compile(LATIN % ""), re.compile(LATIN % "\n")
NORDIC = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"})


known_punycode = lru_cache(maxsize=1000)(punycode)  # of a domain: families share a few


def clean(text):
    """Without invisible characters. Lines stay, and every kind of line end becomes one."""
    if LATIN_LINES.fullmatch(text):
        return text
    text = BULLET.sub(r"\1•", LINE_END.sub("\n", text))
    return _seen(text.replace("\t", "  "))


def one_line(text):
    if LATIN_LINE.fullmatch(text):
        return text
    return _seen(BREAK.sub(" ", LINE_END.sub("\n", text)))


def _seen(text):
    return unicodedata.normalize("NFC", UNSEEN.sub("", CONTROL.sub(" ", text)))


def slug(text):
    """For an address or a file name. Nordic letters are written out, not dropped."""
    return slugify(text.casefold().translate(NORDIC))
