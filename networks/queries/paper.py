"""Homes that no message reaches: to whom one writes on paper, and for whom the office writes down what they say."""

from django.db.models import CharField, Count, Exists, OuterRef, Q
from django.db.models.functions import Cast

from networks.models import Gathering
from networks.queries.asking import asked
from networks.queries.board import INVITED
from portal.messaging.models import Channel, Delivery, Notice
from portal.people import protection
from portal.people.models import Person
from portal.people.queries import families_of
from portal.people.rules import contacts, runs_office
from portal.speech import in_words

ASKED = "networks.poll_sent"  # a poll counts as the invitation
WORKS = Q(guardian__phone__gt="") | Q(guardian__email__gt="", guardian__email_failed_at=None)
State = Delivery.State


def homes_open_to(person, gathering):
    """The homes of the class to which this person may write on paper."""
    school_class = gathering.school_class
    families = [family for family in families_of(school_class) if family.household_id]
    if runs_office(person, school_class.school):
        pupils, others = Person.objects.restricted_for(person)
        hidden = {*pupils.values_list("pupil", flat=True), *others.values_list("guardian", flat=True)}
        return [family for family in families if hidden.isdisjoint(_keys(family))]
    if contacts(person, school_class):
        _people, near = protection.near_to(person)
        return [family for family in families if not family.protected and family.household_id not in near]
    return []


def without_address(gathering, families):
    """Those of the gathering's families that no message reaches. One query."""
    homes = unreached(asked([gathering]), [gathering])
    return [family for family in families if (gathering.pk, family.household_id) in homes]


def unreached(relations, gatherings):
    """{(gathering's key, home)} of those of these `asked` relations that no message reaches: homes without e-mail and phone
    that work today, whatever has reached them before, and homes to whom all that was sent came back. What lies in the
    portal alone has reached who can be called there, or has read it. One query."""
    sent = _invitations(gatherings)
    live = sent.filter(state__in=[State.QUEUED, State.SENT])
    came = live.filter(~Q(channel=Channel.IN_APP) | Q(state=State.SENT, notice__read_at__isnull=False))
    told = relations.filter(guardian__household__isnull=False).annotate(
        is_tried=Exists(sent), is_reached_by=Exists(came) | Q(WORKS, Exists(live))
    )
    homes = told.order_by().values("gathering", "guardian__household")
    homes = homes.annotate(
        ways=Count("guardian", filter=WORKS),
        tried=Count("guardian", filter=Q(is_tried=True)),
        came=Count("guardian", filter=Q(is_reached_by=True)),
    )
    found = homes.filter(Q(ways=0) | Q(tried__gt=0, came=0))
    return set(found.values_list("gathering", "guardian__household"))


def _invitations(gatherings):
    """Of each relation's guardian, by whichever message invites to its gathering."""
    polled = [str(one.pk) for one in gatherings if one.has_no_time]
    invited = Q(notice__kind=INVITED) & ~Q(notice__subject_id__in=polled)
    about = {
        "notice__subject_type": Gathering._meta.label,
        "notice__subject_id": Cast(OuterRef("gathering"), CharField()),
        "notice__recipient": OuterRef("guardian"),
    }
    sent = Delivery.objects.filter(invited | Q(notice__kind=ASKED, notice__subject_id__in=polled), **about)
    return sent.exclude(notice__state=Notice.State.UNWANTED)


def _keys(family):
    return {person.pk for person in (*family.pupils, *family.adults)}


def true_name_of(family):
    """For the office, which hands over letters and writes down what a home says, and reads whose it is."""
    return in_words([pupil.full_name for pupil in family.pupils])
