"""When a message arrives and by which channel: the receiver's choice, never the sender's."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from portal.messaging.models import Category, Channel, Preference

DIGEST_AT = time(7, 30)
MONDAY = 0
DIGESTED = {Category.INVITATIONS, Category.NEWS, Category.TASKS}  # a reminder or a decision would come too late


def choices_of(people):
    keys = [person.pk for person in people]
    chosen, default = Preference.objects.in_bulk(keys, field_name="person_id"), Preference()
    return {key: chosen.get(key, default) for key in keys}


def arrival(ready_at, choices, *, category, duty=False, urgent=False):
    if urgent:
        return ready_at
    if choices.digest != Preference.Digest.NONE and category in DIGESTED and not duty:
        ready_at = next_digest(ready_at, weekly=choices.digest == Preference.Digest.WEEKLY)
    return after_quiet(ready_at, choices)


def next_digest(moment, *, weekly):
    local = timezone.localtime(moment)
    day = local.date() if local.time() <= DIGEST_AT else local.date() + timedelta(days=1)
    while weekly and day.weekday() != MONDAY:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, DIGEST_AT))


def is_quiet(hour, start, end):
    """Equal ends mean no quiet hours."""
    return start <= hour < end or (start > end and (hour >= start or hour < end))


def after_quiet(moment, choices):
    """The moment itself, or the end of the quiet hours it falls in."""
    local, end = timezone.localtime(moment), choices.quiet_until
    now, day = local.time(), local.date()
    if not is_quiet(now, choices.quiet_from, end):
        return moment
    if now >= end:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, end))


WISHED = {
    Preference.Way.EMAIL: [Channel.EMAIL],
    Preference.Way.SMS: [Channel.SMS],
    Preference.Way.BOTH: [Channel.EMAIL, Channel.SMS],
    Preference.Way.PORTAL: [],
}


def channels_of(person, choices, *, category, duty=False, only=""):
    """A duty goes out even to those who chose the portal alone, where it can. What goes `only` by one channel reaches
    those who have chosen it, and nobody else."""
    way = getattr(choices, category)
    open_ways = ways_open_to(person)
    if only:
        return [only] if only in WISHED[way] and only in open_ways else []
    if way == Preference.Way.PORTAL and not duty:
        return [Channel.IN_APP]
    wanted = WISHED[way] or [Channel.EMAIL]
    return [channel for channel in wanted if channel in open_ways] or open_ways[:1]


def ways_open_to(person):
    ways = []
    if person.email and person.email_failed_at is None:
        ways.append(Channel.EMAIL)
    if person.phone:
        ways.append(Channel.SMS)
    return ways or [Channel.IN_APP]
