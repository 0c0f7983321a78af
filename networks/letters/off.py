"""Of a gathering that is off: which homes know of it, and have to hear that nothing comes of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from networks.models import Gathering, PollAnswer, PrintedLetter, Rsvp, ToldInPerson


@dataclass
class Known:
    """`printed_at` is when the latest letter was, `told_at` when somebody said it in person."""

    has_answered: bool = False
    stays_away: bool = False
    printed_at: datetime | None = None
    told_at: datetime | None = None

    @property
    def knows(self):
        """Who has said no comes to nothing, and need not be called."""
        return not self.stays_away and bool(self.has_answered or self.printed_at or self.told_at)

    def is_told(self, gathering):
        return any(at and at >= gathering.off_at for at in (self.printed_at, self.told_at))


def known_at(gatherings):
    """{(gathering's key, home): Known}. Four queries at any size."""
    keys, found = [gathering.pk for gathering in gatherings], defaultdict(Known)
    of_those = {"gathering__in": keys}
    for pair, answer in _pairs(Rsvp.objects.filter(**of_those), "gathering", "answer"):
        found[pair].has_answered, found[pair].stays_away = True, answer == Rsvp.Answer.NO
    for pair, _suits in _pairs(
        PollAnswer.objects.filter(time__poll__gathering__in=keys), "time__poll__gathering", "pk"
    ):
        found[pair].has_answered = True
    for pair, at in _pairs(PrintedLetter.objects.filter(**of_those), "gathering", "printed_at"):
        found[pair].printed_at = at
    for pair, at in _pairs(ToldInPerson.objects.filter(**of_those), "gathering", "told_at"):
        found[pair].told_at = at
    return found


def unaware(gatherings):
    """The pairs of those that have not heard it yet."""
    by_key = {gathering.pk: gathering for gathering in gatherings}
    return {pair for pair, one in known_at(gatherings).items() if one.knows and not one.is_told(by_key[pair[0]])}


def called_off(schools):
    """What would have been to come, by date."""
    off = Gathering.objects.off().upcoming().filter(school_class__school__in=schools)
    return list(off.select_related("school_class__school", "poll").order_by("starts_at", "pk"))


def _pairs(rows, gathering, told):
    for key, home, value in rows.order_by().values_list(gathering, "household", told):
        yield (key, home), value
