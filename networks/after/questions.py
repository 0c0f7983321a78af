"""What a home is asked after a gathering: two questions for its adults, and two for its children, with a smiley."""

from django.utils.translation import gettext_lazy as _

from networks.models import Pulse
from portal.surveys.questions import Ask, Option

ASKS = {
    Pulse.NEW: Ask(
        _("For the adults: did you get to know somebody new?"),
        (Option(_("Yes")), Option(_("A little")), Option(_("No"))),
    ),
    Pulse.AGAIN: Ask(
        _("For the adults: would you come next time?"), (Option(_("Yes")), Option(_("Maybe")), Option(_("No")))
    ),
    Pulse.SMILE: Ask(
        _("For the children: how was it?"),
        (Option(_("🙂 Good")), Option(_("😐 So-so")), Option(_("🙁 Not good"))),
    ),
    Pulse.BESIDE: Ask(
        _("For the children: did you have somebody to be with?"),
        (Option(_("Yes, all the time")), Option(_("Some of the time")), Option(_("No"))),
    ),
}


def asks_of(kind):
    return [ASKS[name] for name in Pulse.QUESTIONS[kind]]
