"""What two wordings have in common, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.6
LONGEST = 8000  # letters compared word by word
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Run:
    kind: str
    text: str


def difference(before, after):
    """The runs of two wordings; what is too long to be compared while a reader waits is gone and new as a whole."""
    if len(before) + len(after) > LONGEST:
        return [Run(kind, text) for kind, text in (("gone", before), ("new", after)) if text]
    return runs(before, after)


def runs(before, after):
    old, new = TOKEN.findall(before), TOKEN.findall(after)
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


def numbered_as_before(before, texts):
    """{place: number} for texts that match, or nearly match, a clause of the earlier wording. Each number is used
    once."""
    kept, free = {}, dict(before)
    for place, text in texts.items():
        same = next((number for number, old in free.items() if _flat(old) == _flat(text)), None)
        if same is not None:
            kept[place] = same
            del free[same]
    pairs = [
        (SequenceMatcher(None, _flat(old).split(), _flat(text).split(), autojunk=False).ratio(), number, place)
        for place, text in texts.items()
        if place not in kept
        for number, old in free.items()
    ]
    for likeness, number, place in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if likeness >= ALIKE and number in free and place not in kept:
            kept[place] = number
            del free[number]
    return kept


def _flat(text):
    return " ".join(re.findall(r"\w+", text.casefold()))
