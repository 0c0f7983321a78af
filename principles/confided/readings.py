"""Who at the school has opened what a home has told: for that home alone."""

from django.utils.translation import gettext_lazy as _

from portal.readings import tells_who_read
from principles.confided.models import Confidence
from principles.confided.queries import READ, looks_at


@tells_who_read(Confidence._meta.label, {READ: _("What your home has told in confidence")})
def confidences_read(person, _schools):
    """(events, {confidence's key: child's key}). Two queries, including the events'."""
    found = list(Confidence.objects.of_home(person).only("pk", "pupil"))
    return looks_at(found), {str(one.pk): one.pupil_id for one in found}
