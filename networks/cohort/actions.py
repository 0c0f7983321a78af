"""Every change to how a class's network begins: the code on the wall, what a home says, and who is elected."""

import secrets
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from networks.cohort import rules
from networks.models import Buddy, Confirmed, Election, NetworkStart, NotNow, Welcomed
from networks.rules import only_the_clock
from portal.actions import action
from portal.ledger.record import record
from portal.people import actions as people
from portal.people.models import Household, Person, Role, SchoolClass

TAKEN_DOWN = NotNow(gettext_lazy("The code has run out. What you share you can always choose on your own page."))


class OpenAlready(NotNow):
    words = gettext_lazy("The code of this meeting is on the wall already.")


class WrongDay(NotNow):
    words = gettext_lazy("Choose a day of this school year, at most a week ahead.")


@action(
    may=rules.can_open_network,
    claims=SchoolClass.objects.all,
    records="networks.start_opened",
    refuses=(OpenAlready, WrongDay),
)
def open_start(school_class: SchoolClass, *, by: Person, met_on: date) -> NetworkStart:
    """Put a code on the wall for some hours; for the same meeting it is a new code. Refused while one is there, and for a
    day outside the school year."""
    year, today = school_class.year, school_class.school.today()
    if not year.starts_on <= met_on <= min(year.ends_on, today + rules.AHEAD):
        raise WrongDay
    if NetworkStart.objects.open().filter(school_class=school_class).exists():
        raise OpenAlready
    now = timezone.now()
    start, _made = NetworkStart.objects.update_or_create(
        school_class=school_class,
        met_on=met_on,
        defaults={
            "code": "".join(secrets.choice(NetworkStart.LETTERS) for _letter in range(NetworkStart.LENGTH)),
            "opened_by": by,
            "closes_at": now + NetworkStart.OPEN_FOR,
        },
    )
    record("networks.start_opened", start, by=by)
    return start


@action(may=rules.can_take_down, claims=NetworkStart.objects.open, gone=TAKEN_DOWN, records="networks.start_closed")
def close_start(start: NetworkStart, *, by: Person) -> None:
    """Take the code down before its time. Refused when it has run out."""
    start.closes_at = max(timezone.now(), start.opened_at + timedelta(microseconds=1))
    start.save(update_fields=["closes_at"])
    record("networks.start_closed", start, by=by)


@action(
    may=rules.can_confirm,
    claims=NetworkStart.objects.open,
    gone=TAKEN_DOWN,
    locks=lambda start, by: [Person.objects.filter(pk=by.pk)],
    records="networks.start_confirmed",
)
def confirm_contact(start: NetworkStart, *, by: Person, email: str, phone: str, fields: list[str]) -> None:
    """Say how the school and the class reach one, and count one's home among those that have. Refused once the code has
    run out."""
    said = {"language": by.language, "scheme": by.scheme, "email": email, "phone": phone}
    people.save_profile(by, by=by, **said)
    people.choose_directory(by, by=by, fields=fields)
    Confirmed.objects.get_or_create(start=start, household_id=by.household_id)
    record("networks.start_confirmed", start, by=by)


@action(
    may=rules.can_confirm,
    claims=NetworkStart.objects.open,
    gone=TAKEN_DOWN,
    locks=lambda start, by: [Person.objects.filter(pk=by.pk)],
    records="networks.start_confirmed",
)
def confirm_by_link(start: NetworkStart, *, by: Person, fields: list[str]) -> None:
    """Say by a personal link that the class reaches one, and what it may read of it. An address is changed only by whoever
    has signed in. Refused once the code has run out."""
    people.choose_directory(by, by=by, fields=fields)
    Confirmed.objects.get_or_create(start=start, household_id=by.household_id)
    record("networks.start_confirmed", start, by=by)


@action(
    may=rules.can_elect,
    claims=NetworkStart.objects.all,
    locks=lambda start, holder: [Person.objects.filter(pk=holder.pk)],
    records="networks.contact_elected",
    refuses=(people.HasRole,),
)
def elect_contact(start: NetworkStart, *, by: Person, holder: Person, valid_to: date) -> Role:
    """Write down whom the parents elected at the meeting, and for how long. Refused when they are class contact already,
    or when the dates do not fit."""
    kind = Role.Kind.CLASS_CONTACT
    role = people.appoint(holder, by=by, kind=kind, scope=start.school_class, valid_to=valid_to)
    Election.objects.create(start=start, role=role)
    record("networks.contact_elected", start, by=by)
    return role


@action(
    may=only_the_clock,
    claims=NetworkStart.objects.all,
    records="networks.start_forgotten",
    refuses=(NotNow,),
)
def forget_start(start: NetworkStart, *, by: Person) -> None:
    """When the school year is over, nobody needs to know which home was at the meeting: keep how many. Refused the second
    time."""
    gone, _rows = Confirmed.objects.filter(start=start).delete()
    if not gone:
        raise NotNow(gettext_lazy("This has been deleted already."))
    start.homes_before = gone
    start.save(update_fields=["homes_before"])
    record("networks.start_forgotten", start, by=by)


@action(may=rules.can_be_buddy, claims=SchoolClass.objects.all, records="networks.buddy_offered")
def offer_buddy(school_class: SchoolClass, *, by: Person, is_offered: bool) -> None:
    """Say that one is glad to help a family that is new, or no longer."""
    if is_offered:
        Buddy.objects.get_or_create(school_class=school_class, person_id=by.pk)
    else:
        Buddy.objects.filter(school_class=school_class, person=by.pk).delete()
    record("networks.buddy_offered", school_class, by=by, offered=is_offered)


@action(may=rules.can_note_welcomed, claims=SchoolClass.objects.all, records="networks.family_welcomed")
def note_welcomed(school_class: SchoolClass, *, by: Person, household: Household) -> None:
    """Record that somebody has said welcome to a home. Pressed twice it counts once."""
    Welcomed.objects.get_or_create(school_class=school_class, household_id=household.pk)
    record("networks.family_welcomed", school_class, by=by)


@action(
    may=only_the_clock,
    claims=SchoolClass.objects.all,
    records="networks.newcomers_forgotten",
    refuses=(NotNow,),
)
def forget_newcomers(school_class: SchoolClass, *, by: Person) -> None:
    """When the school year is over, nobody needs to know who was new or glad to help. Refused the second time."""
    buddies, _rows = Buddy.objects.filter(school_class=school_class).delete()
    welcomed, _rows = Welcomed.objects.filter(school_class=school_class).delete()
    if not buddies + welcomed:
        raise NotNow(gettext_lazy("This has been deleted already."))
    record("networks.newcomers_forgotten", school_class, by=by)
