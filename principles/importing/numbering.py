"""The numbers that Word gives the points of its lists: levels, letters, restarts."""

MARKUP = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROMAN = [("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10)]
ROMAN += [("ix", 9), ("v", 5), ("iv", 4), ("i", 1)]
LEVELS = range(9)


def within(node, *path):
    for name in path:
        node = node.find(MARKUP + name) if node is not None else None
    return node


def value_of(node, name):
    found = within(node, name)
    return None if found is None else found.get(MARKUP + "val")


class Numbering:
    def __init__(self, root):
        self.lists, self.formats, self.counts, self.begun = {}, {}, {}, set()
        if root is None:
            return
        for one in root.findall(MARKUP + "abstractNum"):
            levels = {each.get(MARKUP + "ilvl"): each for each in one.findall(MARKUP + "lvl")}
            self.formats[one.get(MARKUP + "abstractNumId")] = {int(key): each for key, each in levels.items()}
        for one in root.findall(MARKUP + "num"):
            starts, levels = {}, {}
            for other in one.findall(MARKUP + "lvlOverride"):
                level = int(other.get(MARKUP + "ilvl", 0))
                if (start := value_of(other, "startOverride")) is not None:
                    starts[level] = int(start)
                if (own := within(other, "lvl")) is not None:
                    levels[level] = own
            self.lists[one.get(MARKUP + "numId")] = (value_of(one, "abstractNumId"), starts, levels)

    def next(self, key, level):
        """What Word writes before the next point of this list at this level; "" where it writes nothing."""
        if key not in self.lists or level not in LEVELS:
            return ""
        base, starts, own = self.lists[key]
        formats = self.formats.get(base, {}) | own
        if level not in formats:
            return ""
        if value_of(formats[level], "numFmt") in ("bullet", "none", None):
            return "" if value_of(formats[level], "numFmt") == "none" else "•"
        counts = self.counts.setdefault(base, {})
        if key not in self.begun:
            self.begun.add(key)
            for at, start in starts.items():
                counts[at] = start - 1
        counts[level] = counts.get(level, _start(formats[level]) - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        return self._written(formats, counts, level)

    def _written(self, formats, counts, level):
        text = value_of(formats[level], "lvlText") or f"%{level + 1}."
        for at in range(level, -1, -1):
            if f"%{at + 1}" in text:
                if at not in counts:
                    counts[at] = _start(formats.get(at))
                kind = value_of(formats.get(at), "numFmt") or "decimal"
                text = text.replace(f"%{at + 1}", _figure(kind, counts[at]))
        return text.strip()


def _start(level):
    return int(value_of(level, "start") or 1)


def _figure(kind, number):
    if kind.endswith("Letter"):
        figure = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif kind.endswith("Roman"):
        figure = _roman(number)
    else:
        return f"{number:02}" if kind == "decimalZero" else str(number)
    return figure.upper() if kind.startswith("upper") else figure


def _roman(number):
    figure = ""
    for letters, worth in ROMAN:
        figure, number = figure + letters * (number // worth), number % worth
    return figure
