"""A Word file as lines: its own headings and list numbers, tables by who they speak of, nothing dropped unsaid."""

import io
import zipfile

from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from principles.importing.lines import Line, Source, clean
from principles.importing.numbering import MARKUP, Numbering, value_of, within
from principles.importing.tables import lines_of_table
from principles.outline import LONGEST_HEADING

OTHER = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SYMBOLS = ("wingdings", "symbol", "webdings", "zapf")
INDENT = 4


def w(name):
    return MARKUP + name


def from_word(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = set(parts.namelist())

        def part(name):
            return fromstring(parts.read(name)) if name in names else None

        reader = _Reader(_Styles(part("word/styles.xml")), Numbering(part("word/numbering.xml")))
        reader.footnotes = {
            **_notes(part("word/footnotes.xml"), "footnote"),
            **_notes(part("word/endnotes.xml"), "endnote"),
        }
        source = reader.read(part("word/document.xml").find(w("body")))
        around = sorted(name for name in names if name.startswith(("word/header", "word/footer", "word/comments")))
        for name in around:
            text = _plain_text(part(name))
            if text and text not in source.left_out:
                source.left_out.append(text)
    return source


def _notes(root, name):
    """Numbered from 1 as Word shows them; its separators have no text."""
    found = {} if root is None else {note.get(w("id")): _plain_text(note) for note in root.iter(w(name))}
    return {(name, key): text for key, text in found.items() if text}


def _plain_text(root):
    """All the text of a part, without what is struck and without numbers of pages."""
    if root is None:
        return ""
    said = []
    for paragraph in root.iter(w("p")):
        said.append("".join(each.text or "" for each in paragraph.iter(w("t"))))
    text = clean(" ".join(" ".join(said).split()))
    return "" if text.isdigit() else text


class _Styles:
    """What a style says: a heading of which level, the title, a line of the contents, bold, in which list."""

    def __init__(self, root):
        self.by_key = {}
        for style in () if root is None else root.iter(w("style")):
            if style.get(w("type"), "paragraph") in ("paragraph", "character"):
                self.by_key[style.get(w("styleId"))] = style

    def chain(self, key):
        seen = []
        while key in self.by_key and key not in seen:
            seen.append(key)
            yield self.by_key[key]
            key = value_of(self.by_key[key], "basedOn")

    def name(self, key):
        return (value_of(self.by_key[key], "name") or "").casefold() if key in self.by_key else ""

    def names(self, key):
        return [(value_of(style, "name") or "").casefold() for style in self.chain(key)]

    def first(self, key, *path):
        return next((found for style in self.chain(key) if (found := within(style, *path)) is not None), None)

    def heading(self, key):
        for name in self.names(key):
            if name.startswith(("heading ", "overskrift ")) and name[-1].isdigit():
                return int(name[-1])
        return _level(self.first(key, "pPr", "outlineLvl"))

    def bold(self, key):
        return _on(self.first(key, "rPr", "b"))


def _level(outline):
    level = int(outline.get(w("val"), 9)) if outline is not None else 9
    return level + 1 if level < 9 else 0


def _on(flag):
    return flag is not None and flag.get(w("val"), "1") not in ("0", "false", "off")


class _Reader:
    def __init__(self, styles, numbering):
        self.styles, self.numbering = styles, numbering
        self.footnotes = {}
        self.source = Source([])
        self.begun = None  # a paragraph whose end was struck: it goes on in the next

    def read(self, body):
        self.source.lines = self.lines(body)
        return self.source

    def lines(self, parent):
        found = []
        for child in parent:
            if child.tag == w("p"):
                found += self.paragraph(child)
            elif child.tag == w("tbl"):
                found += self.table(child)
            elif child.tag in (w("sdt"), w("sdtContent"), w("smartTag"), w("customXml"), w("ins"), w("moveTo")):
                found += self.lines(child)
            elif child.tag in (w("del"), w("moveFrom")):
                self.leave_out(child, child.tag == w("del"))
        return found

    def table(self, table):
        rows = []
        for row in table.iter(w("tr")):
            if _on(within(row, "trPr", "del")):
                self.leave_out(row, struck=True)
                continue
            rows.append([[line for line in self.lines(cell) if not line.blank] for cell in row.findall(w("tc"))])
        return lines_of_table([row for row in rows if row], self.source.left_out.append)

    def paragraph(self, node):
        style = value_of(within(node, "pPr"), "pStyle")
        run = _Run(self)
        run.take(node)
        boxes = [line for box in run.boxes for line in self.lines(box)]
        if any(name.startswith(("toc ", "table of figures")) for name in self.styles.names(style)):
            if text := clean(" ".join("".join(run.pieces).split())):
                self.source.left_out.append(text)
            return boxes
        if self.begun:
            run.pieces, run.bold = self.begun.pieces + run.pieces, self.begun.bold + run.bold
            self.begun = None
        if within(node, "pPr", "rPr", "del") is not None and "".join(run.pieces).strip():
            self.begun = run
            return boxes
        return self._lines_of(node, style, run) + boxes

    def _lines_of(self, node, style, run):
        texts = clean("".join(run.pieces)).replace("\f", "").split("\n")
        heading = _level(within(node, "pPr", "outlineLvl")) or self.styles.heading(style)
        if sum(map(len, texts)) > LONGEST_HEADING:
            heading = 0
        sign, depth = self._sign(node, style)
        first = Line(
            " ".join(texts[0].split())
            if heading
            else texts[0].strip("\t ")
            if sign
            else texts[0].replace("\t", "    "),
            sign=sign,
            indent=INDENT * depth,
            heading=heading,
            bold=bool(run.bold) and (all(run.bold) or self.styles.bold(style)),
            starts=True,
            title=self.styles.name(style) in ("title", "tittel", "titel"),
            size=max(run.sizes, default=0),
        )
        if sign and (first.heading or (first.bold and sign != "•")):
            first.text, first.sign = f"{sign} {first.text}" if sign not in "•" else first.text, ""
        if not first.text.strip():
            first.sign, first.heading, first.title = "", 0, False
        return [first, *(Line(text.replace("\t", "    "), indent=first.indent, bold=first.bold) for text in texts[1:])]

    def _sign(self, node, style):
        own = within(node, "pPr", "numPr")
        said = own if own is not None and value_of(own, "numId") else self.styles.first(style, "pPr", "numPr")
        if said is None:
            return "", 0
        level = value_of(own, "ilvl") if own is not None else None
        level = int(level or value_of(said, "ilvl") or 0)
        return self.numbering.next(value_of(said, "numId"), level), level

    def leave_out(self, node, struck):
        """What was moved away stands elsewhere in the text; what was struck is named."""
        if struck:
            words = "".join(each.text or "" for kind in ("delText", "t") for each in node.iter(w(kind)))
            if text := " ".join(clean(words).split()):
                self.source.left_out.append(text)


class _Run:
    """The text of a paragraph, piece by piece."""

    def __init__(self, reader):
        self.reader, self.pieces, self.boxes, self.bold, self.sizes = reader, [], [], [], []

    def take(self, node):
        for child in node:
            name = child.tag.rpartition("}")[2]
            if child.tag == w("r"):
                self.run(child)
            elif child.tag in (w("del"), w("moveFrom")):
                self.reader.leave_out(child, name == "del")
            elif child.tag == OTHER + "AlternateContent":
                self.alternate(child)
            elif child.tag == MATHS + "t":
                self.pieces.append(child.text or "")
            elif name == "txbxContent":
                self.boxes.append(child)
            elif child.tag not in (w("pPr"), w("rPr"), w("instrText")):
                self.take(child)

    def run(self, node):
        properties = within(node, "rPr")
        text = "".join(each.text or "" for each in node.findall(w("t")))
        if _on(within(properties, "vanish")) and text.strip():
            self.reader.source.left_out.append(clean(text).strip())
            return
        if text.strip():
            self.bold.append(_on(within(properties, "b")))
            if (size := value_of(properties, "sz")) and size.isdigit():
                self.sizes.append(int(size) / 2)
        for child in node:
            self.piece(child, symbols=_font(properties))

    def piece(self, child, symbols):
        name = child.tag.rpartition("}")[2]
        if child.tag == w("t"):
            text = child.text or ""
            self.pieces.append("•" if symbols and len(text.strip()) == 1 else text)
        elif name == "sym":
            self.pieces.append("•")
        elif name in ("br", "cr"):
            self.pieces.append("\n" if child.get(w("type")) in (None, "textWrapping") else "")
        elif name in ("tab", "noBreakHyphen"):
            self.pieces.append("\t" if name == "tab" else "-")
        elif name in ("footnoteReference", "endnoteReference"):
            text = self.reader.footnotes.pop((name.removesuffix("Reference"), child.get(w("id"))), "")
            if text:
                self.reader.source.notes.append(text)
                self.reader.source.warnings.append(
                    _("A footnote stands below the whole text now: “%(text)s”") % {"text": text}
                )
        elif child.tag == OTHER + "AlternateContent":
            self.alternate(child)
        elif name in ("drawing", "pict", "object"):
            self.take(child)

    def alternate(self, node):
        """The same twice, for newer and older programs."""
        choice = node.find(OTHER + "Choice")
        if choice is None:
            choice = node.find(OTHER + "Fallback")
        if choice is not None:
            self.take(choice)


def _font(properties):
    fonts = within(properties, "rFonts")
    return fonts is not None and any(name.casefold().startswith(SYMBOLS) for name in fonts.attrib.values())
