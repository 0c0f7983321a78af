"""The one message of the conflict guide: a number, and nothing else."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import passing
from portal.people import protection


def may_be_told(notice):
    """To somebody at a protected address it would go without its words, and nothing would be left to read."""
    return not protection.sheltered_among([notice.recipient_id])


@passing("principles.asked_to_call", category="tasks", wanted=may_be_told)
def asked_to_call(notice):
    """Neither who asks, nor about whom: two homes talk, and the portal does not."""
    return Letter(
        subject=_("Another family in the class asks you to call"),
        lines=[
            _("It is about children in the class. What it is, Skolebro does not know: it is best said aloud."),
            _("You get this because your name stands on the page of the class. You choose that yourself."),
        ],
        facts=[(_("Number to call"), notice.text)],
        buttons=[Button(_("What I share with the class"), settings.SITE_URL + reverse("people:directory"))],
        sms=_("Skolebro: Another family in the class asks you to call %(number)s.") % {"number": notice.text},
    )
