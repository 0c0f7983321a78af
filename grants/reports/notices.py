"""Who hears of the report: the class before and after its day, those who close the case, the class when it is closed."""

from datetime import timedelta

from django.utils.translation import gettext as _

from grants.models import Closing, GrantApplication, GrantReport
from grants.notices import application_of, authors, contacts_of, facts_of, url, words_of
from grants.queries.payments import report_due, who_may_settle
from grants.reports import rules
from networks.models import Gathering
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, notice, reminder
from portal.speech import day, money

BEFORE, AFTER = 7, (1, 14)  # days


def is_open(notice):
    return not Closing.objects.filter(application=notice.subject).exists()


def is_missing(notice):
    """Nobody is asked for what is sent, nor about a gathering that was called off."""
    told = GrantReport.objects.filter(application=notice.subject)
    return is_open(notice) and not told.exists() and not notice.subject.gathering.is_cancelled


def closers_of(event):
    """Those who close the case, the first time that the report is sent."""
    if not event.details["first"]:
        return []
    application = application_of(event)
    return who_may_settle(application, lambda person: rules.can_close(person, application))


@notice("grants.report_sent", on="grants.report_sent", to=closers_of, category="tasks", wanted=is_open)
def report_sent(notice):
    application = notice.subject
    return Letter(
        subject=_("Class %(class)s has told how it went") % words_of(application),
        lines=[_("Read the report. When the money is settled, you close the case.")],
        facts=facts_of(application),
        buttons=(Button(_("Read the report"), url("report_show", application.pk)),),
    )


@notice("grants.case_closed", on="grants.case_closed", to=contacts_of, category="decisions", duty=True)
def case_closed(notice):
    application = notice.subject
    return Letter(
        subject=_("The case about your gathering is closed"),
        lines=[_("Everything is told and settled. You need not do anything more. Thank you.")],
        facts=facts_of(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )


@reminder("grants.report_reminder", category="reminders", wanted=is_missing)
def report_reminder(notice):
    application = notice.subject
    due = report_due(application)
    late = due < application.school.today()
    words = {**words_of(application), "day": day(due), "amount": money(application.amount_requested)}
    when = _("The day was %(day)s.") if late else _("Send it by %(day)s.")
    return Letter(
        subject=_("Tell how the gathering of class %(class)s went") % words,
        lines=[
            _("Most of the report is filled in already: who came, and how the children took part."),
            when % words,
        ],
        facts=facts_of(application),
        buttons=(Button(_("Write the report"), url("report_write", application.pk)),),
    )


@report_reminder.due
def reports_due(now):
    """A week before the day, the day after it and two weeks after; each once."""
    over = Gathering.objects.filter(ends_at__lte=now, ends_at__gte=now - timedelta(days=400))
    waiting = GrantApplication.objects.awarded().with_names()
    waiting = waiting.filter(gathering__in=over.values("pk"), report=None, closing=None)
    for application in waiting.exclude(gathering__state=Gathering.State.CANCELLED):
        today, due = now.astimezone(application.school.zone).date(), report_due(application)
        days = [-BEFORE, *AFTER]
        past = [number for number in days if today >= due + timedelta(days=number)]
        if past:
            for person in authors(application):
                yield Due(subject=application, recipient=person, occasion=f"{past[-1]} days")
