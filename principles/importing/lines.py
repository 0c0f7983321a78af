"""What every kind of file becomes first: lines, each with what the document itself says of it."""

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

from portal.text import UNSEEN

PRIVATE = {"\uf001": "fi", "\uf002": "fl"}  # as some fonts number them
ALONE = re.compile(r"(?<=\w) ([ﬀﬃﬄ]) (?=\w)|(?<= )([ﬁﬂ]) (?=[a-zæøå])")  # written in another font than its word
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LONGEST_UNDERLINED = 100
MARK = re.compile(r"^(#{1,6})\s+(?P<text>\S.*)$")
STRONG = re.compile(
    r"(?<![\w*])\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*(?![\w*])|(?<![\w_])__(?=\S)([^_\n]+?)(?<=\S)__(?![\w_])"
)
SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,200}?)(?<=\S)\*(?![\w*])")
BOX = re.compile(r"^([ \t]*[-*+•] )\[[ xX]\] ", re.MULTILINE)
RULE = re.compile(r"^(?:={3,}|-{3,})$")  # below a heading
BOLD = re.compile(r"^(?:\*\*|__)(?P<text>[^*_]{1,200})(?:\*\*|__)\s*(?P<colon>:?)$")


@dataclass
class Line:
    """`heading` is a level that the document itself gives, `starts` a line that begins a paragraph without an empty one
    above it, `sign` what stands before a point of a list where that is no part of the text, `edge` that it stands above
    or below the text of its page."""

    text: str
    sign: str = ""
    indent: int = 0
    heading: int = 0
    bold: bool = False
    starts: bool = False
    size: float = 0
    page: int = 0
    title: bool = False
    edge: bool = False

    @property
    def blank(self):
        return not self.text.strip() and not self.sign


@dataclass
class Source:
    """`left_out` was in the file and not in the text: hidden words, what was struck, heads and feet of pages."""

    lines: list[Line]
    left_out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def from_text(text, *, marked=True):
    """`marked`: # and ** are how this text says what is a heading; they are no part of it."""
    lines, page = [], 0
    text = BOX.sub(r"\1", text) if marked else text
    for each in clean(text).split("\n"):
        page += each.count("\f")
        line = each.replace("\f", "").rstrip()
        lines.append(_marked(line, page) if marked else Line(line, page=page))
    return Source(_underlined(lines) if marked else lines)


def _underlined(lines):
    """A line of === or --- straight below a short one makes that a heading; the marks of slanted words are none of them
    where other marks are used."""
    marked = any(line.heading or line.bold for line in lines)
    for above, rule in pairwise([Line(""), *lines]):
        level = 0 if above.blank or len(above.text) > LONGEST_UNDERLINED else _level_of(rule.text)
        if level and not above.heading:
            above.heading, above.starts, above.bold, rule.text = level, True, False, ""
    for line in lines if marked else ():
        line.text = SLANTED.sub(r"\1", line.text)
    return lines


def _level_of(rule):
    return (1 if rule[0] == "=" else 2) if RULE.match(rule) else 0


def _marked(line, page):
    if found := MARK.match(line):
        return Line(_plain(found["text"].rstrip("# ")), heading=len(found[1]), starts=True, page=page)
    if found := BOLD.match(line.strip()):
        return Line(found["text"].strip() + found["colon"], bold=True, page=page)
    return Line(_plain(line), page=page)


def _plain(line):
    return STRONG.sub(lambda found: found[1] or found[2], line) if "**" in line or "__" in line else line


def clean(text):
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[\v\x85\u2028\u2029]", "\n", text).replace("\f", "\n\f")
    text = re.sub(r"\u00ad[ \t]*\n[ \t]*|\u00ad", "", text)
    text = re.sub(r"(?<=\w)[\uf001\uf002]|[\uf001\uf002](?=[a-zæøå])", lambda sign: PRIVATE[sign[0]], text)
    text = ALONE.sub(lambda sign: sign[1] or sign[2], text)
    text = re.sub("[ \t]?[\u2010\u2011]$", "-", text, flags=re.MULTILINE).replace("\u2010", "-").replace("\u2011", "-")
    text = UNSEEN.sub(lambda sign: sign[0] if "\uf000" <= sign[0] <= "\uf0ff" or sign[0] == "\f" else "", text)
    text = re.sub(r"[\xa0\u2007\u202f\u2000-\u200a]", " ", text).replace("\ufe0f", "")
    return re.sub("[ﬀ-ﬆ]", lambda sign: LIGATURES.get(sign[0], sign[0]), text)
