"""Who hears that a gathering with an application is moved, replaced, or never held."""

from django.utils.translation import gettext as _

from grants.models import GrantApplication
from grants.models.applications import AWARDED, IN_HAND, Status
from grants.notices import contacts_of, deciders, deciders_of, facts_of, url, words_of
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.speech import when


def _case_of(gathering_key):
    return GrantApplication.objects.with_names().filter(gathering=gathering_key, status__in=IN_HAND).first()


def deciders_of_moved(event):
    application = _case_of(event.subject_id) if event.details.get("elsewhere") else None
    return deciders(application) if application else []


def has_case(notice):
    return not notice.subject.is_cancelled and _case_of(notice.subject.pk) is not None


def _is_in_hand(notice):
    return notice.subject.status in IN_HAND


def _is_lapsed(notice):
    return notice.subject.status == Status.LAPSED


@notice(
    "grants.moved_decider",
    on="networks.gathering_changed",
    to=deciders_of_moved,
    category="news",
    wanted=has_case,
)
def moved_decider(notice):
    application = _case_of(notice.subject.pk)
    words = words_of(application) | {"when": when(application.gathering.starts_at, application.school)}
    awarded = _("The support follows along. You need not do anything.")
    return Letter(
        subject=_("Class %(class)s has moved its gathering") % words,
        lines=[
            _("“%(title)s” is %(when)s now.") % words,
            awarded if application.status in AWARDED else _("Its application waits for your answer."),
        ],
        facts=facts_of(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )


@notice(
    "grants.gathering_replaced",
    on="grants.gathering_replaced",
    to=deciders_of,
    category="news",
    wanted=_is_in_hand,
)
def gathering_replaced(notice):
    application = notice.subject
    return Letter(
        subject=_("Class %(class)s has chosen another gathering") % words_of(application),
        lines=[_("The application and the money are for “%(title)s” now.") % words_of(application)],
        facts=facts_of(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )


def _is_open(application):
    return application.scheme.is_open(application.school.today())


def _what_follows(application):
    if not _is_open(application):
        return [_("The money for “%(title)s” is not paid, and the case is over. You need not do anything.")]
    return [
        _("The money for “%(title)s” is free for other classes now."),
        _("Class %(class)s can apply again, for another gathering."),
    ]


@notice("grants.lapsed_class", on="grants.award_lapsed", to=contacts_of, category="decisions", wanted=_is_lapsed)
def lapsed_class(notice):
    application = notice.subject
    return Letter(
        subject=_("The support was not used"),
        lines=[line % words_of(application) for line in _what_follows(application)],
        facts=facts_of(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )


@notice("grants.lapsed_decider", on="grants.award_lapsed", to=deciders_of, category="news", wanted=_is_lapsed)
def lapsed_decider(notice):
    application = notice.subject
    return Letter(
        subject=_("Class %(class)s does not use its support") % words_of(application),
        lines=[
            _("The money is free for other classes again.") if _is_open(application) else _("You need not do anything.")
        ],
        facts=facts_of(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )
