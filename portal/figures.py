"""The register of totals: rooms register a figure, overviews and the board's supervision read it.

A figure is a count over one school and one period. It never names anyone, and a share of fewer than `smallest` is not
shown at all.
"""

from dataclasses import dataclass

from django.db.models import Count

FIGURES: dict[str, "Figure"] = {}
_BEHIND: list[tuple] = []

SMALLEST = 5


def in_fives(number):
    """So that no two numbers that are shown differ by one to four, and nobody can be counted out of them."""
    return (number + SMALLEST // 2) // SMALLEST * SMALLEST


@dataclass(frozen=True)
class Total:
    part: int
    whole: int

    @classmethod
    def of(cls, rows, part):
        return cls(**rows.order_by().aggregate(whole=Count("pk"), part=Count("pk", filter=part)))


@dataclass(frozen=True)
class Figure:
    name: str
    label: str
    unit: str
    query: object
    smallest: int = SMALLEST
    target: int | None = None  # percent from which all is well; None where there is no target
    headline: bool = False  # one of the few for the first page

    def over(self, school, start, end):
        """For `school` from `start` to `end` (dates, both included); None when too few to show."""
        total = self.query(school, start, end)
        return total if total.whole >= self.smallest else None


@dataclass(frozen=True)
class Behind:
    page: str
    label: str


def lies_behind_figures(kind, page, label):
    _BEHIND.append((kind, Behind(page, label)))


def behind_figures(hat):
    return [behind for kind, behind in _BEHIND if kind == hat.kind]


def figure(name, *, label, unit, smallest=SMALLEST, target=None, headline=False):
    """Register a total under `name` ("networks.classes_with_gathering"). A second of the same name is refused."""

    def register(query):
        if name in FIGURES:
            raise ValueError(f"the figure {name} is registered twice")
        FIGURES[name] = Figure(name, label, unit, query, smallest, target, headline)
        return query

    return register
