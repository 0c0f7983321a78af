"""What the page of a child shows of its class: what was done, and what the families were told."""

from django.db.models import Value
from django.utils import timezone

from networks.models import Bulletin, Gathering
from portal.children import MOST

GATHERING, BULLETIN = "gathering", "bulletin"


def held_and_told(classes, reader):
    """Of these classes, as the reader may see it, the newest first. One query."""
    now, here = timezone.now(), [one.pk for one in classes]
    held = Gathering.objects.visible_to(reader).that_took_place(now).filter(school_class__in=here)
    told = Bulletin.objects.told_to(reader).filter(school_class__in=here)
    rows = [
        query.annotate(sort=Value(sort))
        .order_by(f"-{at}", "-pk")
        .values_list("sort", "pk", "title", at, "school_class")[:MOST]
        for query, sort, at in ((held, GATHERING, "starts_at"), (told, BULLETIN, "told_at"))
    ]
    return list(rows[0].union(rows[1], all=True)) if here else []
