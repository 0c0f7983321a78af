"""The line of the week: written once, corrected within its week, and gone after half a year."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from networks.models import WeeklyLine, WeekOver, monday_of
from networks.names.checking import IsItAName, NameInside, look_through_whole, refuse_names
from networks.rules import only_the_clock
from networks.weekly import rules
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person, SchoolClass


class WrittenAlready(Refusal):
    words = _("A line of this week is written already. Open it to correct it.")


def of_this_week(line):
    return WeeklyLine.objects.of_week(line.school_class.school.today())


@action(
    may=rules.can_write_weekly,
    claims=SchoolClass.objects.all,
    records="networks.weekly_written",
    refuses=(NameInside, IsItAName, WrittenAlready),
)
def write_weekly(
    school_class: SchoolClass, *, by: Person, text: str, not_names: tuple[str, ...] | list[str] = ()
) -> WeeklyLine:
    """Say in one line what homes may ask their child about this week. Refused while a child's name stands in it or may, and
    when the class has one this week."""
    found = _checked(school_class, by, text, not_names)
    line = WeeklyLine(school_class=school_class, week=monday_of(school_class.school.today()), written_by=by)
    line.text, line.not_names = text, found.doubtful
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as twice:
        raise WrittenAlready from twice
    record("networks.weekly_written", line, by=by)
    return line


@action(
    may=rules.can_change_weekly,
    claims=of_this_week,
    gone=WeekOver,
    locks=lambda line: [line.school_class],
    records="networks.weekly_changed",
    refuses=(NameInside, IsItAName),
)
def change_weekly(line: WeeklyLine, *, by: Person, text: str, not_names: tuple[str, ...] | list[str] = ()) -> None:
    """Correct the line of this week. Refused when its week is over, and while a child's name stands in it or may."""
    found = _checked(line.school_class, by, text, not_names)
    line.text, line.not_names, line.written_by = text, found.doubtful, by
    line.save(update_fields=["text", "not_names", "written_by"])
    record("networks.weekly_changed", line, by=by)


@action(
    may=rules.can_change_weekly,
    claims=of_this_week,
    gone=WeekOver,
    deletes=True,
    records="networks.weekly_taken_back",
)
def take_back_weekly(line: WeeklyLine, *, by: Person) -> None:
    """Take the line of this week away: nobody reads it any more, and another can be written. Refused when its week is
    over."""
    record("networks.weekly_taken_back", line, by=by)
    line.delete()


@action(may=only_the_clock, claims=WeeklyLine.objects.all, deletes=True, records="networks.weekly_forgotten")
def forget_weekly(line: WeeklyLine, *, by: Person) -> None:
    """Delete a line that is half a year old."""
    record("networks.weekly_forgotten", line, by=by)
    line.delete()


def _checked(school_class, by, text, not_names):
    """Like what a class contact writes to all: asked about every word that nothing explains, so that no answer tells
    whether a hidden child is there."""
    found = look_through_whole([school_class], by, text)
    refuse_names(found, not_names)
    return found
