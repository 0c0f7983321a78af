"""Who hears where a class writes what: everybody whom it is for, once when it is published, and once a day at most when it
changes. What is changed after that day's letter is told the next morning."""

from datetime import time, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.messaging.kinds import DELAY
from portal.messaging.letters import Button, Letter
from portal.messaging.models import Notice
from portal.messaging.notices import Due, notice
from portal.people.ages import ATTENDS_FROM, years_before
from portal.people.models import Enrolment, GuardianRelation, Person
from portal.speech import capital, day
from principles.matrix.models import Matrix
from principles.matrix.queries import page_of

MORNING = time(7)
CARRIED = timedelta(days=3)  # so long, when the clock has stood


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
        subject=_("Where homework and messages for %(class)s stand") % names,
        lines=[
            _("This is where you find what the school writes to %(class)s. It was last changed on %(day)s.")
            % {**names, "day": day(matrix.changed_at, matrix.school)},
            _("You need not remember it: it stands on the page of the class."),
        ],
        facts=tuple((row.get_matter_display(), capital(row.place)) for row in written.used),
        buttons=(Button(_("See all of it"), settings.SITE_URL + matrix.get_absolute_url()),),
        sender=matrix.school.name,
    )


@matrix_news.due
def changed_since(now):
    """On a later day than it was changed: whoever was told before that and has nothing waiting, which would be worded when
    it is sent."""
    changed = Matrix.objects.published().filter(changed_at__gte=now - CARRIED)
    for matrix in changed.select_related("school_class__school"):
        here = timezone.localtime(now, matrix.school_class.school.zone)
        if here.time() < MORNING or timezone.localdate(matrix.changed_at, here.tzinfo) == here.date():
            continue
        told = Notice.objects.filter(kind=matrix_news.name, recipient=OuterRef("pk")).about(matrix)
        before = told.told().filter(told_at__lt=matrix.changed_at + DELAY)
        since = told.filter(Q(state=Notice.State.WAITING) | Q(told_at__gte=matrix.changed_at + DELAY))
        for person in readers_of(matrix).exclude(pk=matrix.changed_by_id).filter(Exists(before), ~Exists(since)):
            yield Due(matrix, person, f"on {here.date()}")
