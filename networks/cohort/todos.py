"""What waits for the class contact: a time that runs out."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.cohort.handing import ending_terms
from networks.cohort.newcomers import newcomers_to_welcome, unwelcomed_in
from portal.todos import Todo, waits_for


def _ending(hat):
    return ending_terms().filter(pk=hat.role.pk)


@waits_for("class_contact", among=_ending)
def terms_to_hand_over(hat):
    ending = _ending(hat).first()
    if ending is None:
        return []
    return [
        Todo(
            title=_("Go on as class contact of %(class)s, or hand over") % {"class": hat.scope.name},
            url=reverse("networks:hand_over", args=[hat.scope.pk]),
            due=ending.ends,
            detail=_("Your time runs out. Here is what the next one needs to know."),
            icon="HandShakeHeart",
            hue="gatherings",
        )
    ]


@waits_for("class_contact", among=lambda hat: unwelcomed_in(hat.scope))
def families_to_welcome(hat):
    many = len(newcomers_to_welcome(hat.scope, but_for=hat.person.household_id))
    if not many:
        return []
    title = ngettext("Say welcome to a new family in %(class)s", "Say welcome to %(n)s new families in %(class)s", many)
    return [
        Todo(
            title=title % {"n": many, "class": hat.scope.name},
            url=reverse("networks:newcomer_list", args=[hat.scope.pk]),
            detail=_("A call is enough. They have got a message with the page of the class."),
            icon="HandShakeHeart",
            hue="gatherings",
        )
    ]
