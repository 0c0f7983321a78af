"""A home's own turn waits for its answer; what nobody has answered for two weeks waits for the class contact."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.models import Turn
from networks.rota.halves import half_today
from networks.rota.queries import all_asked_of, asked_of
from portal.todos import Todo, waits_for


@waits_for("parent", among=lambda hat: all_asked_of(hat.person))
def turns_to_answer(hat):
    return [
        Todo(
            title=_("Will you help with a gathering of %(class)s?") % {"class": turn.class_today.name},
            url=f"{reverse('people:class_show', args=[turn.class_today.pk])}#rota",
            detail=_("Your turn: %(when)s. You can pass once without a reason.") % {"when": turn.half_in_words},
            icon="HandShakeHeart",
            hue="gatherings",
        )
        for turn in asked_of(hat.person)
    ]


def _asked_long_ago(hat):
    return Turn.objects.of_class(hat.scope).asked_long_ago()


@waits_for("class_contact", among=_asked_long_ago)
def turns_unanswered(hat):
    many = _asked_long_ago(hat).filter(half__gte=half_today(hat.scope)).count()
    if not many:
        return []
    title = ngettext(
        "%(n)s home has not answered about its turn", "%(n)s homes have not answered about their turn", many
    )
    return [
        Todo(
            title=title % {"n": many},
            url=reverse("networks:rota_show", args=[hat.scope.pk]),
            detail=_("Call them, or move the turn. They are not reminded."),
            icon="Phone",
            hue="gatherings",
        )
    ]
