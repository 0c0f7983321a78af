"""What the school puts on the agenda of a talk. Families put theirs there by sharing what they have prepared."""

from django.utils.translation import gettext as _

from conferences.before import rules
from conferences.models import AgendaPoint, Conference, NotNow, TalkOver
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


@action(
    may=rules.can_put_point,
    claims=Conference.objects.open,
    gone=TalkOver,
    records="conferences.point_put",
    refuses=(NotNow,),
)
def put_point(conference: Conference, *, by: Person, text: str) -> AgendaPoint:
    """Put something on the agenda; the family reads it before the talk. A point that is already there is not added
    again. Refused when the talk is over or called off, and when there are as many points as a talk has time for."""
    if said := conference.agenda_points.filter(text=text).first():
        return said
    if conference.agenda_points.count() >= AgendaPoint.MOST:
        raise NotNow(_("The talk has no time for more. Take a point away first."))
    point = AgendaPoint.objects.create(conference=conference, text=text, by=by)
    record("conferences.point_put", conference, by=by, point=point.pk)
    return point


@action(may=rules.can_take_point, claims=AgendaPoint.objects.all, deletes=True, records="conferences.point_taken")
def take_point(point: AgendaPoint, *, by: Person) -> None:
    """Take one of the school's points off the agenda again."""
    record("conferences.point_taken", point.conference, by=by, point=point.pk)
    point.delete()
