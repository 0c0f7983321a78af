"""The gatherings of a class as everyone on its page reads them."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from networks.models import Gathering, Rsvp


@dataclass(frozen=True)
class GatheringsOnPage:
    """`answer` is what the reader's home has said to the next one."""

    next: Gathering | None
    answer: Rsvp.Answer | None
    later: list[Gathering]
    held: list[Gathering]


def gatherings_on_page(school_class, reader):
    """One query at any size."""
    own = Rsvp.objects.filter(gathering=OuterRef("pk"), household=reader.household_id).exclude(household=None)
    told = Gathering.objects.visible_to(reader).filter(school_class=school_class).exclude(state=Gathering.State.DRAFT)
    gatherings = list(told.select_related("school_class__school").annotate(answer=Subquery(own.values("answer"))))
    now = timezone.now()
    ahead = [one for one in gatherings if not one.is_over(now)]
    first = next((one for one in ahead if not one.is_cancelled), None)
    return GatheringsOnPage(
        next=first,
        answer=Rsvp.Answer(first.answer) if first and first.answer else None,
        later=[one for one in ahead if one != first],
        held=[one for one in reversed(gatherings) if one.is_over(now) and not one.is_cancelled],
    )
