"""What waits for the class contact: a time that runs out."""

from django.urls import reverse
from django.utils.translation import gettext as _

from networks.cohort.handing import ending_terms
from portal.todos import Todo, waits_for


@waits_for("class_contact")
def terms_to_hand_over(hat):
    ending = ending_terms().filter(pk=hat.role.pk).first()
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
