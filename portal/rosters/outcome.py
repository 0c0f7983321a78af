"""What an import does, or would do: numbers for each kind, names as examples, and whether it removes too much."""

from dataclasses import dataclass, field

KINDS = ("schools", "classes", "persons", "places", "relations", "roles")
VERBS = ("created", "updated", "unchanged", "deactivated")


@dataclass
class Outcome:
    counts: dict = field(default_factory=lambda: {kind: dict.fromkeys(VERBS, 0) for kind in KINDS})
    examples: dict = field(default_factory=dict)
    asks: list = field(default_factory=list)  # what somebody must agree to: kind, place, how many of how many

    def count(self, kind, verb, number):
        """Of each kind always, and of what few files say anything of only when one does."""
        self.counts.setdefault(kind, dict.fromkeys(VERBS, 0))[verb] += number

    def show(self, kind, verb, names):
        if names:
            self.examples.setdefault(kind, {}).setdefault(verb, []).extend(names)

    @property
    def total(self):
        """Each verb over every kind."""
        return {verb: sum(of_kind[verb] for of_kind in self.counts.values()) for verb in VERBS}

    @property
    def changes(self):
        return sum(number for verb, number in self.total.items() if verb != "unchanged")

    def ask(self, kind, place, gone, there):
        self.asks.append({"kind": kind, "place": place, "gone": gone, "there": there})

    def beyond(self, agreed):
        """What somebody must agree to and has not: another part, or more of one."""
        known = {(ask["kind"], ask["place"]): ask["gone"] for ask in agreed}
        return [ask for ask in self.asks if ask["gone"] > known.get((ask["kind"], ask["place"]), 0)]
