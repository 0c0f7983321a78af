"""What a page draws and does not write: the dots before the points of a list, as browsers print them."""

from dataclasses import dataclass, field

from pypdf.generic import ContentStream, NameObject

SMALLEST, LARGEST = 1.5, 8  # points, of a dot
SQUARE = 0.7  # as high as wide
BEFORE = 3  # of the size of the letters, from a dot to its text
SPACES = ("\x03", " ", b"\x03", b"\x00\x03", b" ")  # how most fonts number it
SOFT = ("\xad", b"\xfe\xff\x00\xad")
PAINTED = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s"}


def without_soft_hyphens(page):
    """A browser writes a soft hyphen as a space of no width, and says what it means."""
    written = page.get_contents()
    if written is None or b"/ActualText" not in written.get_data():
        return
    content = ContentStream(written, page.pdf, "bytes")
    kept, pending, soft = [], [], False
    for operands, operator in content.operations:
        soft = soft or (operator == b"BDC" and _meant(operands) in SOFT)
        (pending if soft else kept).append((operands, operator))
        if soft and operator == b"EMC":
            shown = [each for each in pending if each[1] in (b"Tj", b"TJ")]
            kept += [] if all(each[0] and each[0][0] in SPACES for each in shown) else pending
            pending, soft = [], False
    content.operations = kept + pending
    page[NameObject("/Contents")] = content


def _meant(operands):
    return operands[-1].get("/ActualText") if operands and isinstance(operands[-1], dict) else None


@dataclass
class Dots:
    found: list[tuple[float, float]] = field(default_factory=list)
    path: list[tuple[float, float]] = field(default_factory=list)

    def see(self, operator, operands, around, _within):
        """A malformed path is none, and no reason to refuse the text beside it."""
        try:
            self._draw(operator, operands, around)
        except (TypeError, ValueError):
            self.path.clear()

    def _draw(self, operator, operands, around):
        if operator in (b"m", b"l", b"c"):
            self._take(operands[-2:], around)
        elif operator == b"re" and len(operands) == 4:
            x, y, wide, high = (float(each) for each in operands)
            self._take((x, y), around)
            self._take((x + wide, y + high), around)
        elif operator in PAINTED:
            self._end()
        elif operator == b"n":
            self.path.clear()

    def _take(self, point, around):
        x, y = (float(each) for each in point)
        self.path.append(tuple(x * around[at] + y * around[at + 2] + around[at + 4] for at in (0, 1)))

    def _end(self):
        xs, ys = zip(*self.path, strict=True) if self.path else ((0,), (0,))
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        if SMALLEST <= wide <= LARGEST and SQUARE <= high / wide <= 1 / SQUARE:
            self.found.append((min(xs), sum(ys) / len(ys)))
        self.path.clear()

    def mark(self, pieces):
        """The text straight after a dot is a point."""
        levels = {}
        for piece in pieces:
            levels.setdefault(round(piece.y / LARGEST), []).append(piece)
        for x, y in self.found:
            near = [piece for by in (-2, -1, 0, 1) for piece in levels.get(round(y / LARGEST) + by, ())]
            after = [
                piece
                for piece in near
                if 0 < piece.x - x < BEFORE * piece.size and -0.2 * piece.size < y - piece.y < piece.size
            ]
            if after:
                min(after, key=lambda piece: piece.x).sign = "•"
