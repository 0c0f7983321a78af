"""Parents, pupils and staff are told of a principle, each in words of their own."""

from django.conf import settings
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from principles.adoption.models import Communication
from principles.adoption.queries import audience_of, whom_to_tell


def its_audience(event):
    found = Communication.objects.filter(pk=event.subject_id, sends=True, done_at__isnull=False)
    communication = found.select_related("version__principle").first()
    return whom_to_tell(communication, but=event.by) if communication else []


def still_of_it(notice):
    return audience_of(notice.subject).filter(pk=notice.recipient_id).exists()


@notice(
    "principles.principle_told",
    on="principles.audience_told",
    to=its_audience,
    category="news",
    wanted=still_of_it,
)
def principle_told(notice):
    told = notice.subject
    version = told.version
    return Letter(
        subject=_("%(title)s applies here") % {"title": version.title},
        lines=told.text.splitlines(),
        buttons=(Button(_("Read all of it"), settings.SITE_URL + version.principle.get_absolute_url()),),
        sender=str(version.principle.place),
    )
