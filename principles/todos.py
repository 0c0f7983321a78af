"""What waits for those who look after a principle: its review is near."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.people.models import Role
from portal.todos import Todo, waits_for
from principles.adoption import todos as adoption
from principles.confided import todos as confided
from principles.cooperation import todos as cooperation
from principles.hearings import todos as hearings
from principles.inquiries import todos as inquiries
from principles.life import todos as life
from principles.matrix import todos as matrix
from principles.queries import reviews_due
from principles.references import todos as references
from principles.supervision import todos as supervision

__all__ = [
    "adoption",
    "confided",
    "cooperation",
    "hearings",
    "inquiries",
    "life",
    "matrix",
    "references",
    "review_comes",
    "supervision",
]

SAID = (60, 30, 0)  # days before the review when it is said anew


def _due(hat):
    return reviews_due(hat, timezone.localdate() + timedelta(days=SAID[0]))


@waits_for(Role.Kind.PRINCIPAL, among=_due)
@waits_for(Role.Kind.DEPUTY, among=_due)
@waits_for(Role.Kind.BOARD_MEMBER, among=_due)
@waits_for(Role.Kind.OFFICE, among=_due)
@waits_for(Role.Kind.MUNICIPALITY_OFFICER, among=_due)
def review_comes(hat):
    """From 60 days before, until somebody sets a new date or publishes a new version."""
    today = timezone.localdate()
    return [
        Todo(
            title=_("Look at “%(title)s” again") % {"title": principle.title},
            url=principle.get_absolute_url(),
            due=principle.review_on,
            detail=_when((principle.review_on - today).days),
            icon="Compass",
            hue="principles",
        )
        for principle in _due(hat)
    ]


def _when(days):
    if days < SAID[2]:
        return _("The day has passed. The page says so until a new day is set.")
    if days <= SAID[1]:
        return ngettext("%(days)s day left.", "%(days)s days left.", days) % {"days": days}
    return _("Put it on the agenda of one of the next meetings.")
