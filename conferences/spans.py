"""Two spans of time that overlap: both begin before the other ends. Where one ends, the next may begin. What the database
keeps busy as a range asks for `during__overlap`, which says the same."""

from django.db.models import Q


def overlapping(spans, starts_at, ends_at):
    """Those of the spans, (from, to) and whatever else, that overlap with this one."""
    return (span for span in spans if span[0] < ends_at and starts_at < span[1])


def overlaps(starts_at, ends_at, of=""):
    """The same as a condition on rows with a `starts_at` and an `ends_at`, or on what such rows are `of`."""
    return Q(**{f"{of}starts_at__lt": ends_at, f"{of}ends_at__gt": starts_at})
