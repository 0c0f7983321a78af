"""A class whose families have not been told where what is written this year."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.people.models import Role, SchoolClass
from portal.todos import Todo, waits_for
from principles.matrix.queries import still_to_publish


def _waiting(hat):
    return still_to_publish(SchoolClass.objects.filter(pk=hat.scope.pk))


@waits_for(Role.Kind.CONTACT_TEACHER, among=_waiting)
@waits_for(Role.Kind.SUBJECT_TEACHER, among=_waiting)
def matrix_to_publish(hat):
    """From the first day of school, for the whole team, until one of them has published it."""
    return [
        Todo(
            title=_("Where do you write homework and messages to %(class)s?") % {"class": one.name},
            url=reverse("principles:matrix_show", args=[one.pk]),
            detail=_("Homework, week plan, absence, messages: families look in one place."),
            icon="Table",
            hue="principles",
        )
        for one in _waiting(hat)
    ]
