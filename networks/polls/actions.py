"""Every change to a poll: asked, sent, answered, fixed, called off; and to the days of faith that are said beside a time."""

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.actions.gatherings import WrongTimes, draft_gathering, publish_gathering
from networks.models import (
    Between,
    FaithDay,
    Gathering,
    InclusionCheck,
    NotNow,
    NotSendable,
    Poll,
    PollAnswer,
    PollTime,
)
from networks.polls import rules
from networks.polls.queries import few_can_come
from networks.queries.paper import homes_open_to, without_address
from networks.rules import can_organise, only_the_clock
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Household, Person, School, SchoolClass

ANSWERED_AT = time(20)
WEEK = timedelta(days=7)
ENDED = NotNow(gettext_lazy("A time has been fixed, or the families are not asked any more."))
NOT_OPEN = NotNow(gettext_lazy("The families are not asked about these times any more."))


class FewCanCome(Refusal):
    """Hardly anybody can come at the time that was chosen: it is fixed only by whoever has been told."""


@action(may=rules.can_draft_poll, records="networks.poll_drafted", refuses=(WrongTimes,))
def draft_poll(
    school_class: SchoolClass,
    *,
    by: Person,
    times: list[Between],
    closes_at: datetime,
    shown_to: str,
    title: str,
    kind: str,
    place: str,
    description: str = "",
    bring: str = "",
    family_cost: int = 0,
    capacity: int | None = None,
    children_involved: str = "",
    idea: str = "",
    kit: str = "",
    own_topic: str = "",
) -> Gathering:
    """Plan a gathering whose time the families are asked about; nobody is told yet. Refused unless there are two to six
    times that are to come, and the poll closes before the first of them."""
    _refuse_times(times, closes_at)
    gathering = draft_gathering(
        school_class,
        by=by,
        title=title,
        kind=kind,
        place=place,
        description=description,
        bring=bring,
        family_cost=family_cost,
        capacity=capacity,
        children_involved=children_involved,
        idea=idea,
        kit=kit,
        own_topic=own_topic,
        **_for_now(times, closes_at),
    )
    _write(gathering, times, closes_at, shown_to)
    record("networks.poll_drafted", gathering, by=by)
    return gathering


@action(
    may=rules.can_poll,
    claims=lambda: Gathering.objects.drafts().exclude(poll__sent_at__isnull=False),
    gone=NotNow(gettext_lazy("The families have been asked already, or invited.")),
    records="networks.poll_drafted",
    refuses=(NotNow, WrongTimes),
)
def set_times(
    gathering: Gathering, *, by: Person, times: list[Between], closes_at: datetime, shown_to: str
) -> Gathering:
    """Choose the times that the families are asked about, in place of those chosen before. Refused once they have been
    asked, for a gathering that moves with what the school plans, and as for a new one."""
    if gathering.school_event_id:
        raise NotNow(_("It moves with what the school plans, so its time is not asked about. Untie it first."))
    _refuse_times(times, closes_at)
    Gathering.objects.filter(pk=gathering.pk).update(**_for_now(times, closes_at))
    gathering.refresh_from_db()
    _write(gathering, times, closes_at, shown_to)
    record("networks.poll_drafted", gathering, by=by)
    return gathering


@action(
    may=rules.can_poll,
    claims=lambda: Gathering.objects.drafts().filter(poll__sent_at=None, poll__isnull=False),
    gone=NotNow(gettext_lazy("The families have been asked already, or there is nothing to drop.")),
    records="networks.poll_dropped",
)
def drop_poll(gathering: Gathering, *, by: Person) -> None:
    """Ask nobody after all: it is a draft with one time. Refused once the families have been asked."""
    Poll.objects.filter(gathering=gathering).delete()
    record("networks.poll_dropped", gathering, by=by)


@action(
    may=rules.can_poll,
    claims=lambda: Gathering.objects.drafts().filter(poll__sent_at=None, poll__isnull=False),
    gone=NotNow(gettext_lazy("The families have been asked already.")),
    records="networks.poll_sent",
    refuses=(NotSendable,),
)
def send_poll(gathering: Gathering, *, by: Person) -> None:
    """Ask every home in the class; none can be left out. This is the invitation. Refused before the inclusion check, when
    the closing day has passed, and the second time."""
    if not InclusionCheck.objects.filter(gathering=gathering).exists():
        raise NotSendable(_("First go through the list of what lets everyone take part."))
    poll, now = gathering.poll, timezone.now()
    if poll.closes_at <= now:
        raise NotSendable(_("The last day to answer has passed. Choose a later one first."))
    poll.sent_at = now
    poll.save(update_fields=["sent_at"])
    record("networks.poll_sent", gathering, by=by)


@action(
    may=rules.can_say,
    claims=Gathering.objects.polled,
    gone=NOT_OPEN,
    records="networks.poll_answered",
    refuses=(NotNow,),
)
def say_suits(
    gathering: Gathering, *, by: Person, household: Household, time: PollTime, suits: str, lent: bool = False
) -> None:
    """What suits the home: yes, if need be, no, or left open again. The latest counts, until the poll closes. By a `lent`
    link it was somebody of another home, and the home is told. Refused once it has closed."""
    if not gathering.poll.is_open():
        raise NotNow(_("The last day to answer has passed, so the answers stay as they are."))
    known = PollAnswer.objects.filter(time=time, household=household).first()
    if not _differs(known, suits) and not (known and known.on_behalf):
        return
    _write_answer(time, household, suits, by=by)
    record("networks.poll_answered", gathering, by=by, household=household.pk, time=time.pk, lent=lent)


@action(
    may=rules.can_say_for,
    claims=Gathering.objects.polled,
    gone=NOT_OPEN,
    records="networks.poll_answered",
    refuses=(NotNow,),
)
def say_for_home(gathering: Gathering, *, by: Person, household: Household, said: dict[PollTime, str]) -> bool:
    """What a home said on the phone or with crosses on paper, of each time that stands in `said`; the home sees who wrote
    it down, and changes it. Refused once the poll has closed, where the home has said otherwise itself, and for the office
    when a message reaches the home. Whoever is not to read what a home says is refused whatever it said: else a few
    presses would tell. Returns whether there was anything new."""
    if not gathering.poll.is_open():
        raise NotNow(_("The last day to answer has passed, so the answers stay as they are."))
    by_office = not can_organise(by, gathering)
    if by_office and not without_address(gathering, _home(gathering, household, by)):
        raise NotNow(_("A message reaches this family now, so it answers itself."))
    known = {one.time_id: one for one in PollAnswer.objects.filter(time__in=said, household=household)}
    news = {time: suits for time, suits in said.items() if _differs(known.get(time.pk), suits)}
    compared = said if by_office or gathering.poll.hides_from_organisers() else news
    if any(time.pk in known and not known[time.pk].on_behalf for time in compared):
        raise NotNow(_("The family has said itself what suits at one of these times, so nothing is written down."))
    for one, suits in news.items():
        _write_answer(one, household, suits, by=by, on_behalf=True, by_office=by_office)
    if news:
        times, whose = sorted(time.pk for time in news), {"on_behalf": True, "by_office": by_office}
        record("networks.poll_answered", gathering, by=by, household=household.pk, times=times, **whose)
    return bool(news)


def _home(gathering, household, by):
    return [family for family in homes_open_to(by, gathering) if family.household_id == household.pk]


def _differs(known, suits):
    return suits != (known.suits if known else PollAnswer.OPEN)


def _write_answer(time, household, suits, *, by, on_behalf=False, by_office=False):
    if suits == PollAnswer.OPEN:
        PollAnswer.objects.filter(time=time, household=household).delete()
        return
    said = {"suits": suits, "answered_by": by, "answered_at": timezone.now(), "on_behalf": on_behalf}
    PollAnswer.objects.update_or_create(time=time, household=household, defaults={**said, "by_office": by_office})


@action(
    may=rules.can_fix,
    claims=Gathering.objects.polled,
    gone=ENDED,
    records="networks.time_fixed",
    refuses=(NotNow, FewCanCome),
)
def fix_time(gathering: Gathering, *, by: Person, time: PollTime, sure: bool = False) -> None:
    """Choose the time. Every home is invited to it, and is asked whether it comes: a yes to a time is not a promise.
    Refused for a time that has passed, while the answers are hidden from everybody, and the second time; when few can
    come, until whoever chooses is `sure`."""
    now = timezone.now()
    _refuse_hidden(gathering, now)
    if time.is_past(now):
        raise NotNow(_("This time has passed. Choose another one."))
    if not sure and few_can_come(time):
        raise FewCanCome(_("Few families, or none, have said that they can come at this time."))
    PollTime.objects.filter(pk=time.pk).update(is_fixed=True)
    _fix(gathering, time, now)
    record("networks.time_fixed", gathering, by=by)
    publish_gathering(gathering, by=by)


@action(
    may=rules.can_poll,
    claims=Gathering.objects.polled,
    gone=ENDED,
    records="networks.time_fixed",
    refuses=(NotNow, WrongTimes),
)
def fix_other_time(gathering: Gathering, *, by: Person, between: Between) -> None:
    """Choose a time that nobody was asked about. Every home is invited to it, and reads that it was not. Refused for one
    of the times that were asked about, for one that has passed, and as by `fix_time`."""
    now = timezone.now()
    _refuse_hidden(gathering, now)
    if between.ends_at <= between.starts_at:
        raise WrongTimes(_("It must end after it starts."))
    if between.starts_at <= now:
        raise WrongTimes(_("This time has passed. Choose a later one."))
    if gathering.poll.times.filter(starts_at=between.starts_at, ends_at=between.ends_at).exists():
        raise NotNow(_("The families were asked about this time. Choose it in the list."))
    _fix(gathering, between, now)
    record("networks.time_fixed", gathering, by=by, is_other=True)
    publish_gathering(gathering, by=by)


def _refuse_hidden(gathering, now):
    if gathering.poll.hides_from_organisers(now):
        raise NotNow(_("Nobody sees the answers before the last day to answer, so a time is fixed after it."))


def _fix(gathering, chosen, now):
    """What was printed while it was asked about is old from now on."""
    Poll.objects.filter(gathering=gathering).update(fixed_at=now)
    Gathering.objects.filter(pk=gathering.pk).update(
        starts_at=chosen.starts_at,
        ends_at=chosen.ends_at,
        answer_by=_answered_by(gathering, chosen, now),
        sequence=F("sequence") + 1,
    )
    gathering.refresh_from_db()


@action(may=rules.can_poll, claims=Gathering.objects.polled, gone=ENDED, records="networks.poll_called_off")
def call_off_poll(gathering: Gathering, *, by: Person, because: str) -> None:
    """None of the times is used, and every home is told why. The gathering is a draft, which nobody else sees: families keep
    the title that they were asked with. Refused when a time has been fixed."""
    said = {"called_off_at": timezone.now(), "called_off_because": because}
    Poll.objects.filter(gathering=gathering).update(**said, called_off_title=gathering.title)
    Gathering.objects.filter(pk=gathering.pk).update(sequence=F("sequence") + 1)  # a letter about it is old now
    record("networks.poll_called_off", gathering, by=by)


@action(may=only_the_clock, claims=Gathering.objects.all, records="networks.poll_forgotten", refuses=(NotNow,))
def forget_poll(gathering: Gathering, *, by: Person) -> None:
    """Sixty days after a poll, and when the school year is over, delete what each home said, and which had a letter about
    what came to nothing. Refused the second time."""
    kept = [PollAnswer.objects.filter(time__poll__gathering=gathering)]
    if gathering.is_draft:
        kept += [gathering.letters.all(), gathering.told_in_person.all()]
    if not any(rows.exists() for rows in kept):
        raise NotNow(_("This has been deleted already."))
    for rows in kept:
        rows.delete()
    record("networks.poll_forgotten", gathering, by=by)


@action(may=rules.can_manage_days, claims=School.objects.all, records="networks.faith_day_added", refuses=(NotNow,))
def add_faith_day(school: School, *, by: Person, name: str, tradition: str, day: date, source: str) -> FaithDay:
    """Add a day that many celebrate; it is said beside a time on that day, at this school. Refused when it stands
    there."""
    try:
        with transaction.atomic():
            added = FaithDay.objects.create(school=school, name=name, tradition=tradition, day=day, source=source)
    except IntegrityError as twice:
        raise NotNow(_("This day stands there already.")) from twice
    record("networks.faith_day_added", school, by=by)
    return added


@action(may=rules.can_remove_day, claims=School.objects.all, records="networks.faith_day_removed", refuses=(NotNow,))
def remove_faith_day(school: School, *, by: Person, faith_day: FaithDay) -> None:
    """Take a day away. One that came with the portal stays at other schools. Refused the second time."""
    if not FaithDay.objects.at(school).filter(pk=faith_day.pk).exists():
        raise NotNow(_("This day has been taken away already."))
    if faith_day.school_id is None:
        faith_day.not_at.add(school)
    else:
        faith_day.delete()
    record("networks.faith_day_removed", school, by=by)


def _refuse_times(times, closes_at):
    now = timezone.now()
    if not Poll.FEWEST <= len(times) <= Poll.MOST:
        raise WrongTimes(_("Choose two to six times."))
    if len({one.starts_at for one in times}) < len(times):
        raise WrongTimes(_("Two of the times begin at the same moment."))
    if any(one.ends_at <= one.starts_at for one in times):
        raise WrongTimes(_("It must end after it starts."))
    if any(one.starts_at <= now for one in times):
        raise WrongTimes(_("One of the times has passed. Choose a later one."))
    if not now < closes_at <= min(one.starts_at for one in times):
        raise WrongTimes(_("The last day to answer must be to come, and before the first of the times."))


def _for_now(times, closes_at):
    """A draft has a time in its row: the last that may be, so that it is not over while one of them is to come."""
    last = max(times, key=lambda one: one.starts_at)
    return {"starts_at": last.starts_at, "ends_at": last.ends_at, "answer_by": min(closes_at, last.starts_at)}


def _write(gathering, times, closes_at, shown_to):
    poll, _made = Poll.objects.update_or_create(
        gathering=gathering, defaults={"closes_at": closes_at, "shown_to": shown_to}
    )
    poll.times.all().delete()
    PollTime.objects.bulk_create(
        PollTime(poll=poll, place=place, starts_at=one.starts_at, ends_at=one.ends_at)
        for place, one in enumerate(sorted(times, key=lambda one: one.starts_at), start=1)
    )
    gathering.poll = poll


def _answered_by(gathering, chosen, now):
    """A week before, at the latest on the day; where that has passed, until it begins."""
    zone = gathering.school_class.school.zone
    today, day = now.astimezone(zone).date(), chosen.starts_at.astimezone(zone).date()
    on = max(day - WEEK, min(day, today + timedelta(days=1)))
    answer_by = min(datetime.combine(on, ANSWERED_AT, tzinfo=zone), chosen.starts_at)
    return answer_by if answer_by > now else chosen.starts_at
