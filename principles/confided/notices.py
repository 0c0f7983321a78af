"""That a family has told something, and nothing of it: neither which family, nor about whom."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import Person
from principles.confided.models import Confidant, Confidence


def the_confidants(event):
    chosen = Confidant.objects.filter(confidence=event.subject_id)
    return Person.objects.active().filter(pk__in=chosen.values("person"))


def is_unopened(notice):
    return Confidence.objects.unopened_by(notice.recipient).filter(pk=notice.subject.pk).exists()


@notice(
    "principles.confidence_given",
    on="principles.confidence_given",
    to=the_confidants,
    category="tasks",
    wanted=is_unopened,
)
def confidence_given(notice):
    return Letter(
        subject=_("A family has told you something"),
        lines=[
            _("It is for you and nobody whom the family has not chosen. It stands in no message: sign in to read it.")
        ],
        buttons=[Button(_("Sign in and read it"), settings.SITE_URL + reverse("principles:confidence_received"))],
    )
