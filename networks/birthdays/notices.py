"""Who hears of a birthday: at most the invitation, one reminder and the day before; and that it is called off."""

from datetime import timedelta

from django.utils.translation import gettext as _

from networks.birthdays.queries import name_in, place_in, unnamed, withdrawn_among
from networks.models import Birthday, BirthdayAnswer
from networks.notices.letters import OPEN_AFTER
from portal.calendars import in_a_day
from portal.messaging.letters import Button, Letter
from portal.messaging.links import link_for
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import Person
from portal.speech import money, when

PURPOSE = "networks.birthday"
SOON, LONG_ENOUGH = timedelta(hours=48), timedelta(days=4)


def _birthday(event):
    return Birthday.objects.get(pk=event.subject_id)


def _guests(birthday):
    return Person.objects.filter(pk__in=birthday.guests().values("guardian"))


def those_invited(event):
    return _guests(_birthday(event))


def those_who_may_come(event):
    birthday = _birthday(event)
    said_no = birthday.answers.filter(answer=BirthdayAnswer.Answer.NO)
    return _guests(birthday).exclude(household__in=said_no.values("household"))


def still_invited(notice):
    birthday = notice.subject
    return birthday.called_off_at is None and birthday.guests().filter(guardian=notice.recipient_id).exists()


def _still_silent(notice):
    birthday, home = notice.subject, notice.recipient.household_id
    return _may_remind(notice) and not birthday.answers.filter(household=home).exists()


def still_comes(notice):
    said_yes = notice.subject.answers.filter(answer=BirthdayAnswer.Answer.YES, household=notice.recipient.household_id)
    return _may_remind(notice) and said_yes.exists()


def still_called_off(notice):
    return notice.subject.called_off_at is not None


def _may_remind(notice):
    return still_invited(notice) and not notice.subject.mutes.filter(person=notice.recipient_id).exists()


def _names(notice):
    birthday = notice.subject
    return {"name": name_in(birthday, unnamed(notice.recipient, [birthday.child])), "class": birthday.school_class.name}


def present_in_words(birthday):
    if birthday.ceiling is None:
        return _("As you like. Small is fine.")
    if birthday.ceiling == 0:
        return _("No presents. The class has agreed on that.")
    return _("At most %(amount)s. The class has agreed on that.") % {"amount": money(birthday.ceiling)}


def _letter(notice, *, subject, lines, asks=True):
    birthday, school = notice.subject, notice.subject.school_class.school
    is_withdrawn = bool(withdrawn_among([birthday]))
    link = link_for(notice.recipient, birthday, purpose=PURPOSE, expires_at=birthday.ends_at + OPEN_AFTER)
    facts = (
        (_("When"), when(birthday.starts_at, school)),
        (_("Where"), place_in(birthday, is_withdrawn=is_withdrawn)),
        (_("Present"), present_in_words(birthday)),
    )
    chosen = {"yes": _("Yes, we are coming"), "no": _("We cannot come")} if asks else {}
    choices = [Button(words, f"{link.url()}?answer={name}") for name, words in chosen.items()]
    return Letter(
        subject=subject % _names(notice),
        lines=[*lines, *([birthday.words] if birthday.words and not is_withdrawn else [])],
        facts=facts,
        buttons=(Button(_("See or change the answer"), link.url()), *choices),
        mute=link.url("networks:birthday_mute"),
        kept_as=_("A birthday in %(class)s. Open it to see whose.") % {"class": birthday.school_class.name},
    )


@notice(
    "networks.birthday_invited",
    on="networks.birthday_sent",
    to=those_invited,
    category="invitations",
    wanted=still_invited,
)
def birthday_invited(notice):
    until = when(notice.subject.answer_by, notice.subject.school_class.school)
    return _letter(
        notice,
        subject=_("Birthday: %(name)s (%(class)s)"),
        lines=[
            _("Your child is invited, like everyone in the class or the grade."),
            _("Please answer by %(until)s, also when you cannot come.") % {"until": until},
        ],
    )


@reminder("networks.birthday_reminder", category="reminders", wanted=_still_silent)
def birthday_reminder(notice):
    return _letter(
        notice,
        subject=_("Are you coming? Birthday: %(name)s (%(class)s)"),
        lines=[_("You have not answered yet. One tap is enough, and no is an answer too.")],
    )


@birthday_reminder.due
def birthdays_to_answer(now):
    for birthday in Birthday.objects.standing().filter(answer_by__range=(now, now + SOON)):
        if birthday.answer_by - birthday.sent_at >= LONG_ENOUGH:
            said = birthday.answers.values("household")
            for person in _guests(birthday).exclude(household__in=said):
                yield Due(birthday, person)


@reminder("networks.birthday_tomorrow", category="reminders", wanted=still_comes)
def birthday_tomorrow(notice):
    return _letter(
        notice,
        subject=_("Tomorrow: the birthday of %(name)s (%(class)s)"),
        lines=[_("You have said that you are coming.")],
        asks=False,
    )


@birthday_tomorrow.due
def birthdays_tomorrow(now):
    for birthday in Birthday.objects.standing().filter(starts_at__gt=now, starts_at__lte=in_a_day(now)):
        said = birthday.answers.filter(answer=BirthdayAnswer.Answer.YES)
        for person in _guests(birthday).filter(household__in=said.values("household")):
            yield Due(birthday, person)


@notice(
    "networks.birthday_called_off",
    on="networks.birthday_called_off",
    to=those_who_may_come,
    category="invitations",
    duty=True,
    urgent=True,
    wanted=still_called_off,
)
def birthday_called_off(notice):
    birthday = notice.subject
    return Letter(
        subject=_("Called off: the birthday of %(name)s (%(class)s)") % _names(notice),
        lines=[
            _("It does not take place %(when)s.") % {"when": when(birthday.starts_at, birthday.school_class.school)}
        ],
    )
