"""What the one who has been class contact hands over, and when their time runs out."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models.functions import Coalesce, Least
from django.utils import timezone

from networks.models import Gathering, Proposal, SharedNormAgreement
from portal.people.models import Role, SchoolClass

SOON = timedelta(days=30)
CONTACT = Role.Kind.CLASS_CONTACT


@dataclass(frozen=True)
class HandOver:
    """Everything here the reader may open: it is the class contact's own page."""

    school_class: SchoolClass
    drafts: list[Gathering]
    planned: list[Gathering]
    held: list[Gathering]
    agreements: list[SharedNormAgreement]
    proposals: int
    ends_on: date | None
    runs_out: bool


def hand_over_of(school_class, person):
    """Four queries at any size."""
    gatherings = list(school_class.gatherings.select_related("school_class", "poll"))
    told = [one for one in gatherings if not one.is_draft and not one.is_cancelled]
    same = SchoolClass.objects.filter(pk=school_class.pk)
    ends_on = ending_terms(None).filter(person=person.pk, school_class=school_class).values_list("ends", flat=True)
    last = max(ends_on, default=None)
    return HandOver(
        school_class=school_class,
        drafts=[one for one in gatherings if one.is_draft and not one.is_over()],
        planned=[one for one in told if not one.is_over()],
        held=[one for one in told if one.is_over()],
        agreements=list(SharedNormAgreement.objects.not_ended().of_classes(same)),
        proposals=Proposal.objects.open().filter(school_class=school_class).count(),
        ends_on=last,
        runs_out=last is not None and last <= school_class.school.today() + SOON,
    )


ENDS = Least(Coalesce("valid_to", "school_class__year__ends_on"), "school_class__year__ends_on")


def ending_terms(within=SOON):
    """The roles of class contacts that count today, with the day on which each `ends`: its own, and at the latest the
    last of the school year. With `within` only those that end so soon."""
    roles = Role.objects.live(kinds=[CONTACT]).annotate(ends=ENDS)
    return roles if within is None else roles.filter(ends__lte=timezone.localdate() + within)


def keys_of_ending(today):
    """Keys of the few whose day is near, whether or not they count."""
    contacts = Role.objects.filter(kind=CONTACT).annotate(ends=ENDS).order_by()
    return list(contacts.filter(ends__range=(today, today + SOON)).values_list("pk", flat=True))
