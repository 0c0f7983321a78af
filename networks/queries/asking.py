"""What the clock asks about many gatherings at once: who is invited, how many have answered, who organises; and whom of
them it has not told yet."""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from networks.models import Contact, Gathering, Helper, Invitation, Rsvp
from portal.messaging.kinds import Due
from portal.people.models import AccessRestriction, Enrolment, GuardianRelation, Role


def asked(gatherings):
    """The guardians of these gatherings' classes, as relations annotated with the key of the `gathering` and whether
    their home `has_answered` or `is_reached`, by an answer or a talk."""
    keys = _keys(gatherings)
    place, today = "pupil__enrolments__", timezone.localdate()
    of_class = {"gathering": F(f"{place}school_class__gatherings"), "since": F(f"{place}valid_from")}
    answers = Rsvp.objects.filter(gathering=OuterRef("gathering"), household=OuterRef("guardian__household"))
    talked = Contact.objects.filter(
        outcome__in=Contact.TALKED, gathering=OuterRef("gathering"), household=OuterRef("guardian__household")
    )
    pairs = GuardianRelation.objects.live(today).annotate(**of_class, until=F(f"{place}valid_to"))
    here = pairs.filter(Q(until=None) | Q(until__gte=today), since__lte=today, gathering__in=keys)
    return here.annotate(has_answered=Exists(answers), is_reached=Exists(answers) | Exists(talked))


class Numbers(NamedTuple):
    families: int = 0
    answered: int = 0
    reached: int = 0


def families_of_each(gatherings, *, but_for=None):
    """{gathering's key: Numbers}, counted as on its board, without the home `but_for`. A child with no confirmed
    guardian is a family. Two queries at any size."""
    homes = asked(gatherings).exclude(guardian__household=but_for) if but_for else asked(gatherings)
    known = homes.order_by().values("gathering")
    known = known.annotate(
        families=Count(Coalesce("guardian__household", 0), distinct=True),
        answered=Count("guardian__household", distinct=True, filter=Q(has_answered=True)),
        reached=Count("guardian__household", distinct=True, filter=Q(is_reached=True)),
    )
    guarded = GuardianRelation.objects.live().filter(pupil=OuterRef("pupil"))
    alone = Enrolment.objects.current().filter(~Exists(guarded), pupil__is_active=True)
    alone = alone.annotate(gathering=F("school_class__gatherings")).filter(gathering__in=_keys(gatherings))
    counts = defaultdict(Numbers, {row.pop("gathering"): Numbers(**row) for row in known})
    for key, children in alone.order_by().values_list("gathering").annotate(Count("pupil", distinct=True)):
        counts[key] = counts[key]._replace(families=counts[key].families + children)
    return counts


def without_word(gatherings, kind, occasion):
    elected = Role.objects.filter(kind=Role.Kind.CLASS_CONTACT, state=Role.State.CONFIRMED)
    elected = elected.annotate(gathering=F("school_class__gatherings")).filter(gathering__in=_keys(gatherings))
    helping = Helper.objects.filter(gathering__in=_keys(gatherings))
    found = (
        rows.exclude(kind.told(Gathering, "gathering", "person", occasion)).order_by().values_list("gathering")
        for rows in (elected, helping)
    )
    keys = {key for (key,) in next(found).union(next(found))}
    return [gathering for gathering in gatherings if gathering.pk in keys]


def organisers_of_each(gatherings):
    """{gathering's key: what `organisers_of` returns for it}. Two queries, or none without a gathering."""
    if not gatherings:
        return {}
    found = defaultdict(dict)
    elected = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).annotate(gathering=F("school_class__gatherings"))
    own, school_class = {"guardian": OuterRef("person")}, OuterRef("gathering__school_class")
    here = GuardianRelation.objects.live().in_class(school_class).filter(**own)
    restricted = AccessRestriction.objects.in_force(timezone.localdate()).in_class(school_class).filter(**own)
    helping = Helper.objects.filter(Exists(here), ~Exists(restricted))
    for rows in (elected, helping):
        for row in rows.filter(gathering__in=_keys(gatherings)).select_related("person"):
            key = row.gathering if rows is elected else row.gathering_id
            found[key][row.person_id] = row.person
    return {key: list(people.values()) for key, people in found.items()}


def not_yet_told(pairs, gatherings, kind, occasion):
    """The guardians in `pairs` whom the clock has not told yet. One query at any size, none without a gathering."""
    if not gatherings:
        return
    by_key = {gathering.pk: gathering for gathering in gatherings}
    untold = pairs.exclude(kind.told(Gathering, "gathering", "guardian", occasion)).select_related("guardian")
    for pair in untold.order_by("gathering", "guardian__sort_name", "guardian_id"):
        yield Due(subject=by_key[pair.gathering], recipient=pair.guardian, occasion=occasion)


def invited_and_open(now):
    invited = Invitation.objects.filter(gathering=OuterRef("pk"))
    return (
        Gathering.objects.published().filter(Exists(invited), answer_by__gt=now).select_related("school_class__school")
    )


def for_organisers(kind, gatherings, occasion, fits):
    if not (gatherings := list(gatherings)):
        return
    waiting = without_word(gatherings, kind, occasion)
    counts = families_of_each(waiting)
    fitting = [gathering for gathering in waiting if fits(counts[gathering.pk])]
    organisers = organisers_of_each(fitting)
    for gathering in fitting:
        for person in organisers.get(gathering.pk, ()):
            yield Due(subject=gathering, recipient=person, occasion=occasion)


def _keys(gatherings):
    return [gathering.pk for gathering in gatherings]
