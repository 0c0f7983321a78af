"""Who has come to a class in the middle of the year, and who is glad to help them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from networks.models import Buddy, Gathering, Welcomed
from networks.queries import name_of
from portal.people import protection
from portal.people.models import Enrolment, GuardianRelation, Household, Person, SchoolClass
from portal.people.queries import families_of

NEW_FOR, SETTLED = timedelta(days=30), timedelta(days=21)


@dataclass(frozen=True)
class Newcomer:
    """A home as the class contact may know it: by an alias where it is protected, with a phone only where it is shared."""

    household_id: int
    name: str
    phones: list[tuple[str, str]]
    is_welcomed: bool


@dataclass(frozen=True)
class Newcomers:
    school_class: SchoolClass
    rows: list[Newcomer]
    buddies: list[tuple[str, str]]


@dataclass(frozen=True)
class Standing:
    offers: bool
    is_new: bool


@dataclass(frozen=True)
class Welcome:
    has_buddy: bool


def places_of_newcomers(day=None):
    """Places that began lately and in the middle of the year, of children who had none in that class before. Where the
    whole class came at once, as from a late roster, nobody is new."""
    day = day or timezone.localdate()
    same = Enrolment.objects.filter(school_class=OuterRef("school_class"))
    before = same.filter(pupil=OuterRef("pupil"), valid_from__lt=OuterRef("valid_from"))
    others = same.filter(valid_from__lte=OuterRef("valid_from") - SETTLED)
    lately = Enrolment.objects.on(day).filter(valid_from__gte=day - NEW_FOR, pupil__is_active=True)
    lately = lately.filter(school_class__year__starts_on__lte=F("valid_from") - SETTLED)
    return lately.filter(~Exists(before), Exists(others))


def guardians_of_newcomers(day=None):
    """Relations of homes that are new, each with its `school_class` and the day `since`; not of a home that had a child in
    the class before."""
    day = day or timezone.localdate()
    here = {"school_class": F("pupil__enrolments__school_class"), "since": F("pupil__enrolments__valid_from")}
    new = places_of_newcomers(day)
    found = GuardianRelation.objects.live(day).annotate(place=F("pupil__enrolments"), **here)
    found = found.filter(place__in=new.values("pk"), guardian__household__isnull=False)
    siblings = Enrolment.objects.on(day).filter(
        school_class=OuterRef("school_class"),
        pupil__guardian_relations__in=GuardianRelation.objects.live(day).values("pk"),
        pupil__guardian_relations__guardian__household=OuterRef("guardian__household"),
        valid_from__lt=OuterRef("since"),
    )
    return found.filter(~Exists(siblings))


def unwelcomed_in(school_class):
    done = Welcomed.objects.filter(school_class=school_class).values("household")
    return guardians_of_newcomers().filter(school_class=school_class.pk).exclude(guardian__household__in=done)


def newcomers_to_welcome(school_class, *, but_for=None):
    """Keys of the new homes of the class that nobody has said welcome to. One query."""
    return set(unwelcomed_in(school_class).values_list("guardian__household", flat=True)) - {but_for}


def homes_in(school_class):
    return Household.objects.filter(pk__in=GuardianRelation.objects.live().in_class(school_class).homes())


def newcomer_page(school_class, reader):
    """Of the other home of the reader's child it gives neither a number nor that somebody there is glad to help: what goes
    missing there would tell that somebody is protected."""
    new = set(
        guardians_of_newcomers().filter(school_class=school_class.pk).values_list("guardian__household", flat=True)
    )
    welcomed = set(Welcomed.objects.filter(school_class=school_class).values_list("household", flat=True))
    offering = set(Buddy.objects.filter(school_class=school_class).values_list("person", flat=True))
    families = families_of(school_class, seen_by=reader)
    hidden = protection.covered_among(offering)
    near = protection.near_to(reader)[1] - {reader.household_id}
    return Newcomers(
        school_class=school_class,
        rows=[
            Newcomer(
                family.household_id,
                name_of(family),
                [] if family.household_id in near else _phones(family),
                family.household_id in welcomed,
            )
            for family in families
            if family.household_id in new - {reader.household_id}
        ],
        buddies=[
            (adult.full_name, adult.phone if "phone" in family.shared[adult.pk] else "")
            for family in families
            if not family.protected and family.household_id not in near
            for adult in family.adults
            if adult.pk in offering - hidden
        ],
    )


def _phones(family):
    if family.protected:
        return []
    shown = [(adult.full_name, adult.phone) for adult in family.adults if "phone" in family.shared[adult.pk]]
    return [(name, phone) for name, phone in shown if phone]


def standing_of(school_class, person):
    """Whether somebody is glad to help a new family of the class, and whether they are new in it. One query."""
    offers = Exists(Buddy.objects.filter(school_class=school_class, person=OuterRef("pk")))
    is_new = Exists(guardians_of_newcomers().filter(school_class=school_class.pk, guardian=OuterRef("pk")))
    found = Person.objects.filter(pk=person.pk).values_list(offers, is_new)
    return Standing(*found.get())


def welcome_of(school_class):
    return Welcome(has_buddy(school_class))


def has_buddy(school_class):
    """Whether anybody who may be named is glad to help."""
    offering = set(Buddy.objects.filter(school_class=school_class).values_list("person", flat=True))
    here = GuardianRelation.objects.live().in_class(school_class).filter(guardian__in=offering)
    keys = set(here.values_list("guardian", flat=True))
    return bool(keys - protection.covered_among(keys)) if keys else False


def what_is_on(school_class):
    """(planned, held) of the class, as every family in it may read."""
    told = Gathering.objects.filter(school_class=school_class)
    told = list(told.filter(state__in=[*Gathering.OPEN, Gathering.State.HELD]).select_related("school_class__school"))
    return [one for one in told if not one.is_over()], [one for one in told if one.is_over()]
