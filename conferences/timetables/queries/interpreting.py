"""How many interpreters of a language a timetable asks for, and when they come: in a row where possible."""

from collections import defaultdict
from dataclasses import replace
from math import ceil

FULL = 0.7  # the share of the slots in question that one interpreter can be asked to fill
SLACK = 1.4  # how much longer a stretch is than the talks in it


def shared_out(talks, languages):
    """{talk: [interpreters]}: one of each language, and only as many more as its talks require. A family keeps the same one."""
    of_language = defaultdict(list)
    for talk in talks:
        for language in languages[talk.key]:
            of_language[language].append(talk)
    found = defaultdict(list)
    for language, own in sorted(of_language.items()):
        usable = {start + more for talk in own for start in talk.possible for more in range(talk.length)}
        number = ceil(sum(talk.length for talk in own) / (FULL * len(usable)))
        load, of_family = [0] * max(1, number), {}
        for talk in sorted(own, key=lambda talk: (str(talk.family), talk.key)):
            least = of_family.setdefault(talk.family, load.index(min(load)))
            load[least] += talk.length
            found[talk.key].append(f"{language} {least + 1}")
    return found


def narrowed(talks, slots):
    """The same talks; those with an interpreter are limited to the stretch of a day in which most of that language fit."""
    of_interpreter = defaultdict(list)
    for talk in talks:
        if talk.interpreter and not talk.interpreter.startswith("teacher "):
            of_interpreter[talk.interpreter].append(talk)
    narrow = {}
    for own in of_interpreter.values():
        narrow |= _stretches(own, slots)
    return [replace(talk, possible=narrow.get(talk.key, talk.possible)) for talk in talks]


def _stretches(talks, slots):
    narrow, left = {}, list(talks)
    while left:
        width = ceil(SLACK * sum(talk.length for talk in left))
        options = sorted({start for talk in left for start in talk.possible})
        first = max(options, key=lambda start: sum(bool(_within(talk, start, width, slots)) for talk in left))
        inside = {talk.key: _within(talk, first, width, slots) for talk in left}
        inside = {key: starts for key, starts in inside.items() if starts}
        narrow |= inside
        left = [talk for talk in left if talk.key not in inside]
    return narrow


def _within(talk, first, width, slots):
    last = min(first + width, (first // slots + 1) * slots) - talk.length
    return tuple(start for start in talk.possible if first <= start <= last)
