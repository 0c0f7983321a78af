"""Every change to the birthdays of a class: its rule, an invitation to everyone, the answers."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.birthdays import rules
from networks.birthdays.queries import rule_of
from networks.models import Birthday, BirthdayAnswer, BirthdayMute, BirthdayRule, NotNow, QuarterChild
from networks.names.families import MayName, refuse_families_named
from networks.rules import only_the_clock
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Household, Person, SchoolClass

CALLED_OFF = NotNow(_("This birthday is over or called off."))


class InvitedThisYear(Refusal):
    words = _("Your child has invited this school year already. Call that one off first if you want to send another.")


class BirthdayTimes(Refusal):
    words = _("It starts in the future and ends after it starts, and the answers come before it starts.")


class NoBirthDate(Refusal):
    words = _(
        "The school’s list has no birth date for your child, so we cannot tell the quarter. Ask the school office."
    )


def _to_come():
    return Birthday.objects.standing().filter(starts_at__gt=timezone.now())


@action(may=rules.can_set_rule, claims=SchoolClass.objects.all, records="networks.birthday_rule_set")
def set_birthday_rule(school_class: SchoolClass, *, by: Person, circle: str, ceiling: int | None) -> BirthdayRule:
    """Write down whom a birthday of the class is for, and what a present may cost, in øre. Invitations that are sent
    stay as they are."""
    said = {"circle": circle, "ceiling": ceiling, "set_by": by}
    rule, _made = BirthdayRule.objects.update_or_create(school_class=school_class, defaults=said)
    record("networks.birthday_rule_set", school_class, by=by)
    return rule


@action(
    may=rules.can_invite,
    claims=SchoolClass.objects.all,
    locks=lambda child: [Person.objects.filter(pk=child.pk)],
    records="networks.birthday_sent",
    refuses=(InvitedThisYear, BirthdayTimes, MayName),
)
def invite_to_birthday(
    school_class: SchoolClass,
    *,
    by: Person,
    child: Person,
    starts_at: datetime,
    ends_at: datetime,
    answer_by: datetime,
    place: str,
    words: str,
    is_shared: bool,
    not_names: list[str],
) -> Birthday:
    """Invite everyone whom the class's rule is about: no home can be left out, and none added. Refused for the second
    time in a school year, for what has begun, and until every word that may be a name is said to be none."""
    now, last, first, over = (one.timestamp() for one in (timezone.now(), answer_by, starts_at, ends_at))
    if not now < last <= first < over:  # as long as it really is, also on the night when the clock changes
        raise BirthdayTimes
    refuse_families_named(school_class, by, f"{place}\n{words}", not_names)
    rule = rule_of(school_class)
    try:
        with transaction.atomic():
            birthday = Birthday.objects.create(
                school_class=school_class,
                year=school_class.year,
                child=child,
                host_id=by.household_id,
                circle=rule.circle,
                ceiling=rule.ceiling,
                is_shared=is_shared,
                starts_at=starts_at,
                ends_at=ends_at,
                answer_by=answer_by,
                place=place,
                words=words,
                sent_by=by,
            )
    except IntegrityError as twice:
        raise InvitedThisYear from twice
    record("networks.birthday_sent", birthday, by=by)
    return birthday


@action(may=rules.can_call_off, claims=_to_come, gone=CALLED_OFF, records="networks.birthday_called_off")
def call_off_birthday(birthday: Birthday, *, by: Person) -> None:
    """Everyone who was invited and has not said no hears of it. Refused once it has begun."""
    birthday.called_off_at = timezone.now()
    birthday.save(update_fields=["called_off_at"])
    record("networks.birthday_called_off", birthday, by=by)


@action(may=rules.can_answer_birthday, claims=_to_come, gone=CALLED_OFF, records="networks.birthday_answered")
def answer_birthday(birthday: Birthday, *, by: Person, household: Household, answer: str) -> BirthdayAnswer:
    """One tap answers for the whole home, and the latest counts. Refused once it has begun or is called off."""
    said, _made = BirthdayAnswer.objects.update_or_create(
        birthday=birthday, household_id=household.pk, defaults={"answer": answer}
    )
    record("networks.birthday_answered", birthday, by=by)
    return said


@action(may=rules.is_guest, claims=Birthday.objects.all, records="networks.birthday_muted")
def mute_birthday(birthday: Birthday, *, by: Person, muted: bool) -> None:
    """No more reminders about this birthday for this person, or again. Twice is once."""
    if muted:
        BirthdayMute.objects.get_or_create(birthday=birthday, person_id=by.pk)
    else:
        BirthdayMute.objects.filter(birthday=birthday, person=by.pk).delete()
    record("networks.birthday_muted", birthday, by=by, muted=muted)


@action(
    may=rules.can_celebrate,
    claims=SchoolClass.objects.all,
    records="networks.quarter_joined",
    refuses=(NoBirthDate,),
)
def join_quarter(school_class: SchoolClass, *, by: Person, child: Person, joins: bool) -> None:
    """Say that one's child is glad to celebrate with those born in the same quarter, or no longer. Refused where the
    roster has no birth date."""
    if joins and child.born_on is None:
        raise NoBirthDate
    if joins:
        QuarterChild.objects.get_or_create(school_class=school_class, child_id=child.pk)
    else:
        QuarterChild.objects.filter(school_class=school_class, child=child.pk).delete()
    record("networks.quarter_joined", school_class, by=by)


@action(
    may=only_the_clock,
    claims=SchoolClass.objects.all,
    records="networks.birthdays_forgotten",
    refuses=(NotNow,),
)
def forget_birthdays(school_class: SchoolClass, *, by: Person) -> None:
    """When the school year is over, nobody needs to know who invited and who came. The rule is kept. Refused the second
    time."""
    gone, _rows = Birthday.objects.filter(school_class=school_class).delete()
    joined, _rows = QuarterChild.objects.filter(school_class=school_class).delete()
    if not gone + joined:
        raise NotNow(_("This has been deleted already."))
    record("networks.birthdays_forgotten", school_class, by=by)
