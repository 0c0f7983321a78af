"""Who hears of an invitation to apply together: the one who is asked, and the answer those who write."""

from django.utils.translation import gettext as _

from grants.models import CoApplicant
from grants.notices import url, words_of, writers
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import Person
from portal.speech import day


def asked_of(event):
    return CoApplicant.objects.select_related("application").get(pk=event.subject_id)


def the_one_asked(event):
    return Person.objects.filter(pk=event.details["person"])


def those_who_write(event):
    return writers(asked_of(event).application).exclude(pk=event.by)


def is_asked(notice):
    return CoApplicant.objects.asked().visible_to(notice.recipient).filter(pk=notice.subject.pk).exists()


@notice(
    "grants.co_applicant_asked",
    on="grants.co_applicant_invited",
    to=the_one_asked,
    category="invitations",
    wanted=is_asked,
)
def co_applicant_asked(notice):
    asked = notice.subject
    return Letter(
        subject=_("Will you apply together with the class contact?"),
        lines=[
            _("The class contact of %(class)s asks you to write the application for “%(title)s” together.")
            % words_of(asked.application),
            _("Answer by %(day)s. Until you say yes, you see nothing of it.") % {"day": day(asked.expires_on)},
        ],
        buttons=(Button(_("Answer"), url("co_applicant_answer", asked.pk)),),
    )


@notice("grants.co_applicant_joined", on="grants.co_applicant_accepted", to=those_who_write, category="news")
def co_applicant_joined(notice):
    application = notice.subject.application
    return Letter(
        subject=_("You are two to apply now"),
        lines=[
            _("Whoever you asked has said yes. You write the application for “%(title)s” together.")
            % words_of(application)
        ],
        buttons=(Button(_("See the application"), url("application_show", application.pk)),),
    )
