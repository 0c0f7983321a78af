"""The class is told that its paper is entered, and by which day it counts."""

from django.utils.translation import gettext as _

from grants.notices import contacts_of, facts_of, url, words_of
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.speech import dated


@notice(
    "grants.paper_registered",
    on="grants.paper_registered",
    to=contacts_of,
    category="decisions",
    duty=True,
    wanted=lambda notice: notice.subject.is_waiting,
)
def paper_registered(notice):
    application = notice.subject
    return Letter(
        subject=_("Your paper application is entered"),
        lines=[
            _("The school office has entered the application from class %(class)s. It counts from %(day)s.")
            % {**words_of(application), "day": dated(application.came_on)},
            _(
                "From now on it is yours: you find it in the portal, and can withdraw it. See if it says what you wrote."
            ),
            _("You usually get an answer within %(days)s days. You hear from us also if we need to know more.")
            % words_of(application),
        ],
        facts=facts_of(application),
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )
