"""What a family has told somebody who has not opened it yet."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.people.models import Enrolment
from portal.people.models.roles import REACHED_KINDS
from portal.todos import Todo, waits_for
from principles.confided.models import Confidence


def _unopened(hat):
    found = Confidence.objects.unopened_by(hat.person)
    if hat.role.school_class_id is None:
        return found.filter(school=hat.school)
    return found.filter(pupil__in=Enrolment.objects.current().filter(school_class=hat.scope).values("pupil"))


def confidences_to_read(hat):
    many = _unopened(hat).count()
    title = ngettext("Read what a family has told you", "Read what %(n)s families have told you", many) % {"n": many}
    detail = _("You were chosen for it by name. The family sees when you open it.")
    return [Todo(title=title, url=reverse("principles:confidence_received"), detail=detail, icon="ShieldLock")]


for _kind in REACHED_KINDS:
    waits_for(_kind, among=_unopened)(confidences_to_read)
