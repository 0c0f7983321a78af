"""A timetable that waits for somebody to look it over."""

from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Timetable
from portal.todos import Todo, waits_for


def _proposed(hat):
    return Timetable.objects.visible_to(hat.person).filter(
        state=Timetable.State.PROPOSED, round__school=hat.school, round__state="published"
    )


@waits_for("principal", among=_proposed)
@waits_for("deputy", among=_proposed)
@waits_for("office", among=_proposed)
def timetables_to_look_over(hat):
    return [
        Todo(
            title=_("Look over the timetable: %(round)s") % {"round": timetable.round.title},
            url=reverse("conferences:timetable_show", args=[timetable.pk]),
            due=timetable.round.school.today(),
            detail=_("No family has heard of it until you publish it."),
            icon="Calendar",
            hue="conferences",
        )
        for timetable in _proposed(hat).select_related("round__school")
    ]
