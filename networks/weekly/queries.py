"""What the page of a class shows of its weekly line."""

from dataclasses import dataclass

from networks.models import WeeklyLine
from networks.weekly.rules import can_write_weekly


@dataclass(frozen=True)
class WeeklyOnPage:
    line: WeeklyLine | None
    may_write: bool


def weekly_on_page(school_class, reader):
    """The newest of this week and the last. One query: whoever reads the page of a class may read its line."""
    lately = WeeklyLine.objects.filter(school_class=school_class).lately(school_class.school.today())
    return WeeklyOnPage(line=lately.first(), may_write=can_write_weekly(reader, school_class))


def line_of_this_week(school_class):
    return WeeklyLine.objects.filter(school_class=school_class).of_week(school_class.school.today()).first()
