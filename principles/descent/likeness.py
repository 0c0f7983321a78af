"""Which point of an earlier wording a point of a new text may be. The same words are the same point; likeness only
proposes, and whoever writes the text says what it is.

Each point is laid beside a few others, those with which it shares its rarest words and those that stand where it stands,
so that a text twice as long takes twice as long.
"""

import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

ALIKE = 0.5  # of the words: proposed as the same
NEAR = 0.4  # asked about, and proposed as new
WITHIN = 0.7  # of the words of one that stand in the other: a part of it
FEW = 4  # words that say too little to be a part of anything
COMMON = 30  # points in which a word stands that tells none apart
BESIDE = 5  # points that one is laid beside for its words


@dataclass(frozen=True)
class Point:
    number: int
    text: str
    under: str = ""


@dataclass(frozen=True)
class Descends:
    """Where a point comes from: the number that it carries on, the one that it was split off from, those that went into it.
    A new point comes from none."""

    same: int | None = None
    split: int | None = None
    takes: tuple[int, ...] = ()


NEW = Descends()


@dataclass
class Proposal:
    """Of a point of the new text. The first option is what is proposed; a sure one needs nobody to look at it."""

    text: str
    under: str
    options: list[Descends] = field(default_factory=lambda: [NEW])
    sure: bool = True

    @property
    def proposed(self):
        return self.options[0]


def propose(before, texts):
    """A `Proposal` for each (heading, text) of the new wording. `before` are the points of the earlier one, in order."""
    proposals = [Proposal(text, under) for under, text in texts]
    same = _word_for_word(before, texts)
    for place, number in same.items():
        proposals[place].options = [Descends(same=number), NEW]
    taken = set(same.values())
    old = {point.number: _words(point.text) for point in before if point.number not in taken}
    new = {place: _words(text) for place, (_under, text) in enumerate(texts) if place not in same}
    near = {place: _pairs(old, words, beside) for (place, words), beside in _beside(before, same, old, new)}
    chosen = _one_each(near)
    parts, merged = _parts(old, new, near, chosen), _merged(old, new, near, chosen)
    for place, pairs in near.items():
        if pairs:
            proposals[place].sure = False
            proposals[place].options = _options(place, pairs, chosen, parts, merged)
    return proposals


def settled(descents):
    """A point that is split and that nobody carries on is carried on by the first of its parts."""
    carried = {one.same for one in descents}
    found = []
    for one in descents:
        if one.split is not None and one.split not in carried:
            carried.add(one.split)
            one = Descends(same=one.split)
        found.append(one)
    return found


def flat(text):
    """The words alone; of a text without any, its signs."""
    return " ".join(re.findall(r"\w+", text.casefold())) or text.strip()


def alike(one, other):
    """Of two bags of words."""
    return 2 * _shared(one, other) / ((one.total() + other.total()) or 1)


def _words(text):
    return Counter(flat(text).split())


def _shared(one, other):
    return (one & other).total()


def _word_for_word(before, texts):
    """{place: number}, first under the same heading, then anywhere."""
    found, taken = {}, set()
    for key in (lambda under, text: (flat(under), flat(text)), lambda _under, text: flat(text)):
        waiting = defaultdict(deque)
        for point in before:
            if point.number not in taken:
                waiting[key(point.under, point.text)].append(point.number)
        for place, (under, text) in enumerate(texts):
            if place not in found and waiting[key(under, text)]:
                found[place] = waiting[key(under, text)].popleft()
                taken.add(found[place])
    return found


def _beside(before, same, old, new):
    """((place, its words), the numbers that it is laid beside) for each point that is not word for word an earlier one."""
    stands = defaultdict(list)
    for number, words in old.items():
        for word in words:
            stands[word].append(number)
    order = [point.number for point in before]
    at = {number: place for place, number in enumerate(order)}
    here = 0
    for place in sorted([*same, *new]):
        if place in same:
            here = at[same[place]] + 1
            continue
        score = Counter()
        for word in new[place]:
            if 0 < len(stands[word]) <= COMMON:
                score.update(dict.fromkeys(stands[word], 1 / len(stands[word])))
        found = [number for number, _score in score.most_common(BESIDE)]
        neighbours = [number for number in order[max(0, here - 1) : here + 2] if number in old]
        yield (place, new[place]), dict.fromkeys([*found, *neighbours])
        here += 1


def _pairs(old, words, beside):
    """[(likeness, number)] of those that are like enough to be asked about, the likest first."""
    found = []
    for number in beside:
        likeness = alike(old[number], words)
        if _is_part(words, old[number]) or _is_part(old[number], words):
            likeness = max(likeness, ALIKE)
        if likeness >= NEAR:
            found.append((likeness, number))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _is_part(one, other):
    return one.total() >= FEW and _shared(one, other) >= WITHIN * one.total()


def _one_each(near):
    """{place: (likeness, number)}: the likest first, each number once."""
    pairs = [(likeness, number, place) for place, found in near.items() for likeness, number in found]
    chosen, taken = {}, set()
    for likeness, number, place in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if place not in chosen and number not in taken:
            chosen[place] = (likeness, number)
            taken.add(number)
    return chosen


def _parts(old, new, near, chosen):
    """{place: number} of points that hold what another left out of an earlier one."""
    at = {number: place for place, (_likeness, number) in chosen.items()}
    found = {}
    for place, pairs in near.items():
        for _likeness, number in pairs if place not in chosen else ():
            other = new[at[number]] if number in at else Counter()
            if _is_part(new[place], old[number]) and alike(old[number], other + new[place]) > alike(old[number], other):
                found.setdefault(place, number)
    return found


def _merged(old, new, near, chosen):
    """{place: numbers} of earlier points that went into one that carries another on."""
    taken = {number for _likeness, number in chosen.values()}
    found, given = defaultdict(tuple), set()
    for place, (_likeness, number) in chosen.items():
        whole = old[number]
        for _less, other in near[place]:
            if other in taken or other in given or not _is_part(old[other], new[place]):
                continue
            if alike(whole + old[other], new[place]) > alike(whole, new[place]):
                whole = whole + old[other]
                found[place] += (other,)
                given.add(other)
    return found


def _options(place, pairs, chosen, parts, merged):
    likest = pairs[0][1]
    options = []
    if place in chosen:
        likeness, number = chosen[place]
        if merged[place]:
            options.append(Descends(same=number, takes=merged[place]))
        elif likeness < ALIKE:
            options.append(NEW)
        options.append(Descends(same=number))
        likest = number
    elif place in parts:
        likest = parts[place]
        options.append(Descends(split=likest))
    else:
        options.append(NEW)
    options += [Descends(same=number) for _likeness, number in pairs[:3]]
    return list(dict.fromkeys([*options, Descends(split=likest), NEW]))
