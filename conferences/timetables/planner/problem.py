"""What the planner is asked, and what it answers: plain values, no models.

Slots are numbered through all days: slot 23 with 20 slots a day is the fourth of the second day. A talk starts in a
slot and lasts `length` of them, all on one day. Keys are the caller's: numbers or strings, as JSON carries them.
"""

from dataclasses import dataclass, field
from functools import cached_property

NO_COMMON_TIME = "no_common_time"
FAMILY_CLASH = "family_clash"
TEACHER_FULL = "teacher_full"
INTERPRETER_FULL = "interpreter_full"
LOST_TO_OTHERS = "lost_to_others"

Key = int | str


@dataclass(frozen=True)
class Talk:
    """One talk to be placed. `possible` are the starts that suit everybody; a single one fixes the talk. `interpreter`
    is one interpreter, who is in one place at a time: a language with two of them is two keys. `place` is where it is
    held, by default the teacher's own; talks of one family in different places need time to walk."""

    key: Key
    teacher: Key
    family: Key
    pupil: Key
    possible: tuple[int, ...]
    interpreter: Key | None = None
    length: int = 1
    place: Key | None = None

    @property
    def where(self):
        return ("teacher", self.teacher) if self.place is None else ("place", self.place)


@dataclass(frozen=True)
class Pause:
    """A break on every day that a teacher has talks: `length` slots between `earliest` and `latest_end` of the day."""

    length: int
    earliest: int
    latest_end: int

    def starts(self):
        return range(self.earliest, self.latest_end - self.length + 1)


@dataclass(frozen=True)
class Problem:
    days: int
    slots: int  # of each day
    talks: tuple[Talk, ...]
    pauses: dict[Key, Pause] = field(default_factory=dict)  # by teacher; those left out need none
    walking: int = 0  # slots between talks of one family in different places

    def __post_init__(self):
        if self.days < 1 or self.slots < 1 or self.walking < 0:
            raise ValueError("A plan needs at least one day of one slot, and nobody walks in less than no time.")
        if len(self.by_key) != len(self.talks):
            raise ValueError("Two talks have the same key.")
        for talk in self.talks:
            self._check(talk)
        for teacher, pause in self.pauses.items():
            if pause.length < 1 or pause.earliest < 0 or pause.latest_end > self.slots or not pause.starts():
                raise ValueError(f"The break of teacher {teacher} does not fit in a day.")

    def _check(self, talk):
        if talk.length < 1:
            raise ValueError(f"Talk {talk.key} lasts no time.")
        for start in talk.possible:
            if not 0 <= start < self.days * self.slots or start % self.slots + talk.length > self.slots:
                raise ValueError(f"Talk {talk.key} cannot start in slot {start}.")

    @cached_property
    def by_key(self):
        return {talk.key: talk for talk in self.talks}


@dataclass(frozen=True)
class Plan:
    """A start for each talk by its key, None for one without a time; no plan of this problem costs less than `bound`."""

    starts: dict[Key, int | None]
    objective: int
    bound: int = 0

    @property
    def is_optimal(self):
        return self.objective <= self.bound

    @property
    def unplaced(self):
        return [key for key, start in self.starts.items() if start is None]

    def moved_from(self, other):
        return [key for key, start in self.starts.items() if other.starts.get(key) not in (None, start)]


@dataclass(frozen=True)
class Unplaced:
    key: Key
    reason: str


def common_starts(length, slots, *availabilities):
    common = set.intersection(*map(set, availabilities))
    return tuple(
        start
        for start in sorted(common)
        if start % slots + length <= slots and all(start + more in common for more in range(length))
    )
