"""Who hears of a class's agreements. No letter depends on who has answered: that would be written down with a name."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import SharedNormAgreement
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import Person
from portal.speech import day, when

SOON, LONG_ENOUGH = timedelta(hours=48), timedelta(days=5)
WEEK = timedelta(days=7)  # who is not told of a review by then sees it waiting


def _agreement(event):
    return SharedNormAgreement.objects.select_related("school_class").get(pk=event.subject_id)


def _guardians(agreement):
    return Person.objects.filter(pk__in=agreement.guardians().values("guardian"))


def _contacts(agreement):
    return Person.objects.filter(pk__in=agreement.contacts().values("person"))


def those_asked(event):
    return _guardians(_agreement(event)) if event.details["asks"] else []


def everyone(event):
    return _guardians(_agreement(event))


def contacts(event):
    return _contacts(_agreement(event))


def still_asked(notice):
    agreement = notice.subject
    return agreement.is_asking and agreement.survey.takes_answers() and _is_guardian(notice)


def still_agreed(notice):
    return notice.subject.is_adopted and _is_guardian(notice)


def still_to_talk(notice):
    return notice.subject.is_talking and _is_contact(notice)


def still_to_review(notice):
    return notice.subject.is_to_review() and _is_contact(notice)


def _is_guardian(notice):
    return notice.subject.guardians().filter(guardian_id=notice.recipient_id).exists()


def _is_contact(notice):
    return _contacts(notice.subject).filter(pk=notice.recipient_id).exists()


def _names(agreement):
    return {"topic": agreement.get_topic_display(), "class": agreement.class_today.name}


def _page(name, agreement):
    return settings.SITE_URL + reverse(f"networks:{name}", args=[agreement.pk])


def _asking(notice, *, subject, lines):
    agreement = notice.subject
    closes_at = when(agreement.survey.closes_at, agreement.school_class.school)
    return Letter(
        subject=subject % _names(agreement),
        lines=[*lines, _("No name is kept with your answer. Totals are shown only when enough homes have answered.")],
        facts=((_("Until"), closes_at),),
        buttons=(Button(_("Answer for your home"), _page("survey_answer", agreement)),),
    )


@notice(
    "networks.survey_opened",
    on="networks.agreement_started",
    to=those_asked,
    category="invitations",
    wanted=still_asked,
)
def survey_opened(notice):
    return _asking(
        notice,
        subject=_("What do you think? %(topic)s in %(class)s"),
        lines=[_("The families of the class want to agree on something. Every home is asked, and answers once.")],
    )


@reminder("networks.survey_reminder", category="reminders", wanted=still_asked)
def survey_reminder(notice):
    return _asking(
        notice,
        subject=_("The survey closes soon: %(topic)s in %(class)s"),
        lines=[
            _(
                "Every home gets this, whether it has answered or not. If yours has answered, thank you, and you need do nothing."
            )
        ],
    )


@survey_reminder.due
def surveys_close_soon(now):
    asking = SharedNormAgreement.objects.asking().filter(survey__closes_at__range=(now, now + SOON))
    for agreement in asking.select_related("school_class", "survey"):
        if agreement.survey.closes_at - agreement.survey.opened_at >= LONG_ENOUGH:
            for person in _guardians(agreement):
                yield Due(agreement, person)


@notice("networks.survey_closed", on="networks.survey_closed", to=contacts, category="tasks", wanted=still_to_talk)
def survey_closed(notice):
    agreement = notice.subject
    said = (
        _("Enough homes have answered, and you can read what they think.")
        if agreement.survey.is_shown
        else _("Too few homes have answered, so nothing is shown. You can talk about it all the same.")
    )
    return Letter(
        subject=_("The survey is closed: %(topic)s in %(class)s") % _names(agreement),
        lines=[said, _("Talk about it when you meet, and write down what you agree.")],
        buttons=(Button(_("Open it"), _page("agreement_show", agreement)),),
    )


@notice(
    "networks.agreement_adopted",
    on="networks.agreement_adopted",
    to=everyone,
    category="news",
    wanted=still_agreed,
)
def agreement_adopted(notice):
    agreement = notice.subject
    return Letter(
        subject=_("We have agreed: %(topic)s in %(class)s") % _names(agreement),
        lines=agreement.text.splitlines(),
        facts=((_("Agreed at"), agreement.meeting), (_("Looked at again"), day(agreement.review_on))),
        buttons=(Button(_("Read the agreement"), _page("agreement_show", agreement)),),
    )


@reminder("networks.review_due", category="tasks", wanted=still_to_review)
def review_due(notice):
    agreement = notice.subject
    return Letter(
        subject=_("Time to look at it again: %(topic)s in %(class)s") % _names(agreement),
        lines=[_("Does it still fit your children’s age? Go on with it, ask anew or end it.")],
        buttons=(Button(_("Look at it again"), _page("agreement_review", agreement)),),
    )


@review_due.due
def reviews_due(now):
    today = timezone.localdate(now)
    due = SharedNormAgreement.objects.adopted().filter(review_on__range=(today - WEEK, today))
    for agreement in due.select_related("school_class"):
        for person in _contacts(agreement):
            yield Due(agreement, person, f"review {agreement.review_on}")
