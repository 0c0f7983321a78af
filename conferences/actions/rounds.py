"""A round from its draft until it is over. What nobody may break is a constraint; the words for people are here."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conferences import rules
from conferences.actions.calling import call, open_talks_of
from conferences.models import (
    Booking,
    Conference,
    ConferenceRound,
    ConferenceSetting,
    NotNow,
    NotPublishable,
    Room,
    RoundOver,
)
from conferences.models.rounds import UNTIL_INVITED
from conferences.queries.rounds import check_of, classes_to_call
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person, School, SchoolClass

State = ConferenceRound.State
DAYS = ("invite_on", "plans_on")
MOMENTS = ("wishes_by", "early_opens_at", "opens_at", "closes_at")
NUMBERS = ("minutes", "gap_minutes", "notice_days", "plan_days", "lead_hours", "change_hours")
DETAILS = {"title", "principle", "lineage", *DAYS, *MOMENTS, *NUMBERS}


class WrongDates(Refusal):
    pass


# The school


@action(
    may=rules.can_call_round,
    claims=School.objects.all,
    records="conferences.setting_changed",
    refuses=(WrongDates,),
)
def change_setting(
    school: School,
    *,
    by: Person,
    plan_label: str,
    minutes: int,
    gap_minutes: int,
    notice_days: int,
    plan_days: int,
    talks_a_year: int,
    separate_talks: bool,
) -> ConferenceSetting:
    """Say how the school holds its conferences. The next round begins with this; existing rounds are not changed.
    Refused when a length makes no sense."""
    with _fits():
        setting, _made = ConferenceSetting.objects.update_or_create(
            school=school,
            defaults={
                "plan_label": plan_label,
                "minutes": minutes,
                "gap_minutes": gap_minutes,
                "notice_days": notice_days,
                "plan_days": plan_days,
                "talks_a_year": talks_a_year,
                "separate_talks": separate_talks,
            },
        )
    record("conferences.setting_changed", setting, by=by, notice_days=notice_days)
    return setting


@action(may=rules.can_call_round, records="conferences.room_added", refuses=(NotNow,))
def add_room(school: School, *, by: Person, name: str) -> Room:
    """Put a room on the school's list. Refused when it is there already."""
    try:
        with transaction.atomic():
            room = Room.objects.create(school=school, name=name)
    except IntegrityError as twice:
        raise NotNow(_("This room is on the list already.")) from twice
    record("conferences.room_added", room, by=by)
    return room


@action(
    may=rules.can_manage_room,
    claims=Room.objects.all,
    deletes=True,
    records="conferences.room_removed",
    refuses=(NotNow,),
)
def remove_room(room: Room, *, by: Person) -> None:
    """Take a room off the list. Refused while a teacher offers times in it."""
    if room.slots.exists():
        raise NotNow(_("Teachers offer times in this room, so it stays on the list."))
    record("conferences.room_removed", room, by=by)
    room.delete()


# The draft


@action(may=rules.can_draft_round, records="conferences.round_drafted", refuses=(WrongDates,))
def draft_round(school: School, *, by: Person, classes: list[SchoolClass], **details: object) -> ConferenceRound:
    """Begin a round. Teachers can offer times in it; families hear nothing yet. Refused when the dates do not fit
    together or have passed."""
    round = _drafted(school, by, classes, _known(details))
    record("conferences.round_drafted", round, by=by, classes=sorted(one.pk for one in classes))
    return round


@action(
    may=rules.can_lead_round,
    claims=ConferenceRound.objects.all,
    records="conferences.round_copied",
    refuses=(WrongDates,),
)
def copy_round(round: ConferenceRound, *, by: Person) -> ConferenceRound:
    """Begin a new round like this one: the same lengths, the classes with the same names, and its dates whole weeks
    later, on the same weekdays, so that families are invited in a week or a little more. Refused when its booking would
    already have closed."""
    school = round.school
    shift = _whole_weeks(school.today() + UNTIL_INVITED - round.invite_on)
    details = {name: getattr(round, name) for name in DETAILS}
    details |= {name: details[name] + shift for name in DAYS}
    details |= {name: _shifted(details[name], shift, school.zone) for name in MOMENTS if details[name]}
    names = set(round.classes.values_list("name", flat=True))
    classes = list(classes_to_call(school).filter(name__in=names))
    made = _drafted(school, by, classes, details)
    record("conferences.round_copied", made, by=by, copied=round.pk)
    return made


@action(
    may=rules.can_change_round,
    claims=ConferenceRound.objects.not_over,
    gone=RoundOver(gettext_lazy("This round is over, so it can no longer be changed.")),
    records="conferences.round_changed",
    refuses=(NotNow, WrongDates),
)
def change_round(round: ConferenceRound, *, by: Person, classes: list[SchoolClass], **details: object) -> None:
    """Change a draft, or the dates of a round that families know of. Refused when it is closed or cancelled, when a
    class whose families are called would be left out, and when the dates do not fit together."""
    known = _known(details)
    _in_time(known["closes_at"])
    called = set(Conference.objects.open().filter(round=round).values_list("school_class", flat=True))
    if called - {one.pk for one in classes}:
        raise NotNow(_("Families of a class that you took away are called already. Keep the class in the round."))
    if round.is_published:
        known.pop("invite_on")  # fixed once the round is published
    with _fits():
        ConferenceRound.objects.filter(pk=round.pk).update(**known)
    round.classes.set(classes)
    round.refresh_from_db()
    record("conferences.round_changed", round, by=by, told=round.is_published)


def _whole_weeks(shift):
    """Rounded up: what was on a Tuesday is on a Tuesday again."""
    return timedelta(weeks=-(-shift.days // 7))


def _drafted(school, by, classes, details):
    _in_time(details["closes_at"])
    with _fits():
        round = ConferenceRound.objects.create(school=school, made_by=by, **details)
    round.classes.set(classes)
    return round


def _known(details):
    known = {"lineage": None, **details}
    if known.keys() != DETAILS:
        raise TypeError(f"a round has {sorted(DETAILS)}")
    return known


def _in_time(closes_at):
    if closes_at <= timezone.now():
        raise WrongDates(_("Booking would close before now. Choose a later day."))


def _shifted(moment, shift, zone):
    """The same hour on the wall, even if the clocks have changed in between."""
    return datetime.combine(moment.astimezone(zone).date() + shift, moment.astimezone(zone).time(), tzinfo=zone)


@contextmanager
def _fits():
    try:
        with transaction.atomic():
            yield
    except IntegrityError as wrong:
        raise WrongDates(_why(getattr(getattr(wrong.__cause__, "diag", None), "constraint_name", ""))) from wrong


def _why(constraint):
    return {
        "round_closes_after_it_opens": _("Booking must close after it opens."),
        "round_opens_early_first": _("Those who cannot choose their hours must be let in first, not last."),
        "round_minutes_are_sane": _("A talk lasts from 5 to 120 minutes."),
        "setting_minutes_are_sane": _("A talk lasts from 5 to 120 minutes."),
        "round_gap_is_sane": _("There can be from 0 to 60 minutes between two talks."),
        "setting_gap_is_sane": _("There can be from 0 to 60 minutes between two talks."),
    }.get(constraint, _("These numbers do not fit together. Look them over."))


# To the families


@action(
    may=rules.can_lead_round,
    claims=ConferenceRound.objects.drafts,
    gone=NotNow(gettext_lazy("The families are called already, or the round is called off.")),
    records="conferences.round_published",
    refuses=(NotNow, NotPublishable),
)
def publish_round(round: ConferenceRound, *, by: Person, late_reason: str = "") -> int:
    """Call every child of the classes to a talk, and invite their homes. Refused while a class has no contact teacher
    or one of them offers no times, when families would be called later than the principle says and no reason is given,
    when booking has closed, and the second time."""
    now = timezone.now()
    round.state, round.published_at = State.PUBLISHED, now
    round.invite_on = max(round.invite_on, round.school.today())  # the day stands, unless it has passed
    round.save(update_fields=["state", "published_at", "invite_on"])
    check = check_of(round)
    _may_go_out(round, check, late_reason.strip(), now)
    if check.is_late:
        ConferenceRound.objects.filter(pk=round.pk).update(late_reason=late_reason.strip()[:300])
        round.refresh_from_db()
    made = call(round, check.roster.calls)
    record(
        "conferences.round_published",
        round,
        by=by,
        children=check.roster.children,
        conferences=len(made),
        notice_days=check.notice_days,
        late=check.is_late,
    )
    return check.roster.children


def _may_go_out(round, check, late_reason, now):
    if round.closes_at <= now:
        raise NotPublishable(_("Booking has closed. Choose a later day for it first."))
    if check.roster.without_teacher:
        names = ", ".join(one.name for one in check.roster.without_teacher)
        raise NotPublishable(_("These classes have no contact teacher: %(names)s.") % {"names": names})
    if check.roster.without_times:
        names = ", ".join(one.full_name for one in check.roster.without_times)
        raise NotPublishable(
            _("These teachers have not offered times yet: %(names)s. You can do it for them.") % {"names": names}
        )
    if not check.roster.children:
        raise NotPublishable(_("There are no children in this round. Choose its classes first."))
    if check.is_late and not late_reason:
        text = ngettext(
            "There is %(n)s day from the invitation to the first talk, and there should be %(days)s. Write why.",
            "There are %(n)s days from the invitation to the first talk, and there should be %(days)s. Write why.",
            check.notice_days,
        )
        raise NotPublishable(text % {"n": check.notice_days, "days": round.notice_days})


@action(
    may=rules.can_lead_round,
    claims=ConferenceRound.objects.published,
    gone=NotNow(gettext_lazy("Only a round that families know of can be closed.")),
    records="conferences.round_closed",
)
def close_round(round: ConferenceRound, *, by: Person) -> None:
    """End the round: nobody can book in it any more, and talks that have a time are kept. Refused when families do not
    know of it, and the second time."""
    round.state, round.ended_at = State.CLOSED, timezone.now()
    round.save(update_fields=["state", "ended_at"])
    record("conferences.round_closed", round, by=by)


@action(
    may=rules.can_lead_round,
    claims=ConferenceRound.objects.not_over,
    gone=RoundOver(gettext_lazy("This round is over already.")),
    locks=open_talks_of,
    records="conferences.round_cancelled",
)
def cancel_round(round: ConferenceRound, *, by: Person, because: str) -> None:
    """Call the whole round off: every time is given back, and those who were invited are told why. Refused when it is
    over already."""
    was_told, now = round.is_published, timezone.now()
    round.state, round.ended_at, round.cancelled_because = State.CANCELLED, now, because[:300]
    round.save(update_fields=["state", "ended_at", "cancelled_because"])
    (talks,) = open_talks_of(round)
    keys = list(talks.values_list("pk", flat=True))
    booked = Booking.objects.filter(conference__in=keys).values_list("conference", "starts_at", "ends_at")
    times = {str(key): [start.isoformat(), end.isoformat()] for key, start, end in booked}
    Booking.objects.filter(conference__in=keys).delete()
    Conference.objects.filter(pk__in=keys).update(
        state=Conference.State.CANCELLED, ended_at=now, sequence=F("sequence") + 1
    )
    record("conferences.round_cancelled", round, by=by, told=was_told, conferences=keys, times=times)
