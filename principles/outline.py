"""From a text to sections and points without losing a word: what was read, and the count that shows it."""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from principles.headings import party_of, words_of
from principles.importing.furniture import take_away
from principles.importing.language import language_spoken
from principles.importing.layout import without_number
from principles.importing.lines import from_text
from principles.importing.reader import Passage, Reader
from principles.importing.signs import BULLET, FIGURE, count_on, is_figure, is_ordinal

MOST_WARNINGS, MOST_WORDS = 100, 200
LONGEST_HEADING = 160
PURPOSE = re.compile(
    r"^(?:formålet|føremålet|hensikten|the (?:purpose|aim))\b.*\b(?:er|is)\b|^.{0,60}\b(?:har|have|has) (?:til|som|the) "
    r"(?:formål|føremål|hensikt|purpose)",
    re.IGNORECASE,
)
HEADINGS_OF_PURPOSE = {"da": "Formål", "nb": "Formål", "nn": "Føremål", "en": "Purpose"}


@dataclass
class SectionRead:
    """`lead` stands above the clauses, `closing` below them, both without a number. `party` says whose the clauses are
    where the kind of the section does not."""

    kind: str
    heading: str
    clauses: list[str] = field(default_factory=list)
    lead: str = ""
    closing: str = ""
    party: str = ""


@dataclass
class Outline:
    """Of all `paragraphs` of the source, `found` stand in it or among what was left out."""

    title: str = ""
    language: str = ""
    introduction: str = ""
    sections: list[SectionRead] = field(default_factory=list)
    updated_on: date | None = None
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    found: int = 0
    paragraphs: int = 0

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
            blocks += [f"## {section.heading}", section.lead, clauses, section.closing]
        return "\n\n".join(block for block in [*blocks, *self.notes] if block) + "\n"


def read_outline(text: str, name: str = "") -> Outline:
    return read_source(from_text(text), name)


def read_source(source, name: str = "") -> Outline:
    """`source`: the lines of a file of any kind."""
    return _Outliner(source, name).read()


class _Outliner:
    def __init__(self, source, name):
        self.source, self.outline = source, Outline(warnings=list(source.warnings), notes=list(source.notes))
        self.units = _units(source.lines)
        take_away(source)
        self.whole = "\n".join(line.text for line in source.lines)
        self.name = name
        self.marks = (
            Counter()
        )  # numbers that only count: they are the order of what stands there, not words of the text

    def read(self):
        source, outline = self.source, self.outline
        for text in source.left_out:
            self.leave_out(text)
        reader = Reader(source.lines, outline.warnings.append, self.leave_out).read()
        outline.warnings += [
            _("“%(first)s-” and “%(second)s” stood on two lines and were read as one word: %(word)s. Check it.")
            % {"first": first, "second": second, "word": first + second}
            for first, second in reader.cut[:MOST_WARNINGS]
        ]
        outline.title = reader.title or self.name
        outline.language = language_spoken(self.whole)
        parts = self._parts(reader)
        self._numbers_of_headings(parts, reader.layout.plain_numbers)
        self._numbers_of_points(parts)
        outline.introduction = "\n\n".join(item.text for item in reader.introduction)
        outline.sections = [_sorted_out(part) for part in parts]
        outline.notes = reader.notes + outline.notes
        outline.updated_on = reader.updated_on
        self._warn(parts)
        self._account_for_every_word(reader.joined)
        more = len(outline.warnings) - MOST_WARNINGS + max(0, len(reader.cut) - MOST_WARNINGS)
        if more > 0:
            outline.warnings[MOST_WARNINGS:] = [ngettext("And %(n)s more.", "And %(n)s more.", more) % {"n": more}]
        return outline

    def leave_out(self, text):
        """A running head is on every page, and is named once."""
        if text not in self.outline.left_out:
            self.outline.warnings.append(
                _("Left out, because it belongs to the page around the text: %(text)s") % {"text": text}
            )
        self.outline.left_out.append(text)

    def _parts(self, reader):
        """Without any heading all of it is one part, and that is said. A sentence that gives the purpose is one."""
        parts, outline = reader.parts, self.outline
        self.headless = not parts
        if not parts and reader.introduction:
            outline.warnings.append(_("No known headings were found. All of the text is placed under one heading."))
            parts, reader.introduction = [Passage("other", _("The text"), items=reader.introduction)], []
        elif not any(part.kind == "purpose" for part in parts):
            aims = [item for item in reader.introduction if PURPOSE.match(item.text) and not item.listed][:1]
            reader.introduction = [item for item in reader.introduction if item not in aims]
            heading = HEADINGS_OF_PURPOSE.get(outline.language, _("Purpose"))
            parts = [*(Passage("purpose", heading, items=[aim]) for aim in aims), *parts]
        return parts

    def _numbers_of_headings(self, parts, count):
        for part in parts if count else ():
            shorter = without_number(part.heading)
            self.marks.update(words_of(part.heading) - words_of(shorter))
            part.heading = shorter

    def _numbers_of_points(self, parts):
        """A list that counts 1, 2, 3 needs no numbers: its order says them. Any other keeps its own, as every list then
        does."""
        lists = [[item for item in part.items if is_figure(item.sign)] for part in parts]
        plainly = all(
            count_on([item.sign for item in listed]) and len(listed) == sum(item.listed for item in part.items)
            for part, listed in zip(parts, lists, strict=True)
            if listed
        )
        for item in (item for listed in lists for item in listed):
            if plainly:
                self.marks.update(words_of(item.sign))
            else:
                item.pieces.insert(0, f"{item.sign} ")

    def _warn(self, parts):
        outline = self.outline
        if not outline.language:
            outline.warnings.append(_("The language could not be told from the text. Choose it before you save."))
        if not parts and not outline.introduction:
            outline.warnings.append(
                _("Only a title was read: everything stands on one line. Set the text in paragraphs.")
            )
        for part, after in zip(parts, [*parts[1:], None], strict=False):
            leads = after is not None and 0 < part.level < after.level
            if not part.items and not leads:
                outline.warnings.append(_("Nothing stands under “%(heading)s”.") % {"heading": part.heading})

    def _account_for_every_word(self, joined):
        """The reader checks itself: a word of the source that found no place is reported, never dropped silently."""
        outline = self.outline
        kept = [outline.title, outline.introduction, *outline.notes]
        for section in outline.sections:
            kept += [section.heading, section.lead, section.closing, *section.clauses]
        apart = [outline.title, *outline.left_out]
        pool = words_of("\n".join([*kept, *outline.left_out])) + self.marks + joined
        placed = words_of("\n".join(apart)) if self.headless and len(self.units) > 2 else None
        missing = Counter()
        for unit in self.units:
            words = words_of(unit)
            lacks = words - pool
            pool -= words
            missing += lacks
            outline.found += not lacks and (placed is None or not words - placed)
        outline.paragraphs = len(self.units)
        if missing:
            outline.warnings.append(
                _("These words found no place. Add them by hand: %(words)s")
                % {"words": " ".join(sorted(missing)[:MOST_WORDS])}
            )


def _units(lines):
    """The paragraphs of the source, counted before any of them is understood."""
    units, open_ = [], False
    for line in lines:
        if line.blank:
            open_ = False
            continue
        figures = f"{line.sign} " if is_figure(line.sign) else ""
        listed = BULLET.match(line.text) or (FIGURE.match(line.text) and not is_ordinal(line.text))
        if not open_ or line.starts or line.sign or line.heading or listed:
            units.append([])
        units[-1].append(figures + line.text)
        open_ = True
    return ["\n".join(unit) for unit in units]


def _sorted_out(part):
    """Paragraphs above the first list sign are the lead, those below the last the closing; without any sign all are
    clauses."""
    items = part.items
    signed = [place for place, item in enumerate(items) if item.listed]
    first, last = (signed[0], signed[-1]) if signed else (0, len(items) - 1)
    return SectionRead(
        kind=part.kind,
        heading=part.heading[:LONGEST_HEADING],
        lead="\n\n".join(item.text for item in items[:first]),
        clauses=[item.text for item in items[first : last + 1]],
        closing="\n\n".join(item.text for item in items[last + 1 :]),
        party=party_of(part.heading, part.kind),
    )
