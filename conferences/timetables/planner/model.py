"""The problem as intervals for OR-Tools' CP-SAT, always with a complete hint: every variable starts with its value in
the plan.

An interval for each talk, no overlap for each teacher, family and interpreter, a break as one more interval of the
teacher, and a day's waiting as its span less what fills it. One boolean for each slot would be a hundred times slower.
"""

from collections import defaultdict
from itertools import combinations

from ortools.sat.python import cp_model

from .scoring import EXTRA_DAY, IDLE, UNPLACED, WAITING


class Model:
    """The part of a problem that `talks` are, around a plan; talks that are not `free` stand still. `price` is what a
    talk without a time costs. `pays_for` says whose waiting counts: "teacher", "family" or both."""

    def __init__(self, problem, talks, starts, free=None, price=UNPLACED, pays_for=("teacher", "family")):
        self.problem, self.starts, self.price = problem, starts, price
        self.free = {talk.key for talk in talks} if free is None else free
        self.model = cp_model.CpModel()
        self.terms, self.constant = [], 0
        self.stride = problem.slots + problem.walking  # a day's end is as far from the next as a walk
        self.start, self.present, self.interval, self.on_day = {}, {}, {}, {}
        for talk in talks:
            self._talk(talk)
        self._people(talks, "interpreter", lambda group: self._apart(group, []))
        if "teacher" in pays_for:
            self._people(talks, "teacher", self._teacher)
        if "family" in pays_for:
            self._people(talks, "family", self._family)
        self.cost = sum(self.terms) + self.constant
        self.model.minimize(self.cost)

    def _int(self, low, high, value):
        variable = self.model.new_int_var(low, high, "")
        self.model.add_hint(variable, value)
        return variable

    def _bool(self, value):
        variable = self.model.new_bool_var("")
        self.model.add_hint(variable, value)
        return variable

    def _scaled(self, slot):
        return slot // self.problem.slots * self.stride + slot % self.problem.slots

    def _talk(self, talk):
        now = self.starts.get(talk.key)
        if talk.key not in self.free and now is None:
            self.constant += self.price
            return
        if not talk.possible:
            self.constant += self.price
            return
        options = talk.possible if talk.key in self.free else (now,)
        domain = cp_model.Domain.from_values([self._scaled(slot) for slot in options])
        start = self.model.new_int_var_from_domain(domain, "")
        self.model.add_hint(start, self._scaled(options[0] if now is None else now))
        present = self._bool(now is not None)
        if talk.key not in self.free:
            self.model.add(present == 1)
        else:
            self.terms.append(self.price * (1 - present))
        days = sorted({slot // self.problem.slots for slot in options})
        on_day = {day: self._bool(now is not None and now // self.problem.slots == day) for day in days}
        self.model.add_exactly_one([*on_day.values(), ~present])
        if len(days) > 1:
            for day, literal in on_day.items():
                inside = cp_model.Domain(day * self.stride, day * self.stride + self.problem.slots - 1)
                self.model.add_linear_expression_in_domain(start, inside).only_enforce_if(literal)
        self.start[talk.key], self.present[talk.key], self.on_day[talk.key] = start, present, on_day
        self.interval[talk.key] = self.model.new_optional_fixed_size_interval_var(start, talk.length, present, "")

    def _people(self, talks, who, constrain):
        groups = defaultdict(list)
        for talk in talks:
            if talk.key in self.start and getattr(talk, who) is not None:
                groups[getattr(talk, who)].append(talk)
        for group in groups.values():
            if any(talk.key in self.free for talk in group):
                constrain(group)

    def _apart(self, group, others):
        if len(group) + len(others) > 1:
            self.model.add_no_overlap([*(self.interval[talk.key] for talk in group), *others])

    def _teacher(self, group):
        pause, breaks = self.problem.pauses.get(group[0].teacher), []
        if len(group) == 1 and pause is None:
            return
        for day in range(self.problem.days):
            busy = self._busy(group, day)
            if not busy:
                continue
            now = self._now(group, day)
            used = self._bool(bool(now))
            filled = sum(talk.length * literal for talk, literal in busy)
            if pause is not None:
                begin, now = self._break(day, pause, now)
                breaks.append(self.model.new_optional_fixed_size_interval_var(begin, pause.length, used, ""))
                filled += pause.length * used
            low, high, waiting = self._waiting(day, busy, used, filled, now)
            if pause is not None:
                self.model.add(low <= begin).only_enforce_if(used)
                self.model.add(high >= begin + pause.length).only_enforce_if(used)
            self.terms.append(IDLE * waiting)
        self._apart(group, breaks)

    def _break(self, day, pause, now):
        starts = [day * self.stride + start for start in pause.starts()]
        begin = starts[0]
        if now:
            free = [at for at in starts if all(end <= at or at + pause.length <= start for start, end in now)]
            first, last = min(now)[0], max(now)[1]
            begin = min(free, key=lambda at: max(last, at + pause.length) - min(first, at), default=begin)
            now = sorted([*now, (begin, begin + pause.length)])
        return self._int(starts[0], starts[-1], begin), now

    def _family(self, group):
        if len(group) == 1:
            return
        used_days, days_now = [], 0
        for day in range(self.problem.days):
            busy = self._busy(group, day)
            if not busy:
                continue
            now = self._now(group, day)
            used = self._bool(bool(now))
            walks, walks_now = self._walking(group, day, busy, used)
            filled = sum(talk.length * literal for talk, literal in busy) + walks
            *_ends, waiting = self._waiting(day, busy, used, filled, now, walks_now)
            self.terms.append(WAITING * waiting)
            used_days.append(used)
            days_now += bool(now)
        if len(used_days) > 1:
            extra = self._int(0, len(used_days) - 1, max(0, days_now - 1))
            self.model.add(extra >= sum(used_days) - 1)
            self.terms.append(EXTRA_DAY * extra)
        self._apart(group, [])

    def _walking(self, group, day, busy, used):
        """Slots of a family's day that walking fills: once for each place after the first. Also keeps the talks as far apart."""
        walking = self.problem.walking
        places = defaultdict(list)
        for talk, literal in busy:
            places[talk.where].append((talk, literal))
        if not walking or len(places) == 1:
            return 0, 0
        visited = []
        for talks in places.values():
            there_now = any(self._is_on(talk, day) for talk, _literal in talks)
            visited.append(self._bool(there_now) if len(talks) > 1 else talks[0][1])
            self.model.add(visited[-1] <= sum(literal for _talk, literal in talks))
        stretched = {
            talk.key: self.model.new_optional_fixed_size_interval_var(
                self.start[talk.key], talk.length + walking, literal, ""
            )
            for talk, literal in busy
        }
        for (talk, _literal), (other, _other_literal) in combinations(busy, 2):
            if talk.where != other.where:
                self.model.add_no_overlap([stretched[talk.key], stretched[other.key]])
        places_now = len({talk.where for talk in group if self._is_on(talk, day)})
        return walking * (sum(visited) - used), walking * max(0, places_now - 1)

    def _waiting(self, day, busy, used, filled, now, walked_now=0):
        begin, end = day * self.stride, day * self.stride + self.problem.slots
        first, last = (min(now)[0], max(now)[1]) if now else (begin, begin)
        low, high = self._int(begin, end, first), self._int(begin, end, last)
        for talk, literal in busy:
            self.model.add(low <= self.start[talk.key]).only_enforce_if(literal)
            self.model.add(high >= self.start[talk.key] + talk.length).only_enforce_if(literal)
            self.model.add_implication(literal, used)
        self.model.add_bool_or([~used, *(literal for _talk, literal in busy)])
        filled_now = sum(until - since for since, until in now) + walked_now
        waiting = self._int(0, self.problem.slots, last - first - filled_now)
        self.model.add(waiting >= high - low - filled)
        return low, high, waiting

    def _busy(self, group, day):
        return [(talk, self.on_day[talk.key][day]) for talk in group if day in self.on_day[talk.key]]

    def _is_on(self, talk, day):
        start = self.starts.get(talk.key)
        return start is not None and start // self.problem.slots == day

    def _now(self, group, day):
        starts = [(self._scaled(self.starts[talk.key]), talk.length) for talk in group if self._is_on(talk, day)]
        return sorted((start, start + length) for start, length in starts)

    def charge_for_moves(self, home, move_cost):
        """A talk that had a time and gets another costs `move_cost`. Returns whether each one moves."""
        moves = []
        for key, start in self.start.items():
            if key not in self.free or home.get(key) is None:
                continue
            moved = self._bool(self.starts.get(key) != home[key])
            self.model.add(start == self._scaled(home[key])).only_enforce_if(~moved)
            self.model.add_implication(~self.present[key], moved)
            moves.append(moved)
        if move_cost:
            self.cost += move_cost * sum(moves)
            self.model.minimize(self.cost)
        return moves

    def at_least(self, bound):
        self.model.add(self.cost >= bound)

    def starts_in(self, values):
        starts = dict(self.starts)
        for key, start in self.start.items():
            if key in self.free:
                at = values.value(start)
                placed = values.boolean_value(self.present[key])
                starts[key] = at // self.stride * self.problem.slots + at % self.stride if placed else None
        return starts
