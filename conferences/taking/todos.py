"""What the new contact teacher of a class looks through once."""

from django.urls import reverse
from django.utils.translation import gettext as _

from conferences.taking.queries import NEW_FOR, roles_to_look_through
from portal.people.models import Role
from portal.todos import Todo, waits_for


def _new(hat):
    return roles_to_look_through(hat.person).filter(pk=hat.role.pk)


@waits_for(Role.Kind.CONTACT_TEACHER, among=_new)
def classes_to_take_over(hat):
    return [
        Todo(
            title=_("Look through what %(class)s was promised") % {"class": hat.scope.name},
            url=reverse("conferences:class_take_over", args=[hat.scope.pk]),
            due=hat.role.valid_from + NEW_FOR,
            detail=_("What the school owes whom and by when, who needs an interpreter, which talks are due."),
            icon="HandShakeHeart",
            hue="conferences",
        )
    ]
