"""Why families of a class meet, in six sentences that an organiser can put into the invitation."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    key: str
    title: Promise
    text: Promise

    def stands_in(self, words):
        return str(self.text) in words


REASONS = (
    Reason(
        "well-being",
        _("All of us thrive"),
        _("We meet because both children and parents thrive better when they know each other."),
    ),
    Reason(
        "belonging",
        _("We belong together"),
        _("We meet so that every family belongs to the class and the school, and wants to take part."),
    ),
    Reason(
        "friendship", _("Friendship"), _("We meet so that children and adults find friends, and nobody is left out.")
    ),
    Reason(
        "rules",
        _("Rules that we share"),
        _("We meet because it is easier to agree on common rules once we have talked with each other."),
    ),
    Reason("news", _("What goes on in the class"), _("We meet so that all of us know what goes on in the class.")),
    Reason(
        "calls",
        _("Easier to call each other"),
        _("We meet because it is easier to call each other, also when something has happened, once we have met."),
    ),
)
BY_KEY = {reason.key: reason for reason in REASONS}
