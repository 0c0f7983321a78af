"""Days and hours of the demo: nothing happens at the weekend that need not."""

from datetime import datetime, time, timedelta


def weekday(day):
    """The day, or the Monday after it."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def weekday_before(day):
    """The day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def school_days(first, count):
    """So many days from the first one on, without weekends."""
    days = [weekday(first)]
    while len(days) < count:
        days.append(weekday(days[-1] + timedelta(days=1)))
    return days


def evening(school, day):
    """Eight in the evening at the school."""
    return datetime.combine(day, time(20), tzinfo=school.zone)
