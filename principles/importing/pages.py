"""A PDF as lines: columns one after the other, heads and feet of its pages named, a page that is a picture said."""

import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdf
from django.utils.translation import gettext as _

from principles.headings import kind_of
from principles.importing.drawn import Dots, without_soft_hyphens
from principles.importing.lines import Line, Source, clean
from principles.importing.signs import is_ordinal

MARGIN = 0.08  # of the page: what stands there is read first, or last
NARROW = 0.42  # of its size, the width of a letter at least
GAP = 1.35  # of the usual distance, between paragraphs
LARGER = 1.12  # than most of the text: a heading
BROAD = 1.3  # likewise: that large is a heading without being bold
SAME = 3  # points
LETTER = 6  # points, about the width of one
LEADING = 1.8  # of its size, from a line to the next
ROOM = 0.8  # of a line: whoever stops before that begins anew on the next
LABEL = 4  # words of a heading beside its text


@dataclass
class Piece:
    text: str
    x: float
    y: float
    size: float
    bold: bool
    sign: str = ""
    edge: bool = False  # above or below the text of the page

    @property
    def end(self):
        return self.x + NARROW * self.size * len(self.text)


def from_pdf(document):
    """`document` is a reader that has been opened."""
    source, pages, pictures = Source([]), [], []
    for number, page in enumerate(document.pages, 1):
        pieces = _pieces(page)
        if not pieces and _has_picture(page):
            pictures.append(number)
        pages.append(_in_order(pieces, float(page.mediabox.height), float(page.mediabox.width)))
    for number in pictures:
        source.warnings.append(
            _("Page %(number)s is a picture and holds no text that can be read. Write it below by hand.")
            % {"number": number}
        )
    sizes = Counter(round(piece.size, 1) for page in pages for piece in page for _letter in piece.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    spacing = _spacing(pages)
    for number, page in enumerate(pages):
        source.lines += _lines(page, usual, number, spacing)
    _title(source.lines)
    return source


def opened(content):
    return pypdf.PdfReader(io.BytesIO(content))


def _has_picture(page):
    resources = page.get("/Resources")
    objects = (resources.get_object() if resources is not None else {}).get("/XObject") or {}
    return any(each.get_object().get("/Subtype") in ("/Image", "/Form") for each in objects.get_object().values())


def _pieces(page):
    """Lines of the page, or the parts of one that stand apart, in the order of the file."""
    found, open_line = [], []

    def end():
        text = "".join(each[0] for each in open_line)
        shown = [each for each in open_line if each[0].strip()]
        if text.strip():
            first = shown[0]
            bold = all("bold" in each[4] or "black" in each[4] for each in shown)
            found.append(Piece(text, first[1], first[2], max(each[3] for each in shown), bold))
        open_line.clear()

    def visit(text, around, within, font, size):
        x, y = (within[4] * around[at] + within[5] * around[at + 2] + around[at + 4] for at in (0, 1))
        scale = abs((within[0] * within[3] - within[1] * within[2]) * (around[0] * around[3] - around[1] * around[2]))
        name = str((font or {}).get("/BaseFont", "")).casefold()
        for place, part in enumerate(text.split("\n")):
            if place:
                end()
            if part:
                apart = open_line and part.strip() and _apart(open_line, x, y)
                if apart:
                    end()
                open_line.append((part, x, y, size * (scale**0.5 or 1), name))

    dots = Dots()
    without_soft_hyphens(page)
    page.extract_text(visitor_text=visit, visitor_operand_before=dots.see)
    end()
    dots.mark(found)
    return found


def _apart(before, x, y):
    shown = [each for each in before if each[0].strip()]
    if not shown or abs(shown[-1][2] - y) > SAME:
        return False
    text, began, _y, size, _name = shown[-1]
    return x - (began + len(text.rstrip()) * size * 0.75) > 2 * size


def _in_order(pieces, height, width):
    head, end = height * (1 - MARGIN), height * MARGIN
    top, foot = [piece for piece in pieces if piece.y > head], [piece for piece in pieces if piece.y < end]
    middle = [piece for piece in pieces if end <= piece.y <= head]
    for piece in (*top, *foot):
        piece.edge = True
    return [*sorted(top, key=lambda piece: -piece.y), *_columns(middle, width), *sorted(foot, key=lambda each: -each.y)]


def _columns(pieces, width):
    """Text that stands beside text is read after it; a heading that stands beside its text is read before that."""
    for gutter in sorted({round(piece.x) for piece in pieces if piece.x > 0.2 * width}):
        right = [piece for piece in pieces if piece.x >= gutter - SAME]
        high, low = max(piece.y for piece in right), min(piece.y for piece in right)
        beside = sorted((piece for piece in pieces if piece.x < gutter - SAME), key=lambda piece: -piece.y)
        for piece in beside:  # a column that is longer than the one beside it
            low = piece.y if piece.y < low <= piece.y + LEADING * piece.size and piece.end <= gutter else low
        left = [piece for piece in pieces if piece.x < gutter - SAME and low - SAME <= piece.y <= high + SAME]
        if len(right) < 2 or not left or any(piece.end > gutter for piece in left):
            continue
        if min(piece.x for piece in right) - max(piece.x for piece in left) < 0.08 * width:
            continue  # points within points
        above = [piece for piece in pieces if piece.x < gutter - SAME and piece.y > high + SAME]
        below = [piece for piece in pieces if piece.x < gutter - SAME and piece.y < low - SAME]
        return [*above, *_beside(left, _columns(right, width)), *below]
    return pieces


def _beside(left, right):
    labels = [piece for piece in left if len(piece.text.split()) <= LABEL]
    known = any(kind_of(piece.text) for piece in labels)
    rows = {round(piece.y / SAME) for piece in right}
    level = sum(bool({round(piece.y / SAME) + by for by in (-1, 0, 1)} & rows) for piece in left)
    if len(labels) == len(left) and known and len(left) * 2 <= len(right) and level and not kind_of(right[0].text):
        return sorted([*left, *right], key=lambda piece: (-round(piece.y / SAME), piece.x))
    return [*left, *right]


def _spacing(pages):
    """From a line of running text to the next, in sizes of its letters; 0 where all lines stand far apart."""
    found = [
        (above.y - below.y) / below.size
        for page in pages
        for above, below in pairwise(page)
        if below.size and above.size == below.size and above.bold == below.bold
    ]
    return median([each for each in found if 0.5 < each < LEADING] or [0])


def _lines(pieces, usual, page, spacing):
    gaps = [above.y - below.y for above, below in pairwise(pieces) if above.y - below.y > SAME]
    gap = median(gaps) if gaps else 0
    lines, above = [], None
    smallest = min((each for each in gaps), default=0)
    apart = smallest if gap > GAP * smallest and gaps.count(gap) < 2 else gap
    reach = _reach(pieces)
    for piece in pieces:
        text = re.sub(r"(?<=\S)[ \t]+", " ", clean(piece.text.replace("\xad", "\xad\n")).replace("\n", "")).rstrip()
        if piece.text.rstrip().endswith("\xad"):
            text += "\xad"
        heading = 0
        if usual and text and (piece.size > BROAD * usual or (piece.bold and piece.size > LARGER * usual)):
            heading = 1 if piece.size > 1.5 * usual else 2
        leading = min(spacing * piece.size, apart) or apart
        goes_on = above and heading and above.size == piece.size and 0 < above.y - piece.y < LEADING * piece.size
        if above and (
            (abs(above.y - piece.y) > GAP * leading and not goes_on)
            or abs(above.size - piece.size) > 0.5
            or above.bold != piece.bold
        ):
            lines.append(Line("", page=page))
        left, width = reach[id(piece)]
        indent = round(max(piece.x - left, 0) / LETTER)
        line = Line(text.strip(), indent=indent, bold=piece.bold, heading=heading, size=piece.size, page=page)
        if piece.sign and text.strip() and not heading:
            line.sign, line.starts = piece.sign, True
        line.starts = line.starts or (bool(above) and not heading and _begins(above, line.text, left, width))
        line.edge = piece.edge
        lines.append(line)
        above = piece
    return [*lines, Line("", page=page)] if lines and _ends(lines[-1].text) else lines


def _reach(pieces):
    """Of each piece where the column begins that it stands in, and how many letters wide that is."""
    found, column = {}, []
    for piece in pieces:
        if column and piece.y > column[-1].y + SAME:
            column = []
        column.append(piece)
        found[id(piece)] = column
    reach = {}
    for column in found.values():
        if id(column) not in reach:
            left = min(piece.x for piece in column)
            width = max((piece.x - left) / LETTER + len(piece.text.strip()) for piece in column)
            reach[id(column)] = (left, width)
    return {key: reach[id(column)] for key, column in found.items()}


def _begins(above, text, left, width):
    """Whether the first word would have had room on the line above by far: then whoever wrote it began anew."""
    used = (above.x - left) / LETTER + len(above.text.strip()) + 1 + len(text.split(" ", 1)[0])
    return (text[:1].isupper() or is_ordinal(text)) and used < ROOM * width


def _ends(text):
    return text.rstrip("\"”»')]").endswith((".", "!", "?", ":"))


def _title(lines):
    """The largest line of the first page, where one is larger than most."""
    first = [line for line in lines if line.page == 0 and line.text.strip()]
    largest = max(first, key=lambda line: line.size, default=None)
    if largest and largest.heading:
        largest.title = True
