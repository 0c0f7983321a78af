"""Who is told, and whether it is still wanted when it is sent."""

from datetime import timedelta

from networks.leaving import belongs
from networks.models import Gathering, Mute
from networks.queries import CHANGES, INVITED, REMINDERS, organisers_of, silent_homes
from networks.queries.asking import families_of_each
from portal.messaging.models import Notice
from portal.people.models import Person
from portal.people.queries import families_of

SOON = timedelta(hours=24)
UNCALLED = (INVITED, "networks.poll_sent", *REMINDERS, *CHANGES, "networks.day_before", "networks.activity_asked")
MOST = 4


# Who


def everyone_invited(event):
    return _guardians(Gathering.objects.get(pk=event.subject_id))


def everyone_told(event):
    """Only a change to something people have been told of; a draft may change freely."""
    return everyone_invited(event) if event.details.get("told") else []


def is_soon(event):
    """From a day before it begins, quiet hours do not hold the news back."""
    return Gathering.objects.filter(pk=event.subject_id, starts_at__lte=event.at + SOON).exists()


def newcomers(event):
    gathering = Gathering.objects.get(pk=event.subject_id)
    return [person for person in _guardians(gathering) if person.household_id in event.details["homes"]]


def silent(event):
    """Except the sender's own home. Asked afresh each time, so the event is the occasion."""
    asking = Person.objects.filter(pk=event.by).values_list("household", flat=True).first()
    homes = silent_homes(Gathering.objects.get(pk=event.subject_id), but_for=asking)
    return [adult for family in homes.values() for adult in family.adults]


def once_half_answered(event):
    """The organisers, the first time that at least half of the homes have answered, and not yet all."""
    return _organisers_when(event, "half", lambda count: count.answered < count.families <= 2 * count.answered)


def once_all_answered(event):
    return _organisers_when(event, "all", lambda count: 0 < count.families == count.answered)


def _organisers_when(event, occasion, fits):
    gathering = Gathering.objects.get(pk=event.subject_id)
    if not gathering.takes_answers() or not fits(families_of_each([gathering])[gathering.pk]):
        return []
    return [(person, occasion) for person in organisers_of(gathering)]


def the_helper(event):
    return Person.objects.active().filter(pk=event.details["helper"])


def answered_for(event):
    """The other adults in a home that somebody answered for on the phone, so that all of them know."""
    if not event.details.get("on_behalf"):
        return []
    gathering = Gathering.objects.get(pk=event.subject_id)
    return [person for person in _guardians(gathering) if person.household_id == event.details["household"]]


def answered_with_link(event):
    """Everyone in a home for which somebody of another home answered by its link."""
    if not event.details.get("lent"):
        return []
    gathering = Gathering.objects.get(pk=event.subject_id)
    return [person for person in _guardians(gathering) if person.household_id == event.details["household"]]


def _guardians(gathering):
    people = {adult.pk: adult for family in families_of(gathering.school_class) for adult in family.adults}
    return list(people.values())


# Is it still wanted when it is sent?


def still_guardian(notice):
    return notice.subject.state == Gathering.State.PUBLISHED and belongs(notice)


def is_news(notice):
    """Not when it has changed again since: the later letter covers it all. Nor to somebody who has muted the gathering and
    does not come."""
    if is_muted(notice) and not _may_come(notice):
        return False
    return still_guardian(notice) and notice.is_newest("networks.gathering_changed", told=True)


def is_news_to_the_invited(notice):
    """Nor while an invitation is still waiting to go out: it says how things are now."""
    invited = Notice.objects.about(notice.subject).filter(kind=INVITED, recipient=notice.recipient_id)
    return is_news(notice) and not invited.filter(state=Notice.State.WAITING).exists()


def told_before(notice):
    """What the recipient has been told about the gathering without having asked, but for this."""
    own = Notice.objects.about(notice.subject).told().filter(recipient=notice.recipient_id, kind__in=UNCALLED)
    return own.exclude(pk=notice.pk)


def has_room(notice):
    """Nobody is written to more than four times about a gathering without having asked. What everyone must know of a
    change is told all the same, and takes the place of the reminder or of the day before; so they alone give way."""
    return told_before(notice).count() < MOST


def is_muted(notice):
    return Mute.objects.filter(gathering=notice.subject.pk, person=notice.recipient_id).exists()


def still_to_remind(notice):
    """Once, by an organiser or by the clock."""
    gathering = notice.subject
    is_silent = still_guardian(notice) and not has_answered(gathering, notice.recipient) and gathering.takes_answers()
    return (
        is_silent
        and has_room(notice)
        and not is_muted(notice)
        and not told_before(notice).filter(kind__in=REMINDERS).exists()
    )


def still_coming(notice):
    return may_still_come(notice) and has_room(notice) and not is_muted(notice)


def may_still_come(notice):
    """For what follows from what the home itself has said: no reminder, and told however much it has been told."""
    return still_guardian(notice) and _may_come(notice)


def _may_come(notice):
    return notice.subject.rsvps.planned_for().filter(household=notice.recipient.household_id).exists()


def has_answered(gathering, person):
    return answer_of(gathering, person) is not None


def answer_of(gathering, person):
    return gathering.rsvps.filter(household=person.household_id).first()


def still_organises(notice):
    return notice.recipient in organisers_of(notice.subject) and not notice.subject.is_cancelled


def still_some_silent(notice):
    others = silent_homes(notice.subject, but_for=notice.recipient.household_id)
    return still_organises(notice) and notice.subject.takes_answers() and bool(others)


def still_none_silent(notice):
    return still_organises(notice) and not silent_homes(notice.subject)
