"""A text that lies before the board: to be read, and when the meeting has been, to be decided."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.people.models import Role
from portal.todos import Todo, waits_for
from principles.models import PrincipleVersion
from principles.moves import State

Kind = Role.Kind


def _at(hat, state):
    rows = PrincipleVersion.objects.filter(state=state)
    if hat.school:
        return rows.filter(principle__school=hat.school)
    return rows.filter(principle__school=None, principle__municipality=hat.scope)


def _to_read(hat):
    return _at(hat, State.READING)


def _to_decide(hat):
    return _at(hat, State.ADOPTION)


RELATED = ("principle__school", "principle__municipality")


@waits_for(Kind.BOARD_MEMBER, among=_to_read)
def texts_to_read(hat):
    return [
        Todo(
            title=_("Read “%(title)s”") % {"title": one.title},
            url=one.get_absolute_url(),
            detail=_("The board decides what becomes of the draft."),
            icon="Compass",
            hue="principles",
            in_letter=_("A draft waits for the board to read it"),
        )
        for one in _to_read(hat).select_related(*RELATED)
    ]


@waits_for(Kind.BOARD_MEMBER, among=_to_decide)
@waits_for(Kind.PRINCIPAL, among=_to_decide)
@waits_for(Kind.DEPUTY, among=_to_decide)
@waits_for(Kind.MUNICIPALITY_OFFICER, among=_to_decide)
def texts_to_decide(hat):
    return [
        Todo(
            title=_("Write down what the meeting decided: %(title)s") % {"title": one.title},
            url=reverse("principles:version_adopt", args=[one.principle.place_key, one.principle.slug]),
            detail=_("Do it after the meeting. Then everybody can read the text."),
            icon="Gavel",
            hue="principles",
            in_letter=_("A text waits for what the meeting decided"),
        )
        for one in _to_decide(hat).select_related(*RELATED)
    ]
