"""Who hears of what happens to principles: those who answer for the school, not everyone in it."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import Person, Role
from portal.speech import dated
from principles.adoption import notices as adoption
from principles.confided import notices as confided
from principles.cooperation import notices as cooperation
from principles.guide.notices import asked_to_call
from principles.hearings import notices as hearings
from principles.inquiries import notices as inquiries
from principles.matrix import notices as matrix
from principles.models import PrincipleVersion
from principles.supervision import notices as supervision
from principles.wheel import notices as wheel

__all__ = [
    "adoption",
    "asked_to_call",
    "confided",
    "cooperation",
    "hearings",
    "inquiries",
    "matrix",
    "supervision",
    "version_published",
    "wheel",
]

KINDS = (Role.Kind.PRINCIPAL, Role.Kind.DEPUTY, Role.Kind.BOARD_MEMBER)


def principal_and_board(event):
    roles = Role.objects.live(kinds=KINDS).filter(school=event.school)
    return Person.objects.filter(pk__in=roles.values("person")).exclude(pk=event.by)


def is_still_public(notice):
    return PrincipleVersion.objects.published().filter(pk=notice.subject.pk).exists()


@notice(
    "principles.version_published",
    on="principles.version_published",
    to=principal_and_board,
    category="news",
    wanted=is_still_public,
)
def version_published(notice):
    version = notice.subject
    principle = version.principle
    return Letter(
        subject=_("%(title)s is published") % {"title": version.title},
        lines=[
            _("%(school)s has published version %(number)s of this principle. Everybody can read it.")
            % {"school": principle.place, "number": version.number},
            *([version.change_summary] if version.change_summary else []),
        ],
        facts=[
            (_("Adopted by"), version.adopted_by),
            (_("Adopted on"), dated(version.adopted_on)),
            (_("Applies from"), dated(version.effective_from)),
        ],
        buttons=[Button(_("Read the principle"), settings.SITE_URL + version.get_absolute_url())],
    )
