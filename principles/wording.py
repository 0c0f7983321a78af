"""What two wordings have in common, word by word; of very long ones, sentence by sentence."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]+\s*|[^.!?\n]+")
MOST_PAIRS = 2_000_000  # of words: longer texts are laid side by side sentence by sentence


@dataclass(frozen=True)
class Run:
    kind: str
    text: str


def runs(before, after):
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) * len(new) > MOST_PAIRS:
        old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Run("same", "".join(new[c:d])))
            continue
        if b > a:
            found.append(Run("gone", "".join(old[a:b])))
        if d > c:
            found.append(Run("new", "".join(new[c:d])))
    return _calmed(found)


def _calmed(found):
    """A lone space between two changes joins them: whole phrases are easier to read than single words."""
    calm = []
    place = 0
    while place < len(found):
        gone, new = [], []
        while place < len(found) and (found[place].kind != "same" or ((gone or new) and _is_seam(found, place))):
            run = found[place]
            if run.kind in ("gone", "same"):
                gone.append(run.text)
            if run.kind in ("new", "same"):
                new.append(run.text)
            place += 1
        for kind, parts in (("gone", gone), ("new", new)):
            if parts:
                calm.append(Run(kind, "".join(parts)))
        if place < len(found):
            calm.append(found[place])
            place += 1
    return calm


def _is_seam(found, place):
    between_changes = place + 1 < len(found) and found[place + 1].kind != "same"
    return found[place].kind == "same" and found[place].text.isspace() and between_changes
