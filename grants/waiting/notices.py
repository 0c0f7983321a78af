"""What is said of a case that waits: of a draft to the class, of the month to those who decide, of a delay to the class."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import GrantApplication
from grants.notices import contacts_of, deciders, facts_of, is_theirs_to_decide, url, with_role, words_of, writers
from grants.waiting.queries import answers_due_before_long
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import Role
from portal.speech import day

BREATH, STALE = timedelta(hours=1), timedelta(days=7)


def is_draft(notice):
    application = notice.subject
    return application.is_draft and writers(application).filter(pk=notice.recipient_id).exists()


@reminder("grants.draft_left", category="reminders", wanted=is_draft)
def draft_left(notice):
    application = notice.subject
    return Letter(
        subject=_("Your draft is saved"),
        lines=[
            _("You have begun on an application for “%(title)s”, and it is not sent yet.") % words_of(application),
            _("The principal cannot see a draft. Go on when you like, until %(day)s.")
            % {"day": day(application.scheme.closes_on)},
        ],
        buttons=(Button(_("Go on with the draft"), url("application_edit", application.pk)),),
    )


@draft_left.due
def drafts_left(now):
    """Once for each draft, an hour after it was last changed: whoever sends it at once gets the receipt alone."""
    left = GrantApplication.objects.drafts().with_names().filter(changed_at__range=(now - STALE, now - BREATH))
    for application in left:
        yield Due(subject=application, recipient=application.applicant, occasion="begun")


@notice("grants.answer_delayed", on="grants.answer_delayed", to=contacts_of, category="decisions", duty=True)
def answer_delayed(notice):
    application = notice.subject
    words = words_of(application) | {"day": day(application.expected_on)}
    return Letter(
        subject=_("The answer to your application takes longer"),
        lines=[
            _("The application from class %(class)s is not decided yet.") % words,
            application.delay_reason,
            _("You have an answer by %(day)s. You need not do anything.") % words,
        ],
        facts=facts_of(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )


@reminder("grants.month_ends", category="reminders", wanted=is_theirs_to_decide)
def month_ends(notice):
    application = notice.subject
    words = words_of(application) | {"day": day(application.answer_due)}
    return Letter(
        subject=_("The application from class %(class)s must be answered soon") % words,
        lines=[
            _("The class must have an answer, or a word about when it comes, by %(day)s.") % words,
            _("If it takes longer, tell the class why and when: it takes a minute."),
        ],
        facts=facts_of(application),
        buttons=(
            Button(_("Look at the application"), url("application_open", application.pk)),
            Button(_("Tell the class when"), url("application_delay", application.pk)),
        ),
    )


@month_ends.due
def months_that_end(now):
    for application in answers_due_before_long(timezone.localtime(now).date()):
        for person in deciders(application):
            yield Due(subject=application, recipient=person, occasion=f"by {application.answer_due}")


def is_late(notice):
    application = notice.subject
    return application.is_waiting and application.answer_due < application.school.today()


@reminder("grants.answer_overdue", category="reminders", wanted=is_late)
def answer_overdue(notice):
    """To the municipality, which answers for its schools: of which school, and nothing of the case."""
    application = notice.subject
    is_here = application.transferred_at is not None or not application.has_leader
    return Letter(
        subject=_("A class has not had its answer in time"),
        lines=[
            _(
                "A case at %(school)s should have been answered by %(day)s, and the class has not been told when it comes."
            )
            % (words_of(application) | {"day": day(application.answer_due)}),
            _("The municipality decides it. Answer it, or tell the class when it has its answer.")
            if is_here
            else _("Ask the principal, or see that somebody stands in."),
        ],
        facts=((_("Case number"), application.case_number),),
    )


@answer_overdue.due
def answers_overdue(now):
    today = timezone.localtime(now).date()
    for application in answers_due_before_long(today):
        if application.answer_due < today:
            for person in with_role(Role.Kind.MUNICIPALITY_OFFICER, municipality=application.school.municipality):
                yield Due(subject=application, recipient=person, occasion=f"after {application.answer_due}")
