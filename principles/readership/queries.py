"""How often a version was read, for those who write it: in fives, and nothing of fewer than five."""

from dataclasses import dataclass
from datetime import date

from portal.figures import SMALLEST, in_fives
from principles.readership.models import ReadingTotal

MONTHS = 12


@dataclass(frozen=True)
class Read:
    month: date
    times: int | None


def readings_of(version):
    totals = ReadingTotal.objects.of(version)[:MONTHS]
    return [Read(one.month, in_fives(one.times) if one.times >= SMALLEST else None) for one in totals]
