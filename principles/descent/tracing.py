"""The recorded steps of the points of a version, in step with its text."""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass

from principles.descent.models import Descent
from principles.models import Clause, PrincipleVersion

Kind = Descent.Kind


@dataclass(frozen=True)
class Place:
    number: int
    text: str
    party: str
    section: int
    heading: str


def trace(version, told=()):
    """Record what became of each point since the version before; a first version has nothing before it. `told` is
    {number: (kind, kin)} of points that were split off or merged, as whoever wrote it has said; what was said before
    holds as long as it can be true. Five queries, however many points."""
    before = PrincipleVersion.objects.filter(principle=version.principle_id, number=version.number - 1).first()
    if before is None:
        return
    places = _places(before, version)
    old, new = places[before.pk], places[version.pk]
    recorded = {
        number: (kind, kin)
        for number, kind, kin in version.descents.values_list("lineage__number", "kind", "kin__number")
    }
    steps = _steps(old, new, {**recorded, **dict(told)})
    if steps == recorded:
        return
    keys = dict(version.principle.lineages.values_list("number", "pk"))
    other = [number for number, step in recorded.items() if steps.get(number) != step]
    version.descents.filter(lineage__number__in=other).delete()
    Descent.objects.bulk_create(
        Descent(version=version, lineage_id=keys[number], kind=kind, kin_id=keys.get(kin))
        for number, (kind, kin) in steps.items()
        if recorded.get(number) != (kind, kin)
    )


def _places(*versions):
    """{version: its points in order}."""
    found = defaultdict(list)
    rows = Clause.objects.filter(version__in=versions).order_by("section__position", "position", "pk")
    for row in rows.values_list("version", "number", "text", "party", "section", "section__heading"):
        found[row[0]].append(Place(*row[1:]))
    return found


def _steps(old, new, told):
    """{number: (kind, kin)} of every point of either."""
    before, after = {one.number: one for one in old}, {one.number: one for one in new}
    still = _still(old, new)
    steps = {}
    for number in [*before, *(one for one in after if one not in before)]:
        kind, kin = told.get(number, ("", None))
        if number in before and number in after:
            steps[number] = (_became(before[number], after[number], number in still), None)
        elif number in after:
            steps[number] = (kind, kin) if kind == Kind.SPLIT and kin in before else (Kind.NEW, None)
        else:
            steps[number] = (kind, kin) if kind == Kind.MERGED and kin in after else (Kind.GONE, None)
    return steps


def _became(was, now, stands):
    if was.text != now.text:
        return Kind.CHANGED
    return Kind.KEPT if stands and was.party == now.party else Kind.MOVED


def _still(old, new):
    """The points that stand where they stood: most of those that are in both and in the same order, each under the heading
    that is what its own has become. What is put in before one, or struck, moves none."""
    at = {one.number: place for place, one in enumerate(old)}
    was = {one.number: one for one in old}
    common = [one for one in new if one.number in at]
    headings = _headings(was, common)
    stay = [one for one in common if headings[one.section] == was[one.number].section]
    return {stay[place].number for place in longest([at[one.number] for one in stay])}


def _headings(was, common):
    """{section: the earlier one that it is}: of the same heading, or where most of its points come from."""
    found = defaultdict(Counter)
    for one in common:
        came = was[one.number]
        found[one.section][came.section] += 1 + len(common) * (came.heading == one.heading)
    return {section: came.most_common(1)[0][0] for section, came in found.items()}


def longest(row):
    """The places of a longest rising part of a row of numbers."""
    ends, last, before = [], [], []
    for place, number in enumerate(row):
        at = bisect_left(ends, number)
        ends[at : at + 1], last[at : at + 1] = [number], [place]
        before.append(last[at - 1] if at else None)
    found, place = [], last[-1] if last else None
    while place is not None:
        found.append(place)
        place = before[place]
    return found[::-1]
