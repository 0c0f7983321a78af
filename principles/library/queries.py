"""How a text differs from the one that it was begun from."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from principles.library.models import Inspired
from principles.library.shelf import Inspiration
from principles.queries import Change, changes_among, parts_of, texts_of


@dataclass
class Departure:
    inspiration: Inspiration
    changes: list[Change]


def departure_of(version, parts=None):
    """None for a text that was not begun from an inspiration. `parts` where they are read already."""
    inspired = Inspired.objects.filter(principle=version.principle_id).first()
    if inspired is None or inspired.inspiration is None:
        return None
    texts = texts_of(version, parts or parts_of(version))
    return Departure(inspired.inspiration, changes_among(_texts_of(inspired.inspiration.outline), texts))


def _texts_of(outline):
    """As `texts_of` a version that was copied from it."""
    texts = {("title",): (_("Title"), outline.title), ("introduction",): (_("Introduction"), outline.introduction)}
    seen, number = {}, 0
    for section in outline.sections:
        nth = seen[section.kind] = seen.get(section.kind, 0) + 1
        texts["heading", section.kind, nth] = (_("Heading"), section.heading)
        above, below = _("Above the points, %(heading)s"), _("Below the points, %(heading)s")
        texts["lead", section.kind, nth] = (above % {"heading": section.heading}, section.lead)
        for text in section.clauses:
            number += 1
            texts["clause", number] = (_("Point %(number)s") % {"number": number}, text)
        texts["closing", section.kind, nth] = (below % {"heading": section.heading}, section.closing)
    return {key: (label, text) for key, (label, text) in texts.items() if text}
