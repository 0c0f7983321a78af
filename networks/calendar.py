"""The entry of a gathering in people's calendars: one for its whole life, in letters, on the page and in feeds."""

from dataclasses import replace

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from networks.models import Gathering, Rsvp
from portal.calendars import Entry, stands_in_calendars
from portal.messaging.calendars import event, published, without_place
from portal.people import protection


def calendar_of(gathering, *, cancelled=False, url=""):
    """`url` is the reader's personal link, which opens without signing in."""
    return event(entry_of(gathering, cancelled=cancelled, url=url))


def entry_of(gathering, *, cancelled=False, url=""):
    return Entry(
        f"gathering-{gathering.pk}",
        gathering.sequence,
        gathering.starts_at,
        gathering.ends_at,
        f"{gathering.title} ({gathering.school_class})",
        gathering.place,
        url or settings.SITE_URL + reverse("networks:gathering_show", args=[gathering.pk]),
        cancelled=cancelled,
    )


def calendar_file(gathering, person, url=""):
    """A protected family's entry leaves out the place."""
    entry = published(entry_of(gathering, cancelled=gathering.is_cancelled, url=url))
    return without_place(entry) if protection.sheltered_among([person.pk]) else entry


@stands_in_calendars
def gatherings_to_come(person, since, *, at_home):
    """What the person's home is invited to, unless it has declined or waits for a place, and, away from the home page,
    what the person organises. A cancelled one is marked."""
    elsewhere = Rsvp.objects.filter(household=person.household_id, answer__in=[Rsvp.Answer.NO, Rsvp.Answer.WAITING])
    standing = Gathering.objects.exclude(pk__in=elsewhere.values("gathering")).filter(ends_at__gte=since)
    if at_home:
        ahead = standing.for_guardian(person).published().select_related("school_class__school")
        return [_coming(one) for one in ahead]
    own = Gathering.objects
    gatherings = (
        standing.visible_to(person)
        .filter(Q(pk__in=own.for_guardian(person).values("pk")) | Q(pk__in=own.organised_by(person).values("pk")))
        .exclude(state=Gathering.State.DRAFT)
        .select_related("school_class")
    )
    return [entry_of(gathering, cancelled=gathering.is_cancelled) for gathering in gatherings]


def _coming(gathering):
    here = gathering.school_class
    return replace(entry_of(gathering), hue="gatherings", school=here.school, classes=(here.pk,))
