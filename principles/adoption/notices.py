"""Parents, pupils and staff are told of a principle, each in words of their own."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.models import Enrolment, GuardianRelation, Person, Role, SchoolClass
from portal.people.models.roles import REACHED_KINDS
from principles.adoption.models import Communication

Audience = Communication.Audience


def audience_of(communication):
    """Everybody of it today, at the school or at all schools that share the principle."""
    principle = communication.version.principle
    schools = Q(school=principle.school_id)
    if principle.school_id is None:
        schools = Q(school__municipality=principle.municipality_id)
    classes = SchoolClass.objects.current().filter(schools)
    if communication.audience == Audience.PARENTS:
        keys = GuardianRelation.objects.live().in_classes(classes.values("pk")).values("guardian")
    elif communication.audience == Audience.PUPILS:
        places = Enrolment.objects.current().filter(school_class__in=classes.values("pk"))
        keys = places.filter(pupil__born_on__lte=years_before(timezone.localdate(), ATTENDS_FROM)).values("pupil")
    else:
        of_class = Q(school_class__in=classes.values("pk"))
        keys = Role.objects.live(kinds=REACHED_KINDS).filter(schools | of_class).values("person")
    return Person.objects.active().filter(pk__in=keys)


def its_audience(event):
    found = Communication.objects.filter(pk=event.subject_id, sends=True, done_at__isnull=False)
    communication = found.select_related("version__principle").first()
    return audience_of(communication).exclude(pk=event.by) if communication else []


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
