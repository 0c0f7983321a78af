"""Read 195,000 letters of every shape that was slow once: a text twice as long may take at most three times as long.

`ours` is the slowest shape in seconds, which has to stay under two; `limit` is what half of it took, doubled.
"""

import time

from principles.outline import read_outline
from principles.reading import LONGEST

LETTERS = LONGEST * 39 // 40
GOAL = 1 / 1.5  # of a straight line
LONGEST_SECONDS = 2
SHAPES = {
    "broken words": "setning om sam%d-\nord%d videre\n",
    "one broken word": "ab-\n",
    "hyphens": "-",
    "spaces": " ",
    "numbers": "1.1.",
    "numbered": "1. a\n",
    "lines of a letter": "A\n",
    "brackets": "(",
    "links": "[](",
    "one heading": "Formål:\n",
    "headings that go on": "Formål: x\n",
    "two headings": "Formål:\n• a\nMål:\n• b\n",
    "one line": "ord og ",
    "one word": "a",
    "points": "• a\n",
    "points in points": "• a\n    – b\n",
    "emphasis": "*a ",
    "dots": ".",
    "lines of dots": ".\n",
    "page numbers": "Side 1\n",
    "other pages": "Læs også\n",
    "dates": "Sidst opdateret 3. maj 2024\n",
    "wide lines": "Ab:" + " " * 1000 + "\n",
    "soft hyphens": "\u00ad\n",
    "quotes": "»»",
    "paragraphs": "Ab cd\n\n",
}


def run():
    slowest, ratio, named = 0, 1, ""
    for name, unit in SHAPES.items():
        half, whole = seconds(text(unit, LETTERS // 2)), seconds(text(unit, LETTERS))
        if whole > slowest:
            slowest, named = whole, name
        if whole > LONGEST_SECONDS / 10:  # what takes no time at all has no shape
            ratio = min(ratio, 2 * half / whole)
    return {
        "name": "reading",
        "ours": slowest,
        "shape": named,
        "limit": LONGEST_SECONDS,
        "ratio": ratio,
        "goal": GOAL,
        "passed": ratio >= GOAL and slowest < LONGEST_SECONDS,
    }


def text(unit, letters):
    return (
        "Prinsipp\n\nFormål:\n\n" + "".join(unit.replace("%d", str(n)) for n in range(letters // len(unit)))[:letters]
    )


def seconds(text):
    """CPU seconds to read the text and write it down again; the quicker of two runs."""
    taken = []
    for _turn in range(2):
        began = time.process_time()
        read_outline(text).as_text()
        taken.append(time.process_time() - began)
    return min(taken)
