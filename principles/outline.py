"""From a text to sections and clauses without losing a word: broken lines joined, page furniture named, not hidden."""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from principles.headings import (
    ADOPTED,
    ELSEWHERE,
    PAGE_FURNITURE,
    SIGNED,
    UPDATED,
    clean_lines,
    date_in,
    heading_kind,
    language_spoken,
    plain,
    words_of,
)

SIGNS = "•·▪▫◦●○■□◆◇‣⁃∙➢➤➔✓✔✗★→*+"
BULLET = re.compile(rf"^(?P<indent>\s*)(?P<sign>[{re.escape(SIGNS)}\uf000-\uf0ff]|o(?=[\t ]{{2,}}|\t))\s*(?P<text>.*)$")
DASH = re.compile(r"^(?P<indent>\s*)(?P<sign>[-–—])\s+(?P<text>.*)$")
NUMBER = re.compile(r"^(?P<indent>\s*)(?P<sign>\(?(?:\d{1,2}|[a-zæøå])[.)])\s+(?P<text>\S.*)$")
INLINE_BULLET = re.compile(rf"^(?P<head>[^{re.escape(SIGNS)}\uf000-\uf0ff]{{2,}})(?P<rest>[•▪●\uf000-\uf0ff].*)$")
INLINE_COLON = re.compile(r"^(?P<head>[^:]{2,60}):\s+(?P<rest>\S.*)$")
ENDS, CLOSES = tuple(".!?:;…"), "\"”»')]"
SUSPENDED = re.compile(r"^(?:og|eller|and|or|samt|men)\b", re.IGNORECASE)
SIGNATURE_WORDS = 5
TITLE_LONGEST = 200
SUB_INDENT = 2
LONGEST_WORD = 80  # what is cut at the end of a line is a word of this length or less
MOST_WARNINGS, MOST_WORDS = 100, 200


@dataclass
class SectionRead:
    """`lead` stands above the clauses, `closing` below them, both without a number."""

    kind: str
    heading: str
    clauses: list[str] = field(default_factory=list)
    lead: str = ""
    closing: str = ""


@dataclass
class Outline:
    title: str = ""
    language: str = ""
    introduction: str = ""
    sections: list[SectionRead] = field(default_factory=list)
    updated_on: date | None = None
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def as_dict(self):
        return asdict(self) | {"updated_on": self.updated_on and self.updated_on.isoformat()}

    @classmethod
    def of(cls, kept):
        day = kept["updated_on"] and date.fromisoformat(kept["updated_on"])
        return cls(**kept | {"updated_on": day, "sections": [SectionRead(**section) for section in kept["sections"]]})

    def as_text(self):
        """Plain text, for people to correct by hand, that reads back into the same outline."""
        blocks = [self.title, self.introduction]
        for section in self.sections:
            clauses = "\n".join("• " + clause.replace("\n", "\n    ") for clause in section.clauses)
            blocks += [f"{section.heading}:", section.lead, clauses, section.closing]
        return "\n\n".join(block for block in [*blocks, *self.notes] if block) + "\n"


@dataclass
class _Item:
    """Kept in pieces: a growing string would be copied for every line."""

    pieces: list[str]
    bulleted: bool
    indent: int = 0
    sign: str = ""
    open: bool = True

    @property
    def text(self):
        return "".join(self.pieces)

    @property
    def ends(self):
        return self.pieces[-1].rstrip(CLOSES).endswith(ENDS)


@dataclass
class _Section:
    kind: str
    heading: str
    items: list[_Item] = field(default_factory=list)


def read_outline(text: str, name: str = "") -> Outline:
    return _Reader(text, name).read()


class _Reader:
    def __init__(self, text, name):
        self.lines = clean_lines(text)
        self.whole = "\n".join(self.lines)
        self.known = set(re.findall(r"\w+", self.whole.casefold()))
        self.pairs = set(re.findall(r"\b(?=(\w++-\w++))", self.whole.casefold()))
        self.outline = Outline()
        self.name = name
        self.sections: list[_Section] = []
        self.first: dict[str, _Section] = {}  # by its heading
        self.introduction: list[_Item] = []
        self.marks = Counter()  # list numbers: they are the order of the clauses, not words of the text
        self.joined = Counter()
        self.plain_title = ""
        self.blank = True
        self.at = 0

    def read(self):
        self._title()
        self.plain_title = plain(self.outline.title)
        while self.at < len(self.lines):
            self._line()
        self._finish()
        return self.outline

    def _title(self):
        self._peek()
        line = self.lines[self.at] if self.at < len(self.lines) else ""
        title = line.strip().lstrip("#").strip()
        if not title or self._heading_at(self.at) or len(title) > TITLE_LONGEST or self._bullet(line):
            self.outline.title = self.name
            self.outline.warnings.append(_("The text has no title. Write one before you save."))
            return
        self.at += 1
        following = self.lines[self.at].strip() if self.at < len(self.lines) else ""
        if following[:1].islower() and not self._bullet(following) and len(title + following) < TITLE_LONGEST:
            title = "".join(self._joined(title, following))
            self.at += 1
        self.outline.title = " ".join(title.split())

    def _line(self):
        line = self.lines[self.at]
        text = line.strip()
        if not text:
            self.blank = True
            self.at += 1
        elif self._furniture(text) or self._dates(text) or self._open_section() or self._item(line):
            self.blank = False
        else:
            self._go_on(text)
            self.blank = False
            self.at += 1

    def _furniture(self, text):
        if ELSEWHERE.match(text):
            end = next((n for n in range(self.at + 1, len(self.lines)) if self._heading_at(n)), len(self.lines))
            self._leave_out(" ".join(line.strip() for line in self.lines[self.at : end] if line.strip()))
            self.at = end
            return True
        repeated = self.blank and bool(self.plain_title) and plain(text) == self.plain_title
        if repeated or PAGE_FURNITURE.match(text):
            self._leave_out(text)
            self.at += 1
            return True
        return False

    def _leave_out(self, text):
        self.outline.left_out.append(text)
        self.outline.warnings.append(
            _("Left out, because it belongs to the page around the text: %(text)s") % {"text": text}
        )

    def _dates(self, text):
        if not UPDATED.match(text):
            if self.blank and ADOPTED.match(text) and len(text.split()) <= 3 * SIGNATURE_WORDS:
                self.outline.notes.append(text)
                self.outline.updated_on = self.outline.updated_on or date_in(text)
                self.at += 1
                return True
            return False
        words, found = [text], date_in(text)
        self.at += 1
        while not found and (following := self._peek()) and len(words) < 3 and not self._heading_at(self.at):
            words.append(self._take(following))
            found = date_in(" ".join(words))
        if (following := self._peek()) and (signed := SIGNED.match(following)):
            words.append(self._take(following))
            following = self._peek()
            nameless = not signed["name"] and following and not ELSEWHERE.match(following)
            if nameless and len(following.split()) <= SIGNATURE_WORDS:
                words.append(self._take(following))
        self.outline.notes.append(" ".join(words))
        self.outline.updated_on = found or self.outline.updated_on
        return True

    def _open_section(self):
        found = self._heading_at(self.at)
        if not found:
            return False
        kind, heading, rest, taken = found
        if self.sections and self.sections[-1].kind == kind and not self.sections[-1].items:
            return False  # "The school shall:" straight below "The school's responsibility" leads its list
        again = self.first.get(plain(heading))
        if again and again is self.sections[-1]:
            self._leave_out(heading)
        else:
            self.sections.append(_Section(kind, heading))
            self.first.setdefault(plain(heading), self.sections[-1])
        self.blank = True
        if not rest:
            self.at += taken
            return True
        self.at += taken - 1
        self.lines[self.at] = rest
        return self._item(rest) or self._start(rest, bulleted=False)

    def _heading_at(self, at):
        """(kind, heading, the rest of the line, number of lines it takes), or None."""
        line = self.lines[at].strip()
        if not line:
            return None
        before = at == 0 or not self.lines[at - 1].strip()
        following = self.lines[at + 1].strip() if at + 1 < len(self.lines) else ""
        if following and len(following.split()) <= SIGNATURE_WORDS:
            kind = heading_kind(f"{line} {following}", stands_alone=False)
            if kind and not heading_kind(line, stands_alone=True) and not heading_kind(following, stands_alone=False):
                return kind, _heading(f"{line} {following}"), "", 2
        if kind := heading_kind(line, stands_alone=before or line.startswith("#")):
            return kind, _heading(line), "", 1
        for pattern in (INLINE_BULLET, INLINE_COLON):
            inline = pattern.match(line)
            if inline and (kind := heading_kind(inline["head"].strip(), stands_alone=True)):
                return kind, _heading(inline["head"]), inline["rest"], 1
        return None

    def _item(self, line):
        found = self._bullet(line)
        if not found:
            return False
        indent, sign, text = found
        self.at += 1
        if not text:
            following = self._peek()
            text = self._take(following) if following else ""
        if sign[-1:] in ".)":
            self.marks.update(words_of(sign))
        last = self._items()[-1] if self._items() else None
        if last and last.bulleted and indent >= last.indent + SUB_INDENT:
            last.pieces.append(f"\n– {text}")
            last.open = True
            return True
        self._items().append(_Item([text], bulleted=True, indent=indent, sign=sign))
        return True

    def _bullet(self, line):
        if match := BULLET.match(line):
            return len(match["indent"].expandtabs(4)), match["sign"], match["text"].strip()
        match = DASH.match(line) or NUMBER.match(line)
        if not match or (match.re is NUMBER and len(line.split()) <= SIGNATURE_WORDS and date_in(line)):
            return None
        last = self._items()[-1] if self._items() else None
        begins = self.blank or last is None or not last.open or last.ends
        same = last is not None and last.bulleted and _family(last.sign) == _family(match["sign"])
        if match.re is NUMBER and same and not begins:
            same = _next(last.sign) == match["sign"]
        if not (begins or same):
            return None
        return len(match["indent"].expandtabs(4)), match["sign"], match["text"].strip()

    def _go_on(self, text):
        last = self._items()[-1] if self._items() else None
        unfinished = last is not None and not last.ends and (text[:1].islower() or text[:1] in "(,")
        if last is not None and (not self.blank or unfinished):
            last.pieces[-1:] = self._joined(last.pieces[-1], text)
        else:
            self._items().append(_Item([text], bulleted=False))

    def _start(self, text, *, bulleted):
        self._items().append(_Item([text], bulleted=bulleted))
        self.at += 1
        return True

    def _items(self):
        return self.sections[-1].items if self.sections else self.introduction

    def _peek(self):
        while self.at < len(self.lines) and not self.lines[self.at].strip():
            self.at += 1
        return self.lines[self.at].strip() if self.at < len(self.lines) else ""

    def _take(self, text):
        self.at += 1
        return text

    def _joined(self, above, below):
        """Two halves of a broken line, as pieces. A word hyphenated at the end of the line is made whole."""
        cut = re.search(r"\w+\Z", above[-LONGEST_WORD - 2 : -1]) if above.endswith("-") else None
        if not cut or len(cut[0]) > LONGEST_WORD or not below[:1].islower() or SUSPENDED.match(below):
            return above, f" {below}"
        first, second = cut[0], re.match(r"\w+", below)[0]
        hyphened = f"{first}-{second}".casefold() in self.pairs
        whole = f"{first}{second}".casefold() in self.known
        if hyphened and not whole:
            return above[: -len(first) - 1], f"{first}-{below}"
        self.joined.update(words_of(f"{first} {second}"))
        if not whole:
            self.outline.warnings.append(
                _("“%(first)s-” and “%(second)s” stood on two lines and were read as one word: %(word)s. Check it.")
                % {"first": first, "second": second, "word": first + second}
            )
        return above[: -len(first) - 1], f"{first}{below}"

    def _finish(self):
        outline = self.outline
        if not self.sections and self.introduction:
            self.sections = [_Section("purpose", _("Purpose"), self.introduction)]
            self.introduction = []
            outline.warnings.append(_("No known headings were found. All of the text is placed under one heading."))
        outline.introduction = "\n\n".join(item.text for item in self.introduction)
        outline.sections = [_sorted_out(section) for section in self.sections]
        outline.language = language_spoken(self.whole)
        if not outline.language:
            outline.warnings.append(_("The language could not be told from the text. Choose it before you save."))
        for section in outline.sections:
            if not (section.clauses or section.lead):
                outline.warnings.append(_("Nothing stands under “%(heading)s”.") % {"heading": section.heading})
        more = len(outline.warnings) - MOST_WARNINGS
        if more > 0:
            outline.warnings[MOST_WARNINGS:] = [ngettext("And %(n)s more.", "And %(n)s more.", more) % {"n": more}]
        self._account_for_every_word()

    def _account_for_every_word(self):
        """The reader checks itself: a word of the source that found no place is reported, never dropped silently."""
        outline = self.outline
        kept = [outline.title, outline.introduction, *outline.notes, *outline.left_out]
        for section in outline.sections:
            kept += [section.heading, section.lead, section.closing, *section.clauses]
        missing = words_of(self.whole) - words_of("\n".join(kept)) - self.marks - self.joined
        if missing:
            outline.warnings.append(
                _("These words found no place. Add them by hand: %(words)s")
                % {"words": " ".join(sorted(missing)[:MOST_WORDS])}
            )


def _heading(line):
    text = " ".join(line.strip().lstrip("#").split())
    return text.rstrip(":").strip()


def _family(sign):
    core = sign.strip("().")
    return "number" if core.isdigit() else "letter" if core.isalpha() else "dash" if sign in "-–—" else sign


def _next(sign):
    core = sign.strip("().")
    follows = str(int(core) + 1) if core.isdigit() else chr(ord(core) + 1)
    return sign.replace(core, follows)


def _sorted_out(section):
    """Paragraphs above the first list sign are the lead, those below the last the closing; without any sign all are
    clauses."""
    items = section.items
    signed = [place for place, item in enumerate(items) if item.bulleted]
    first, last = (signed[0], signed[-1]) if signed else (0, len(items) - 1)
    return SectionRead(
        kind=section.kind,
        heading=section.heading,
        lead="\n\n".join(item.text for item in items[:first]),
        clauses=[item.text for item in items[first : last + 1]],
        closing="\n\n".join(item.text for item in items[last + 1 :]),
    )
