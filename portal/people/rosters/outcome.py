"""What an import does, or would do: numbers for each kind, names as examples, and whether it removes too much."""

from dataclasses import dataclass, field

KINDS = ("schools", "classes", "persons", "places", "relations", "roles")
VERBS = ("created", "updated", "unchanged", "deactivated")
BRAKED = ("persons", "places", "relations")
BRAKE = 10  # per cent


@dataclass
class Outcome:
    counts: dict = field(default_factory=lambda: {kind: dict.fromkeys(VERBS, 0) for kind in KINDS})
    examples: dict = field(default_factory=dict)
    held_back: int = 0

    def count(self, kind, verb, number):
        self.counts[kind][verb] += number

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

    @property
    def brake(self):
        """{kind: per cent removed} where more than a tenth of what was there would go."""
        shares = {}
        for kind in BRAKED:
            of_kind = self.counts[kind]
            there = of_kind["updated"] + of_kind["unchanged"] + of_kind["deactivated"]
            if of_kind["deactivated"] * 100 > there * BRAKE:
                shares[kind] = round(of_kind["deactivated"] * 100 / there)
        return shares
