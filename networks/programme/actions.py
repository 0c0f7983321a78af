"""Every change to what happens at a gathering, and to who leads it."""

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.models import Activity, Gathering, NotNow
from networks.programme import rules
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person

OVER = NotNow(gettext_lazy("This gathering is over or cancelled, so its programme is closed."))
CHANGED = NotNow(gettext_lazy("This does not stand in the programme any more, or the gathering is over."))
ONE = {"claims": Activity.objects.to_come, "gone": CHANGED, "locks": lambda activity: [activity.gathering]}


def _planned():
    return Gathering.objects.upcoming().filter(state__in=[Gathering.State.DRAFT, *Gathering.OPEN])


@action(may=rules.can_plan_activity, claims=_planned, gone=OVER, records="networks.activity_added", refuses=(NotNow,))
def add_activity(
    gathering: Gathering,
    *,
    by: Person,
    title: str,
    minutes: int,
    note: str = "",
    led_by: Person | None = None,
    leader: str = "",
) -> Activity:
    """Put something last into the programme, and ask an adult to lead it; whoever names themselves has said yes. Refused
    when the programme is full."""
    if gathering.activities.count() >= Activity.MOST:
        raise NotNow(_("The programme is long enough. Take something away first."))
    last = gathering.activities.aggregate(last=Max("number"))["last"] or 0
    activity = Activity(gathering=gathering, number=last + 1, title=title, minutes=minutes, note=note, leader=leader)
    activity.ask(led_by, by=by)
    activity.save()
    record("networks.activity_added", gathering, by=by)
    return activity


@action(may=rules.can_change_activity, **ONE, records="networks.activity_changed")
def change_activity(
    activity: Activity,
    *,
    by: Person,
    title: str,
    minutes: int,
    note: str = "",
    led_by: Person | None = None,
    leader: str = "",
) -> None:
    """Change what it is, how long it lasts and who leads it. Whoever had said yes to leading it still has."""
    activity.ask(led_by, by=by)
    activity.title, activity.minutes, activity.note, activity.leader = title, minutes, note, leader
    activity.save(update_fields=["title", "minutes", "note", "leader", "led_by", "agreed_at"])
    record("networks.activity_changed", activity, by=by)


@action(may=rules.can_arrange_activity, **ONE, records="networks.activity_moved")
def move_activity(activity: Activity, *, by: Person, up: bool) -> None:
    """Swap it with what comes before or after; the times follow. At either end nothing changes."""
    row = list(activity.gathering.activities.all())
    here = row.index(activity)
    there = here - 1 if up else here + 1
    if 0 <= there < len(row):
        row[here], row[there] = row[there], row[here]
    for number, each in enumerate(row, 1):
        each.number = number
    Activity.objects.bulk_update(row, ["number"])
    record("networks.activity_moved", activity.gathering, by=by)


@action(may=rules.can_arrange_activity, **ONE, deletes=True, records="networks.activity_removed")
def remove_activity(activity: Activity, *, by: Person) -> None:
    """Take it out of the programme."""
    gathering = activity.gathering
    activity.delete()
    record("networks.activity_removed", gathering, by=by)


@action(may=rules.can_say_about_activity, **ONE, records="networks.activity_agreed")
def agree_to_lead(activity: Activity, *, by: Person) -> None:
    """Say yes to leading it. One's first name then stands in the programme. Pressed twice it is one."""
    activity.agreed_at = activity.agreed_at or timezone.now()
    activity.save(update_fields=["agreed_at"])
    record("networks.activity_agreed", activity.gathering, by=by)


@action(may=rules.can_say_about_activity, **ONE, records="networks.activity_given_back")
def give_activity_back(activity: Activity, *, by: Person) -> None:
    """Say no, also later on and without a reason. The organisers are told, so that they find somebody else."""
    activity.led_by, activity.agreed_at = None, None
    activity.save(update_fields=["led_by", "agreed_at"])
    record("networks.activity_given_back", activity, by=by)
