"""Which lines are headings: what the document says itself, words that are known, and how a line stands among others."""

import re
from dataclasses import dataclass
from itertools import pairwise

from principles.headings import date_in, heading_kind, kind_of
from principles.importing.furniture import ADDRESS
from principles.importing.signs import (
    BULLET,
    DASH,
    FIGURE,
    INLINE_BULLET,
    PLAIN_FIGURE,
    count_on,
    is_ordinal,
)

INLINE_COLON = re.compile(r"^(?P<head>[^:]{2,60}):\s+(?P<rest>\S.*)$")
INLINE_WIDE = re.compile(r"^(?P<head>\S(?:\S| (?! )){1,60})(?:\t| {3,})\s*(?P<rest>\S.*)$")
PARAGRAPH = re.compile(
    r"^(?:§+\s*\d{1,3}(?:[-.]\d{1,2})*\.?|(?:kapittel|kapitel|kap\.|chapter|del|part|afsnit|artikel|artikkel)\s+(?:\d{1,2}|[IVX]+)"
    r"\b[.:]?|(?-i:[IVX]{1,5}\.|[IVX]{2,5}))(?:\s+[-–:]?\s*(?P<text>\S.*))?$",
    re.IGNORECASE,
)
UNDER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.\d{1,2}[.)]?\s")
NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2})*)(?P<dot>[.):]?)\s+(?P<text>[A-ZÆØÅ].*)$")
SHORTEST, LONGEST_HEADING, LONGEST_READ = 3, 110, 400  # letters
MAY_BE_TITLE = ("other", "next_steps")  # "Follow-up of absence" may be what the whole text is about
COLONED, FEW_ASKED = 2, 3  # so many headings end in a colon; so many words ask, as in "How we work:"
INLINED, INLINE_WORDS = 3, 3  # so many paragraphs that each begin with so many words and a colon
MOST_ASKED, APART_WORDS = 14, 8  # of a heading that asks; of one between two empty lines
HEADING_WORDS, BOLD_WORDS, FREE_WORDS, BROKEN_WORDS, SENTENCE_WORDS = 9, 14, 6, 5, 6
MOST_BOLD = 0.5  # of the lines: where more is bold, bold says nothing
VERBS = {
    "er", "skal", "vil", "må", "kan", "har", "bør", "blir", "bliver", "får", "gjør", "gør", "gjer", "ikke", "ikkje", "is",
    "are", "has", "have", "shall", "will", "must", "should", "can", "not", "vi", "we", "jeg", "i", "mødes", "møtes", "møtast",
}  # fmt: skip
LEADS = {
    "at", "å", "til", "for", "om", "med", "på", "av", "af", "ved", "som", "følgende", "følgjande", "slik", "slikt", "blant",
    "annet", "gjennom", "gennem", "innebærer", "indebærer", "betyr", "betyder", "to", "following", "eksempel", "with",
    "sådan", "således", "dette", "disse", "derfor", "of", "by", "ansvarlige", "example", "dagen", "hverdagen",
}  # fmt: skip
ASKING = {
    "hvordan", "hvorfor", "hva", "hvad", "hvem", "når", "korleis", "kvifor", "kva", "kven", "how", "why", "what", "who",
    "when", "sådan", "slik", "hvis", "dersom", "if", "hvor",
}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    kind: str
    heading: str
    rest: str = ""
    lines: int = 1
    level: int = 0


class Layout:
    def __init__(self, lines):
        self.lines = lines
        self.filled = [at for at, line in enumerate(lines) if not line.blank]
        self.below, self.above = {}, {}
        for one, after in pairwise(self.filled):
            self.below[one], self.above[after] = after, one
        self.said = sum(bool(line.heading) and not line.title for line in lines)
        bold = sum(lines[at].bold and not lines[at].heading for at in self.filled)
        self.bold_says = bold <= MOST_BOLD * len(self.filled)
        self.figured = self._figured()
        self.counted = {  # numbers that others count on below: 2 of 2.1
            found[1] for at in self.filled if (found := UNDER.match(self.lines[at].text.strip()))
        }
        self.blocks = self._blocks()
        self.plain_numbers = self._numbers_count_on()
        self.coloned = sum(self._ends_in_colon(at) for at in self.filled)
        self.inlined = sum(bool(self._inline(at)) for at in self.filled)

    def _figured(self):
        """Lines that begin with a number and no dot, beside others that count on from it."""
        found = [(at, int(match["sign"])) for at in self.filled if (match := PLAIN_FIGURE.match(self.lines[at].text))]
        return _Lines(
            self.lines[at]
            for (at, number), (then, after) in pairwise(found)
            if after == number + 1 and self.below.get(at) == then
            for at in (at, then)
        )

    def _numbers_count_on(self):
        """Whether the numbers of headings are 1, 2, 3: then they are the order of the sections and no words of them."""
        found = [self._numbered(at) for at in self.filled if self._may_be_numbered_heading(at)]
        return bool(found) and count_on([match["number"] for match in found if "." not in match["number"]])

    def _numbered(self, at):
        line = self.lines[at]
        return (
            None
            if line.sign or is_ordinal(line.text) or len(line.text) > LONGEST_HEADING
            else NUMBER.match(line.text.strip())
        )

    def _may_be_numbered_heading(self, at):
        match = self._numbered(at)
        if not match:
            return False
        line = self.lines[at]
        return bool(
            line.heading or (line.bold and self.bold_says) or kind_of(match["text"]) or self._number_heads(at, match)
        )

    def _blocks(self):
        """Of each line the lines that it stands among, from one empty line to the next."""
        blocks, block = {}, None
        for at, line in enumerate(self.lines):
            if line.blank or line.starts or block is None:
                block = None if line.blank else _Block(at)
            if block:
                block.take(at, line.text.rstrip())
                blocks[at] = block
        return blocks

    def starts(self, at):
        line = self.lines[at]
        return at == 0 or line.starts or self.lines[at - 1].blank or self._is_heading_line(at - 1)

    def _is_heading_line(self, at):
        return bool(self.lines[at].heading)

    def breaks_before(self, at):
        """Whether whoever wrote it broke the line here: the next word would have had room, or every line is a sentence."""
        block = self.blocks.get(at)
        if block is None or block.begins == at:
            return True
        above, text = self.lines[at - 1].text.rstrip(), self.lines[at].text.strip()
        fits = len(above) + 1 + len(text.split(" ", 1)[0]) <= block.width
        return text[:1].isupper() and (fits or block.sentences)

    def heading_at(self, at, *, opened=None, title=False):
        """`opened` is the part that this line stands in; `title`, whether to ask only for what can be no title."""
        line = self.lines[at]
        text = line.text.strip()
        if not SHORTEST <= len(text) <= LONGEST_READ or (line.sign and not line.bold) or is_ordinal(text):
            return None
        if line.heading:
            kind = kind_of(text)
            if title and (not kind or kind in MAY_BE_TITLE):
                return None
            return self._made(kind or "other", text, level=line.heading)
        if two := self._over_two_lines(at):
            return two
        kind = heading_kind(text, stands_alone=self.starts(at))
        if kind and not (title and kind in MAY_BE_TITLE):
            return self._made(kind, text, level=_depth(text))
        for pattern in (INLINE_BULLET, INLINE_COLON, INLINE_WIDE):
            inline = pattern.match(text)
            if inline and (kind := heading_kind(inline["head"].strip(), stands_alone=True)):
                return self._made(kind, inline["head"], inline["rest"])
        if title:
            return None
        if self.inlined >= INLINED and (inline := self._inline(at)):
            return self._made("other", inline["head"], inline["rest"])
        return self._unknown(at, line, text, opened)

    def _inline(self, at):
        """As in: "Trust: We listen before we answer." """
        match = INLINE_COLON.match(self.lines[at].text.strip()) if len(self.lines[at].text) <= LONGEST_READ else None
        if not match or not self.starts(at) or self.lines[at].sign or not match["rest"][:1].isupper():
            return None
        short = len(match["head"].split()) <= INLINE_WORDS and len(match["rest"].split()) >= BROKEN_WORDS
        return match if short and match["head"][:1].isupper() else None

    def _over_two_lines(self, at):
        line, after = self.lines[at], self.lines[at + 1] if at + 1 < len(self.lines) else None
        if after is None or after.blank or after.starts or after.sign or len(after.text.split()) > BROKEN_WORDS:
            return None
        text, more = line.text.strip(), after.text.strip()
        kind = heading_kind(f"{text} {more}", stands_alone=False)
        if kind and not heading_kind(text, stands_alone=True) and not heading_kind(more, stands_alone=False):
            return self._made(kind, f"{text} {more}", lines=2)
        return None

    def _unknown(self, at, line, text, opened):
        words = text.split()
        if not (text[:1].isupper() or text[:1].isdigit() or text[:1] in "§¿") or (
            date_in(text) and len(words) <= BROKEN_WORDS
        ):
            return None
        if (
            line.bold
            and self.bold_says
            and len(words) <= BOLD_WORDS
            and not text.endswith((".", ",", ";"))
            and self.starts(at)
        ):
            return None if self._leads(text, at, opened) else self._made("other", text, level=_depth(text))
        match = PARAGRAPH.match(text)
        if match and self.starts(at) and len(words) <= HEADING_WORDS and not text.rstrip().endswith((".", ",", ";")):
            return self._made(kind_of(text) or "other", text, level=1)
        if match and not match["text"] and self.starts(at):
            return self._made("other", text, level=1)
        match = self._numbered(at)
        if match and self.starts(at) and self._number_heads(at, match):
            return self._made("other", text, level=_depth(text))
        if self._colon_heads(at, text, words, opened) or self._stands_free(at, text, words):
            return self._made("other", text)
        return None

    def _number_heads(self, at, match):
        """A numbered line has text below it that is no next number, and is not itself one of several in a row."""
        below, above = self.below.get(at), self.above.get(at)
        text = match["text"]
        if below is None or len(text.split()) > HEADING_WORDS or text.endswith((".", ",", ";")) or not self.starts(at):
            return False
        if match["number"] in self.counted and below > at + 1:
            return True
        after = self.lines[below]
        if (after.sign and after.sign[:1].isdigit()) or after.heading:
            return False
        number = NUMBER.match(after.text.strip()) or FIGURE.match(after.text.strip())
        if number and not is_ordinal(after.text) and not after.text.strip().startswith(match["number"] + "."):
            return False
        if heading_kind(after.text.strip(), stands_alone=True) or after.text.strip()[:1].islower():
            return False
        before = NUMBER.match(self.lines[above].text.strip()) if above is not None else None
        in_a_row = (
            before is not None
            and before["dot"] == match["dot"]
            and before["number"] != match["number"].rpartition(".")[0]
        )
        return not (in_a_row and not is_ordinal(self.lines[above].text))

    def _colon_heads(self, at, text, words, opened):
        if not text.endswith(":") or len(words) > HEADING_WORDS or not self.starts(at):
            return False
        if not self._list_below(at) and not (self.coloned >= COLONED and self._text_below(at)):
            return False
        return not self._leads(text, at, opened)

    def _ends_in_colon(self, at):
        text = self.lines[at].text.strip()
        if not text.endswith(":") or len(text) > LONGEST_HEADING or not self.starts(at):
            return False
        return bool(kind_of(text)) or (
            (self._list_below(at) or self._stands_over_text(at)) and not self._leads(text, at, None)
        )

    def _stands_over_text(self, at):
        below = self.below.get(at)
        apart = below is not None and (
            below > at + 1 or self.lines[below].starts or self.lines[below].text.rstrip().endswith((".", "!", "?"))
        )
        return apart and self._text_below(at) and len(self.lines[at].text.split()) <= FREE_WORDS

    def _text_below(self, at):
        below = self.below.get(at)
        return below is not None and self.lines[below].text.strip()[:1].isupper()

    def _leads(self, text, at, opened):
        """ "We will:" leads its list; so does what stands straight below the heading of a party or a purpose."""
        words = [word.casefold() for word in re.findall(r"[\w']+", text)]
        if not text.endswith(":"):
            return False
        asks = len(words) > 1 and words[0] in ASKING and (words[-1] not in VERBS or len(words) <= FEW_ASKED)
        if words and (words[-1] in LEADS or (VERBS & set(words) and not asks)):
            return True
        return bool(opened and not opened.items and opened.kind != "other" and not self.lines[at].bold)

    def _stands_free(self, at, text, words):
        """A short line between empty ones, with a list or whole sentences below it."""
        asks = text.endswith("?") and words[0].casefold() in ASKING
        if self.said >= 2 or len(words) > (MOST_ASKED if asks else APART_WORDS) or not self.starts(at):
            return False
        if ADDRESS.search(text):
            return False
        if text.endswith((".", ",", ";", ":", "!")):
            return False
        says = VERBS & {word.casefold() for word in words}
        if says and not (text.endswith("?") or words[0].casefold() in ASKING or self._between_lists(at)):
            return False
        below = self.below.get(at)
        if below is None:
            return False
        if self._list_below(at):
            return len(words) <= FREE_WORDS or asks
        after = self.lines[below].text.strip()
        if not after[:1].isupper() or FIGURE.match(after) or heading_kind(after, stands_alone=True):
            return False
        apart = below > at + 1 or self.lines[below].starts
        sentence = after.endswith((".", "!", "?", ":")) or len(after.split()) > SENTENCE_WORDS
        if len(words) > FREE_WORDS and not apart:
            return False
        return sentence and (apart or len(words) <= BROKEN_WORDS) and (asks or len(after) > len(text))

    def _between_lists(self, at):
        """As in "Serious is" between a list and the next: whatever it is, it is no point of the list above."""
        return self._list_below(at) and self._list_above(at) and self.lines[at - 1].blank

    def _list_above(self, at):
        above = self.above.get(at)
        return above is not None and self._listed(self.lines[above])

    def _list_below(self, at):
        below = self.below.get(at)
        return below is not None and self._listed(self.lines[below])

    @staticmethod
    def _listed(line):
        text = line.text
        listed = BULLET.match(text) or DASH.match(text) or (FIGURE.match(text) and not is_ordinal(text))
        return bool(line.sign or listed)

    def _made(self, kind, text, rest="", lines=1, level=0):
        text = " ".join(text.split()).rstrip(":").strip()
        return Heading(kind, text, rest, lines, level or _depth(text))


class _Block:
    """`sentences`: every line is one, but for a heading above them."""

    def __init__(self, begins):
        self.begins, self.width, self.sentences = begins, 0, True

    def take(self, at, text):
        self.width = max(self.width, len(text))
        heading = at == self.begins and len(text.split()) <= HEADING_WORDS
        self.sentences = self.sentences and (heading or text.endswith((".", "!", "?", ":")))


class _Lines:
    """Lines by themselves, not by what stands on them."""

    def __init__(self, lines):
        self.keys = {id(line) for line in lines}

    def __contains__(self, line):
        return id(line) in self.keys


def _depth(text):
    found = re.match(r"(\d{1,2}(?:\.\d{1,2})*)[.):]?\s", text)
    return found[1].count(".") + 1 if found else 0


def without_number(heading):
    found = NUMBER.match(heading)
    return found["text"] if found and "." not in found["number"] else heading
