"""What the page of a child shows of its class: what was done, what the families were told, and what one may ask about."""

from django.db.models import Value
from django.utils import timezone

from networks.models import Bulletin, Gathering, WeeklyLine
from portal.children import MOST

GATHERING, BULLETIN, WEEKLY = "gathering", "bulletin", "weekly"


def held_and_told(classes, reader, *, is_own):
    """Of these classes, as the reader may see it, the newest first; of itself a child reads the weekly line alone. One
    query."""
    now, here = timezone.now(), [one.pk for one in classes]
    asked = [(WeeklyLine.objects.visible_to(reader).lately(timezone.localdate()), WEEKLY, "text", "written_at")]
    if not is_own:
        held = Gathering.objects.visible_to(reader).that_took_place(now)
        asked += [
            (held, GATHERING, "title", "starts_at"),
            (Bulletin.objects.told_to(reader), BULLETIN, "title", "told_at"),
        ]
    first, *others = [
        query.filter(school_class__in=here)
        .annotate(sort=Value(sort))
        .order_by(f"-{at}", "-pk")
        .values_list("sort", "pk", said, at, "school_class")[:MOST]
        for query, sort, said, at in asked
    ]
    return list(first.union(*others, all=True) if others else first) if here else []
