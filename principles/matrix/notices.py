"""Who hears where a class writes what: everybody whom it is for, once when it is published, and once a day at most when it
changes."""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.models import Enrolment, GuardianRelation, Person
from portal.speech import capital, day
from principles.matrix.models import Matrix
from principles.matrix.queries import page_of


def families_and_pupils(event):
    """Guardians of the class, and its pupils from the age of 12. Two changes of one day are one message."""
    matrix = Matrix.objects.published().select_related("school_class__school").filter(pk=event.subject_id).first()
    if matrix is None or not event.details.get("told", True):
        return []
    on = timezone.localdate(event.at, timezone=matrix.school_class.school.zone)
    return [(person, f"on {on}") for person in readers_of(matrix).exclude(pk=event.by)]


def readers_of(matrix):
    guardians = GuardianRelation.objects.live().in_class(matrix.school_class_id).values("guardian")
    places = Enrolment.objects.current().filter(school_class=matrix.school_class_id)
    old_enough = places.filter(pupil__born_on__lte=years_before(timezone.localdate(), ATTENDS_FROM)).values("pupil")
    return Person.objects.active().filter(Q(pk__in=guardians) | Q(pk__in=old_enough))


def still_reads(notice):
    return readers_of(notice.subject).filter(pk=notice.recipient_id).exists()


@notice(
    "principles.matrix_news",
    on=("principles.matrix_published", "principles.matrix_written"),
    to=families_and_pupils,
    category="news",
    wanted=still_reads,
)
def matrix_news(notice):
    matrix = notice.subject
    written = page_of(matrix, notice.recipient)
    names = {"class": matrix.school_class.name}
    return Letter(
        subject=_("Where the school writes what to %(class)s") % names,
        lines=[
            _("This is where you find what the school writes to %(class)s. It was last changed on %(day)s.")
            % {**names, "day": day(matrix.changed_at, matrix.school)},
            _("You need not remember it: it stands on the page of the class."),
        ],
        facts=tuple((row.get_matter_display(), capital(row.place)) for row in written.used),
        buttons=(Button(_("See all of it"), settings.SITE_URL + matrix.get_absolute_url()),),
        sender=matrix.school.name,
    )
