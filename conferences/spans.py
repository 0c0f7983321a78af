"""Two spans of time overlap if each begins before the other ends; where one ends, the next may begin. On ranges in the
database `during__overlap` says the same."""

from django.db.models import Q


def overlapping(spans, starts_at, ends_at):
    return (span for span in spans if span[0] < ends_at and starts_at < span[1])


def overlaps(starts_at, ends_at, of=""):
    """A condition on rows with `starts_at` and `ends_at`; `of` is the prefix of a relation to them."""
    return Q(**{f"{of}starts_at__lt": ends_at, f"{of}ends_at__gt": starts_at})
