"""From lines to sections and points: broken lines joined, headings known by the layout and by their words."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from principles.headings import (
    ADOPTED,
    ADOPTION,
    BEHALF,
    SIGNED,
    TO_BE_FILLED_IN,
    UPDATED,
    date_in,
    newest_date,
    plain,
    words_of,
)
from principles.importing.furniture import NAMED
from principles.importing.layout import Layout
from principles.importing.signs import (
    BULLET,
    DASH,
    FIGURE,
    PLAIN_FIGURE,
    family,
    following,
    is_figure,
    is_ordinal,
)

ENDS, CLOSES = tuple(".!?:;…"), "\"”»')]"
SUSPENDED = re.compile(r"^(?:og|eller|and|or|samt|men)\b", re.IGNORECASE)
TO = re.compile(r"^(?:at|å|to)\s", re.IGNORECASE)
TO_AGAIN = re.compile(r"(?:[,;.]|\b(?:og|samt|and))$")
SIGNATURE_WORDS, ADOPTION_WORDS = 5, 28
TITLE_LONGEST = 200
SUB_INDENT, UNKNOWN = 2, 1000
LONGEST_WORD = 80  # what is cut at the end of a line is a word of this length or less


@dataclass
class Item:
    """Kept in pieces: a growing string would be copied for every line."""

    pieces: list[str]
    listed: bool
    indent: int = 0
    sign: str = ""
    to: bool = False

    @property
    def text(self):
        return "".join(self.pieces)

    @property
    def ends(self):
        return self.pieces[-1].rstrip(CLOSES).endswith(ENDS)


@dataclass
class Passage:
    kind: str
    heading: str
    level: int = 0
    items: list[Item] = field(default_factory=list)


class Reader:
    """Reads once from the first line to the last; what it finds stands in `title`, `introduction`, `parts`, `notes`."""

    def __init__(self, lines, warn, leave_out):
        self.lines, self.warn, self.leave_out = lines, warn, leave_out
        self.layout = Layout(lines)
        whole = "\n".join(line.text for line in lines).casefold()
        self.known = set(re.findall(r"\w+", whole))
        self.pairs = set(re.findall(r"\b(?=(\w++-\w++))", whole))
        self.title, self.notes, self.updated_on = "", [], None
        self.introduction: list[Item] = []
        self.parts: list[Passage] = []
        self.first: dict[str, Passage] = {}  # by its heading
        self.joined, self.cut = Counter(), []  # words made whole; those that stand nowhere else
        self.blank, self.at, self.signing = True, 0, False

    def read(self):
        self._title()
        self.plain_title = plain(self.title)
        while self.at < len(self.lines):
            self._line()
        return self

    def _title(self):
        at = self._peek()
        titled = next((n for n, line in enumerate(self.lines[:60]) if line.title and not line.blank), None)
        if titled is not None and titled != at and not any(self.lines[n].heading for n in range(at, titled)):
            for line in self.lines[at:titled]:
                if not line.blank:
                    self.leave_out(" ".join(line.text.split()))
            at = self.at = titled
        line = self.lines[at] if at < len(self.lines) else None
        title = " ".join(line.text.split()) if line else ""
        known = line is not None and not line.title and self.layout.heading_at(at, title=True)
        if not title or known or len(title) > TITLE_LONGEST or self._sign(line):
            self.warn(_("The text has no title. Write one before you save."))
            return
        self.at = at + 1
        below = self.lines[self.at] if self.at < len(self.lines) else None
        goes_on = below is not None and not below.blank and not below.starts and len(title + below.text) < TITLE_LONGEST
        if (
            goes_on
            and not self._sign(below)
            and (below.text.strip()[:1].islower() or (0 < below.size == line.size and below.heading))
        ):
            title = "".join(self._joined(title, below.text.strip()))
            self.at += 1
        self.title = " ".join(title.split())

    def _line(self):
        line = self.lines[self.at]
        if line.blank:
            self.blank = True
            self.at += 1
            return
        self.blank = self.blank or line.starts
        if not (self._repeated(line) or self._dates(line) or self._open_part() or self._item(line)):
            self._go_on(line)
            self.at += 1
        self.blank = False

    def _repeated(self, line):
        text = line.text.strip()
        if not (self.blank and self.plain_title and plain(text) == self.plain_title and not line.sign):
            return False
        self.leave_out(text)
        self.at += 1
        return True

    # when it was adopted and changed, and who signed

    def _dates(self, line):
        text = line.text.strip()
        if line.sign or line.heading:
            self.signing = False
            return False
        if UPDATED.match(text):
            return self._updated(text)
        words = len(text.split())
        adopted = ADOPTED.match(text) and words <= 3 * SIGNATURE_WORDS
        inside = words <= ADOPTION_WORDS and ADOPTION.match(text) and not text.endswith(":")
        if self.blank and (adopted or (inside and self._alone())):
            self._note(text)
            self.updated_on = self.updated_on or newest_date(text)
            return True
        placed = self.blank and words <= 7 and text[:1].isupper() and date_in(text) and re.search(r",|\bden\b", text)
        behalf = self.blank and words <= 10 and BEHALF.match(text)
        if placed or behalf or (words <= 10 and TO_BE_FILLED_IN.match(text)):
            self.signing = True
            self._note(text)
            return True
        is_short = words <= SIGNATURE_WORDS and not (words > 2 and text.endswith("."))
        if self.signing and is_short and not self._sign(line) and not self.layout.heading_at(self.at):
            self._note(text)
            return True
        self.signing = False
        return False

    def _alone(self):
        """A sentence of its own, and not the first of a paragraph."""
        below = self.at + 1
        return below >= len(self.lines) or self.lines[below].blank or self.lines[below].starts

    def _note(self, text):
        self.notes.append(text)
        self.at += 1

    def _updated(self, text):
        words, found = [text], newest_date(text)
        self.at += 1
        while not found and (below := self._next_text()) and len(words) < 3 and not self.layout.heading_at(self.at):
            words.append(self._take(below))
            found = date_in(" ".join(words))
        below = self._next_text()
        if signed := SIGNED.match(below):
            words.append(self._take(below))
            below = self._next_text()
            if not signed["name"] and below and len(below.split()) <= SIGNATURE_WORDS:
                words.append(self._take(below))
        self.notes.append(" ".join(words))
        self.updated_on = found or self.updated_on
        return True

    # headings

    def _open_part(self):
        found = self.layout.heading_at(self.at, opened=self.parts[-1] if self.parts else None)
        if not found:
            return False
        last = self.parts[-1] if self.parts else None
        said = self.lines[self.at].heading or self.lines[self.at].bold
        if last and last.kind == found.kind != "other" and not last.items and not said:
            return False  # "The school shall:" straight below "The school's responsibility" leads its list
        if not self.parts and not self.introduction and NAMED.search(found.heading) and not found.rest:
            return False  # whose text it is, below its title
        again = self.first.get(plain(found.heading))
        if again and again is last:
            self.leave_out(found.heading)
        else:
            self.parts.append(Passage(self._kind(found), found.heading, found.level))
            self.first.setdefault(plain(found.heading), self.parts[-1])
        self.blank = True
        self.at += found.lines
        if found.rest:
            self.at -= 1
            self.lines[self.at] = rest = type(self.lines[0])(found.rest, starts=True, indent=UNKNOWN)
            if not self._item(rest):
                self._items().append(Item([found.rest.strip()], listed=False))
                self.at += 1
        return True

    def _kind(self, found):
        """A heading of its own kind below that of a party speaks of the same party."""
        if found.kind != "other" or not found.level:
            return found.kind
        above = next((part for part in reversed(self.parts) if 0 < part.level < found.level), None)
        return above.kind if above and above.kind in ("school", "parents", "pupil", "management") else "other"

    # points and paragraphs

    def _item(self, line):
        found = self._sign(line)
        if not found:
            return self._to(line)
        indent, sign, text = found
        self.at += 1
        if not text:
            text = self._take(self._next_text()) if self._next_text() else ""
        last = self._items()[-1] if self._items() else None
        if last and last.listed and indent >= last.indent + SUB_INDENT and not is_figure(sign):
            last.pieces.append(f"\n– {text}")
            return True
        self._items().append(Item([text], listed=True, indent=indent, sign=sign))
        return True

    def _to(self, line):
        """Lines that each begin with "to", as "at indkalde," and "at svare" do, are points."""
        text, last = line.text.strip(), self._items()[-1] if self._items() else None
        if not TO.match(text):
            return False
        if not (self.blank or last is None) and not (last and last.to and TO_AGAIN.search(last.pieces[-1].rstrip())):
            return False
        below = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        again = below is not None and not below.blank and TO.match(below.text.strip()) and TO_AGAIN.search(text)
        if not again and not (last and last.to and not self.blank):
            return False
        self._items().append(Item([text], listed=True, to=True))
        self.at += 1
        return True

    def _sign(self, line):
        if line.sign:
            return line.indent, line.sign, line.text.strip()
        text = line.text
        if match := BULLET.match(text):
            return line.indent + len(match["indent"].expandtabs(4)), match["sign"], match["text"].strip()
        match = DASH.match(text) or FIGURE.match(text)
        if not match and line in self.layout.figured:
            match = PLAIN_FIGURE.match(text)
        if not match or is_ordinal(text) or (is_figure(match["sign"]) and len(text.split()) <= 5 and date_in(text)):
            return None
        last = self._items()[-1] if self._items() else None
        begins = self.blank or last is None or last.ends
        same = last is not None and last.listed and family(last.sign) == family(match["sign"])
        if is_figure(match["sign"]) and same and not begins:
            same = (
                following(last.sign) == match["sign"]
                or len(match["sign"].strip(".")) > 2
                or match["text"][:1].isupper()
            )
        if not (begins or same):
            return None
        return line.indent + len(match["indent"].expandtabs(4)), match["sign"], match["text"].strip()

    def _go_on(self, line):
        text = line.text.strip()
        last = self._items()[-1] if self._items() else None
        unfinished = last is not None and not line.starts and not last.ends and (text[:1].islower() or text[:1] in "(,")
        deliberate = last is not None and not last.listed and last.ends and self.layout.breaks_before(self.at)
        if last is not None and (unfinished or not (self.blank or deliberate)):
            last.pieces[-1:] = self._joined(last.pieces[-1], text)
        else:
            self._items().append(Item([text], listed=False))

    def _items(self):
        return self.parts[-1].items if self.parts else self.introduction

    def _peek(self):
        while self.at < len(self.lines) and self.lines[self.at].blank:
            self.at += 1
        return self.at

    def _next_text(self):
        at = self._peek()
        return self.lines[at].text.strip() if at < len(self.lines) else ""

    def _take(self, text):
        self.at += 1
        return text

    def _joined(self, above, below):
        """Two halves of a broken line, as pieces. A word hyphenated at the end of the line is made whole."""
        soft = above.endswith("\xad")
        if soft:
            above = above[:-1] + "-"
        cut = re.search(r"\w+\Z", above[-LONGEST_WORD - 2 : -1]) if above.endswith("-") else None
        if cut and below[:1].isdigit() and cut[0].isdigit():
            return above, below  # 2025-2026
        if not cut or len(cut[0]) > LONGEST_WORD or not below[:1].islower() or SUSPENDED.match(below):
            return above, f" {below}"
        first, second = cut[0], re.match(r"\w+", below)[0]
        hyphened = f"{first}-{second}".casefold() in self.pairs or self._needs_hyphen(first, above, below)
        whole = f"{first}{second}".casefold() in self.known
        if hyphened and not whole and not soft:
            return above[: -len(first) - 1], f"{first}-{below}"
        self.joined.update(words_of(f"{first} {second}"))
        if not whole and not soft:
            self.cut.append((first, second))
        return above[: -len(first) - 1], f"{first}{below}"

    @staticmethod
    def _needs_hyphen(first, above, below):
        """Letters that stand for words, and words that hold hyphens anyway, keep theirs."""
        return (
            (first.isupper() and len(first) > 1)
            or re.match(r"\w+-\w", below) is not None
            or (re.search(r"\w-\w+-\Z", above[-LONGEST_WORD:]) is not None)
        )
