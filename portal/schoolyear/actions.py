"""Every change to what a school plans, and to what it says of itself."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person, School, SchoolClass, SchoolYear, Term
from portal.schoolyear import rules
from portal.schoolyear.limits import FURTHEST, LONGEST
from portal.schoolyear.models import HAS_PASSED, Holiday, NotFor, NotNow, SchoolEvent, SchoolSetting, WrongTimes

MOVED = {"starts_at", "ends_at", "place"}
SOON = timedelta(hours=24)
IS_OVER = gettext_lazy("This is over or called off, so it can no longer be changed.")


class WrongTerms(Refusal):
    """The half-years stand one after the other within the school year."""


class WrongHoliday(Refusal):
    """A holiday has an end after its start, and is on the list once."""


# What the school plans


@action(may=rules.can_plan, claims=School.objects.all, records="schoolyear.event_planned", refuses=(WrongTimes, NotFor))
def plan_event(
    school: School,
    *,
    by: Person,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    details: str = "",
    whole_school: bool = False,
    classes: list[SchoolClass] = (),
) -> SchoolEvent:
    """Put it into the calendars of those it is for; nobody gets a message. Pressed twice, it stands there once. Refused
    when it is for nobody, and when it does not end after it starts, within the school year of its classes."""
    classes = _meant(school, whole_school, classes, starts_at)
    fields = {"kind": kind, "title": title, "starts_at": starts_at, "ends_at": ends_at, "place": place}
    fields |= {"details": details, "whole_school": whole_school, "made_by": by}
    for event in school.events.standing().filter(**fields):
        if set(event.classes.all()) == set(classes):
            return event
    with _times_fit():
        event = SchoolEvent.objects.create(school=school, **fields)
    event.classes.set(classes)
    record("schoolyear.event_planned", event, by=by)
    return event


@action(
    may=rules.can_change,
    claims=lambda: SchoolEvent.objects.standing().coming(),
    gone=NotNow(IS_OVER),
    records="schoolyear.event_changed",
    refuses=(NotNow, WrongTimes, NotFor),
)
def change_event(
    event: SchoolEvent,
    *,
    by: Person,
    kind: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    details: str = "",
    whole_school: bool = False,
    classes: list[SchoolClass] = (),
) -> str:
    """Change what is planned; calendars follow. When the time or the place of something less than two weeks away
    changes, those whose calendars have it are told: "told" is returned, otherwise "saved", or "same" when nothing
    changed. Refused when it is over or called off, or would be over with the new times, and when somebody with it in
    their calendar would lose it in those two weeks without a word."""
    before, was_near = event.starts_at, event.is_near()
    classes, earlier = _meant(event.school, whole_school, classes, starts_at), set(event.classes.all())
    fields = {"kind": kind, "title": title, "starts_at": starts_at, "ends_at": ends_at, "place": place}
    fields |= {"details": details, "whole_school": whole_school}
    had = None if event.whole_school else sorted(one.pk for one in earlier)
    changed = event.differs_in(fields)
    if not changed and set(classes) == earlier:
        return "same"
    if was_near and not whole_school and (event.whole_school or earlier - set(classes)):
        raise NotFor(_("Some families have this in their calendar. Call it off, and put in a new one for the others."))
    if ends_at <= timezone.now():
        raise WrongTimes(HAS_PASSED)  # nobody can be told to come to what is over
    with _times_fit():
        SchoolEvent.objects.filter(pk=event.pk).update(**fields, sequence=F("sequence") + 1)
    event.refresh_from_db()
    event.classes.set(classes)
    told = bool(changed & MOVED) and (was_near or event.is_near())
    soon, seconds = _is_soon(before, event.starts_at), _on_the_wall(before, event)
    record("schoolyear.event_changed", event, by=by, told=told, soon=soon, seconds=seconds, had=had)
    return "told" if told else "saved"


@action(
    may=rules.can_change,
    claims=lambda: SchoolEvent.objects.standing().coming(),
    gone=NotNow(IS_OVER),
    records="schoolyear.event_called_off",
)
def call_off_event(event: SchoolEvent, *, by: Person, because: str = "") -> str:
    """Call it off. It stays on the list and in calendars as called off, and less than two weeks before those who have
    it there are told: "told", otherwise "saved". Refused when it is over, and the second time."""
    event.cancelled_at, event.cancelled_because = timezone.now(), because
    event.sequence += 1
    event.save(update_fields=["cancelled_at", "cancelled_because", "sequence"])
    told, soon = event.is_near(), _is_soon(event.starts_at)
    record("schoolyear.event_called_off", event, by=by, told=told, soon=soon)
    return "told" if told else "saved"


def _on_the_wall(before, event):
    """By how much its start has moved, as people read it: a summer time in between is no hour."""
    was, now = (moment.astimezone(event.school.zone).replace(tzinfo=None) for moment in (before, event.starts_at))
    return round((now - was).total_seconds())


def _is_soon(*starts):
    """Whether somebody may be on the way before their quiet hours end."""
    return min(starts) < timezone.now() + SOON


def _meant(school, whole_school, classes, starts_at):
    if whole_school:
        return []
    if not classes:
        raise NotFor(_("Choose the classes, or say that it is for the whole school."))
    day = timezone.localdate(starts_at, timezone=school.zone)
    years = SchoolYear.objects.on(day).filter(school=school)
    if SchoolClass.objects.filter(pk__in=[one.pk for one in classes]).exclude(year__in=years.values("pk")).exists():
        raise WrongTimes(_("The day is not in the school year of the classes. Choose another day, or other classes."))
    return list(classes)


@contextmanager
def _times_fit():
    try:
        with transaction.atomic():
            yield
    except IntegrityError as wrong:
        raise WrongTimes(_("It must end after it starts.")) from wrong


# What the school says of itself


@action(
    may=rules.can_set_year,
    claims=SchoolYear.objects.all,
    records="schoolyear.terms_set",
    refuses=(WrongTerms,),
)
def set_terms(
    year: SchoolYear, *, by: Person, autumn_from: date, autumn_to: date, spring_from: date, spring_to: date
) -> None:
    """Say when each half of the year begins and ends: in each of them a class meets. Refused when they overlap, end
    before they start, or reach beyond the school year."""
    days = [autumn_from, autumn_to, spring_from, spring_to]
    if not (autumn_from < autumn_to < spring_from < spring_to):
        raise WrongTerms(_("The autumn must end after it begins and before the spring, and the spring likewise."))
    if autumn_from < year.starts_on or spring_to > year.ends_on:
        raise WrongTerms(_("Both half-years must lie within the school year."))
    seasons = {Term.Season.AUTUMN: days[:2], Term.Season.SPRING: days[2:]}
    for season, (first, last) in seasons.items():
        Term.objects.update_or_create(year=year, season=season, defaults={"starts_on": first, "ends_on": last})
    record("schoolyear.terms_set", year, by=by)


@action(may=rules.can_set, claims=School.objects.all, records="schoolyear.promises_set")
def set_promises(
    school: School, *, by: Person, answer_days: int | None = None, after_school_care: bool | None = None
) -> SchoolSetting:
    """Say how soon the school answers, and whether it has after-school care. Families read both; what is left open they
    do not see."""
    setting, _made = SchoolSetting.objects.update_or_create(
        school=school, defaults={"answer_days": answer_days, "after_school_care": after_school_care}
    )
    record("schoolyear.promises_set", setting, by=by)
    return setting


@action(may=rules.can_set, claims=School.objects.all, records="schoolyear.holidays_added", refuses=(WrongHoliday,))
def add_holidays(school: School, *, by: Person, days: list[tuple[date, date, str]]) -> int:
    """Put days on which the school is closed on the list, each from, to and its name; returns how many are new. Refused
    when a holiday ends before it starts, lasts for more than 100 days, or lies more than two years away."""
    before, today = school.holidays.count(), school.today()
    if any(not today - FURTHEST < first < today + FURTHEST for first, _last, _name in days):
        raise WrongHoliday(_("Choose a day within two years from now."))
    if any(last < first or last - first > LONGEST for first, last, _name in days):
        raise WrongHoliday(_("A holiday ends on the day it begins or later, and lasts for at most 100 days."))
    Holiday.objects.bulk_create(
        [Holiday(school=school, starts_on=first, ends_on=last, name=name) for first, last, name in days],
        ignore_conflicts=True,
    )
    setting, _made = SchoolSetting.objects.get_or_create(school=school)
    added = school.holidays.count() - before
    record("schoolyear.holidays_added", setting, by=by, added=added)
    return added


@action(
    may=rules.can_manage_holiday,
    claims=Holiday.objects.all,
    deletes=True,
    records="schoolyear.holiday_removed",
)
def remove_holiday(holiday: Holiday, *, by: Person) -> None:
    """Take a holiday off the list."""
    setting, _made = SchoolSetting.objects.get_or_create(school=holiday.school)
    holiday.delete()
    record("schoolyear.holiday_removed", setting, by=by)
