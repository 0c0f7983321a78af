"""Who hears of a lift: both homes when it is suggested and when both have agreed, the other one when it comes to nothing."""

from dataclasses import replace

from django.utils.translation import gettext as _

from networks.lifts.queries import own_lifts
from networks.models import Lift
from networks.notices.letters import names_of, to_answer
from networks.notices.people import may_still_come
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import GuardianRelation, Person
from portal.speech import in_words


def _adults(lift, *homes):
    here = GuardianRelation.objects.live().in_class(lift.gathering.school_class_id)
    return Person.objects.filter(household__in=homes, pk__in=here.values("guardian"))


def both_homes(event):
    lift = Lift.objects.filter(pk=event.subject_id).select_related("gathering").first()
    return _adults(lift, lift.giver_id, lift.taker_id) if lift else []


def both_when_agreed(event):
    return both_homes(event) if event.details.get("both") else []


def _stands(notice):
    """Not for whoever has left the class or does not come any more."""
    lift = notice.subject
    return (
        lift.ended_at is None
        and lift.gathering.takes_answers()
        and notice.recipient in _adults(lift, lift.giver_id, lift.taker_id)
    )


def still_suggested(notice):
    return _stands(notice) and not notice.subject.agrees(notice.recipient.household_id)


def still_going_along(notice):
    return _stands(notice) and notice.subject.is_agreed


def _letter(notice, lift, subject, lines):
    return to_answer(_About(notice, lift.gathering), subject=subject % names_of(lift.gathering), lines=lines)


class _About:
    """The same notice, about the gathering that its letter leads to."""

    def __init__(self, notice, gathering):
        self.recipient, self.subject = notice.recipient, gathering


@notice(
    "networks.lift_suggested",
    on="networks.lift_suggested",
    to=both_homes,
    category="news",
    wanted=still_suggested,
)
def lift_suggested(notice):
    lift = notice.subject
    gives = notice.recipient.household_id == lift.giver_id
    line = (
        _("A family needs a lift, and you have offered seats. Will you take it along? Seats: %(n)s.")
        if gives
        else _("A family has free seats. Would you like to go with it?")
    )
    told = _("Neither of you reads who the other is before both have said yes.")
    return _letter(notice, lift, _("A lift to %(title)s with %(class)s?"), [line % {"n": lift.seats}, told])


@notice(
    "networks.lift_agreed", on="networks.lift_agreed", to=both_when_agreed, category="news", wanted=still_going_along
)
def lift_agreed(notice):
    lift = notice.subject
    own = next(one for one in own_lifts(lift.gathering, notice.recipient) if one.lift.pk == lift.pk)
    names = in_words([met.name for met in own.others]) or _("another family in the class")
    line = _("You take along: %(names)s.") if own.gives else _("You go with: %(names)s.")
    ways = [" · ".join(filter(None, (met.name, met.phone, met.email))) for met in own.others if met.phone or met.email]
    none = [] if ways else [_("They share neither phone nor e-mail with the class. Ask the organisers.")]
    letter = _letter(
        notice,
        lift,
        _("You have a lift to agree on: %(title)s with %(class)s"),
        [line % {"names": names}, *ways, *none],
    )
    return replace(letter, kept_as=letter.subject)


def still_over(notice):
    """Not when the home has another lift by now."""
    gathering = notice.subject
    return may_still_come(notice) and not Lift.objects.of_home(gathering, notice.recipient.household_id).exists()


@reminder("networks.lift_over", category="news", duty=True, wanted=still_over)
def lift_over(notice):
    return to_answer(
        notice,
        subject=_("No lift after all: %(title)s with %(class)s") % names_of(notice.subject),
        lines=[_("The lift that you had said yes to comes to nothing. The organisers see it and look for another.")],
    )


@lift_over.due
def lifts_ended(now):
    """Those who had said yes, and did not end it themselves."""
    ended = Lift.objects.filter(ended_at__isnull=False, gathering__state="published", gathering__starts_at__gt=now)
    for lift in ended.select_related("gathering__school_class"):
        homes = [home for home, agrees in _agreed(lift) if agrees and home != lift.ended_by_id]
        for adult in _adults(lift, *homes):
            yield Due(lift.gathering, adult, f"lift {lift.pk}")


def _agreed(lift):
    return (lift.giver_id, lift.giver_agrees), (lift.taker_id, lift.taker_agrees)
