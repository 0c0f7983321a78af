"""A timetable that waits for somebody to look it over."""

from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.models import Timetable
from portal.todos import Todo, waits_for


@waits_for("principal")
@waits_for("deputy")
@waits_for("office")
def timetables_to_look_over(hat):
    proposed = Timetable.objects.visible_to(hat.person).filter(
        state=Timetable.State.PROPOSED, round__school=hat.school, round__state="published"
    )
    return [
        Todo(
            title=_("Look over the timetable: %(round)s") % {"round": timetable.round.title},
            url=reverse("conferences:timetable_show", args=[timetable.pk]),
            due=timetable.round.school.today(),
            detail=_("No family has heard of it until you publish it."),
            icon="Calendar",
            hue="conferences",
        )
        for timetable in proposed.select_related("round__school")
    ]
