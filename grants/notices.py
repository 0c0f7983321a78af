"""What happened to an application, who hears of it, and in which words."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import Decision, GrantApplication, InformationRequest
from grants.models.applications import AWARDED, WAITING, Status
from grants.queries import latest_decision
from grants.rules import is_co_applicant
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, notice, reminder
from portal.people.models import Person, Role
from portal.speech import dated, money, when

KINDS = Role.Kind
FIRST_REMINDERS = (5, 10)  # school days
ON_MONDAY_TO_FRIDAY = range(5)


def application_of(event):
    return GrantApplication.objects.with_names().get(pk=event.subject_id)


def with_role(*kinds, **scope):
    return Person.objects.filter(roles__in=Role.objects.live(kinds=kinds).filter(**scope)).distinct().in_name_order()


def writers(application):
    """Those who write the application; where the class has nobody any more, its contact teachers hear what is decided."""
    found = authors(application)
    return found if found.exists() else with_role(KINDS.CONTACT_TEACHER, school_class=application.school_class)


def authors(application):
    """The class contacts, and whoever applies together with them (`rules.can_write`)."""
    contacts = Role.objects.live(kinds=[KINDS.CLASS_CONTACT]).filter(school_class=application.school_class)
    partners = [
        one.person_id for one in application.co_applicants.accepted() if is_co_applicant(one.person, application)
    ]
    return Person.objects.filter(Q(roles__in=contacts) | Q(pk__in=partners)).distinct().in_name_order()


def contacts_of(event):
    return writers(application_of(event))


def deciders_of(event):
    return deciders(application_of(event))


def deciders(application):
    if application.transferred_at is None and application.has_leader:
        found = with_role(KINDS.PRINCIPAL, KINDS.DEPUTY, school=application.school)
    else:
        found = with_role(KINDS.MUNICIPALITY_OFFICER, municipality=application.school.municipality)
    return found.exclude(impartiality_answers__in=application.impartiality_answers.filter(stands_aside=True))


def deciders_of_withdrawn(event):
    return deciders_of(event) if event.details["was_sent"] else []


def is_waiting(notice):
    return notice.subject.is_waiting


def is_theirs_to_decide(notice):
    """No longer wanted once the case is passed on or the recipient stands aside."""
    return is_waiting(notice) and deciders(notice.subject).filter(pk=notice.recipient_id).exists()


def is_awaited(notice):
    return notice.subject.status == Status.NEEDS_INFO


def url(name, *args):
    return settings.SITE_URL + reverse(f"grants:{name}", args=args)


def words_of(application):
    return {
        "class": application.school_class.name,
        "school": application.school.name,
        "title": application.gathering.title,
        "amount": money(application.amount_requested),
        "case": application.case_number,
        "days": application.scheme.answer_days,
    }


def facts_of(application):
    return (
        (_("Class"), application.school_class.name),
        (_("Gathering"), application.gathering.title),
        (_("When"), when(application.gathering.starts_at, application.school)),
        (_("Applied for"), money(application.amount_requested)),
        (_("Case number"), application.case_number),
    )


@notice(
    "grants.application_to_decide",
    on=("grants.application_submitted", "grants.paper_registered"),
    to=deciders_of,
    category="tasks",
    duty=True,
    wanted=is_waiting,
)
def application_to_decide(notice):
    application = notice.subject
    return Letter(
        subject=_("Class %(class)s applies for %(amount)s") % words_of(application),
        lines=[
            _("The class contact has sent an application for support. You decide it."),
            _("The class expects an answer within %(days)s days.") % words_of(application),
        ],
        facts=facts_of(application),
        buttons=(Button(_("Look at the application"), url("application_open", application.pk)),),
    )


@notice(
    "grants.application_received",
    on="grants.application_submitted",
    to=contacts_of,
    category="decisions",
    duty=True,
)
def application_received(notice):
    application = notice.subject
    return Letter(
        subject=_("We have received your application"),
        lines=[
            _("The application from class %(class)s has come to the principal at %(school)s.") % words_of(application),
            _("You usually get an answer within %(days)s days. You hear from us also if we need to know more.")
            % words_of(application),
        ],
        facts=facts_of(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )


@notice(
    "grants.information_asked",
    on="grants.information_asked",
    to=contacts_of,
    category="decisions",
    duty=True,
    wanted=is_awaited,
)
def information_asked(notice):
    application = notice.subject
    asked = InformationRequest.objects.filter(application=application).last()
    return Letter(
        subject=_("We need more information"),
        lines=[
            _("Before we decide the application from class %(class)s, we need to know this:") % words_of(application),
            asked.question,
            _("Answer by %(day)s. Then we go on with the case.") % {"day": dated(asked.answer_by)},
        ],
        buttons=(Button(_("Answer"), url("application_answer", application.pk)),),
    )


@notice(
    "grants.information_given",
    on="grants.information_given",
    to=deciders_of,
    category="tasks",
    duty=True,
    wanted=is_waiting,
)
def information_given(notice):
    application = notice.subject
    return Letter(
        subject=_("Class %(class)s has answered") % words_of(application),
        lines=[_("You asked about the application for support. The answer is there, and you can decide.")],
        facts=facts_of(application),
        buttons=(Button(_("Look at the application"), url("application_open", application.pk)),),
    )


@notice(
    "grants.transferred_to_decide",
    on="grants.application_transferred",
    to=deciders_of,
    category="tasks",
    duty=True,
    wanted=is_waiting,
)
def transferred_to_decide(notice):
    application = notice.subject
    return Letter(
        subject=_("An application from %(school)s is passed on to you") % words_of(application),
        lines=[_("The school has asked that someone else decides it. Nobody at the school can decide it now.")],
        facts=facts_of(application),
        buttons=(Button(_("Look at the application"), url("application_open", application.pk)),),
    )


@notice(
    "grants.application_passed_on",
    on="grants.application_transferred",
    to=contacts_of,
    category="decisions",
    duty=True,
)
def application_passed_on(notice):
    application = notice.subject
    return Letter(
        subject=_("Someone else decides your application"),
        lines=[
            _(
                "The municipality decides the application from class %(class)s, so that nobody decides a case of "
                "somebody they are close to."
            )
            % words_of(application),
            _("It does not affect the answer. You need not do anything."),
        ],
        facts=facts_of(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )


@notice(
    "grants.application_withdrawn",
    on="grants.application_withdrawn",
    to=deciders_of_withdrawn,
    category="news",
)
def application_withdrawn(notice):
    application = notice.subject
    return Letter(
        subject=_("Class %(class)s has withdrawn its application") % words_of(application),
        lines=[_("You need not do anything more with it.")],
        facts=facts_of(application),
    )


def letter_waits(decision):
    """The alert says that there is a letter and where, and nothing of what was decided: whoever reads the post of a
    home need not know it."""
    application = decision.application
    has_limit = application.scheme.appeal_weeks and not decision.is_final
    return Letter(
        subject=_("There is a letter for you about your application"),
        lines=[
            _("The letter stands in the portal, where you can also download it. Read it when you are signed in."),
            *([_("The time in which you can appeal runs from this message.")] if has_limit else []),
        ],
        facts=((_("Case number"), application.case_number),),
        buttons=(Button(_("Read the letter"), url("decision_show", decision.pk)),),
    )


@notice("grants.decision_sent", on="grants.decision_made", to=contacts_of, category="decisions", duty=True)
def decision_sent(notice):
    first = Decision.objects.select_related("application").get(application=notice.subject, version=1)
    return letter_waits(first)


@notice(
    "grants.correction_sent",
    on="grants.decision_corrected",
    to=contacts_of,
    category="decisions",
    duty=True,
)
def correction_sent(notice):
    return letter_waits(latest_decision(notice.subject))


def _cancelled_application(gathering_key):
    concerned = (*WAITING, Status.NEEDS_INFO, *AWARDED)
    return GrantApplication.objects.with_names().filter(gathering=gathering_key, status__in=concerned).first()


def contacts_of_cancelled(event):
    application = _cancelled_application(event.subject_id)
    return with_role(KINDS.CLASS_CONTACT, school_class=application.school_class) if application else []


def deciders_of_cancelled(event):
    application = _cancelled_application(event.subject_id)
    return deciders(application) if application else []


def is_cancelled(notice):
    return notice.subject.is_cancelled and _cancelled_application(notice.subject.pk) is not None


@notice(
    "grants.cancelled_applicant",
    on="networks.gathering_cancelled",
    to=contacts_of_cancelled,
    category="decisions",
    duty=True,
    wanted=is_cancelled,
)
def cancelled_applicant(notice):
    subject = _("The gathering is cancelled: what happens to the money")
    awarded = (
        _("You got %(amount)s for this gathering."),
        _("Find a new day, or use the money for another gathering: you choose it on the page of the case."),
        _("If nothing comes of it, give the money back there, so that another class can have it."),
    )
    applied = (
        _("You have applied for %(amount)s for this gathering."),
        _("Tell the principal if you find a new day. If the gathering is not held, withdraw the application."),
    )
    return _about_money(notice, subject, awarded, applied, _("See the application"), "application_show")


@notice(
    "grants.cancelled_decider",
    on="networks.gathering_cancelled",
    to=deciders_of_cancelled,
    category="tasks",
    duty=True,
    wanted=is_cancelled,
)
def cancelled_decider(notice):
    subject = _("Class %(class)s has cancelled its gathering")
    awarded = (
        _("Class %(class)s got %(amount)s for it."),
        _("The class contacts have been asked to choose another gathering, or to give the money back."),
    )
    applied = (
        _("Class %(class)s has applied for %(amount)s for it."),
        _("The class contacts have been asked to tell you of a new day, or to withdraw the application."),
    )
    return _about_money(notice, subject, awarded, applied, _("Look at the application"), "application_open")


def _about_money(notice, subject, awarded, applied, label, where):
    application = _cancelled_application(notice.subject.pk)
    words, is_awarded = words_of(application), application.status in AWARDED
    if is_awarded:
        words |= {"amount": money(latest_decision(application).amount)}
    return Letter(
        subject=subject % words,
        lines=[line % words for line in (awarded if is_awarded else applied)],
        facts=facts_of(application),
        buttons=(Button(label, url(where, application.pk)),),
    )


@reminder("grants.decision_reminder", category="reminders", wanted=is_theirs_to_decide)
def decision_reminder(notice):
    application = notice.subject
    return Letter(
        subject=_("The application from class %(class)s waits for you") % words_of(application),
        lines=[
            _("It was sent %(day)s. The class plans its gathering and needs to know.")
            % {"day": dated(application.came_on)},
            _("The class must have an answer, or a word about when it comes, by %(day)s.")
            % {"day": dated(application.answer_due)},
        ],
        facts=facts_of(application),
        buttons=(Button(_("Look at the application"), url("application_open", application.pk)),),
    )


@decision_reminder.due
def decisions_due(now):
    today = timezone.localtime(now).date()
    for number in FIRST_REMINDERS:
        by_then = school_days_before(today, number)
        came = Q(received_on__lte=by_then) | Q(submitted_at__date__lte=by_then)
        for application in GrantApplication.objects.waiting().with_names().filter(came):
            for person in deciders(application):
                yield Due(subject=application, recipient=person, occasion=f"{number} days")


def school_days_before(day, number):
    while number:
        day -= timedelta(days=1)
        number -= day.weekday() in ON_MONDAY_TO_FRIDAY
    return day
