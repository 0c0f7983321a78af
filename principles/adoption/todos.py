"""What waits after a decision: three audiences to be told, and the steps of whoever sees to them."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.people.models import Role
from portal.people.models.roles import LEADER_KINDS
from portal.todos import Todo, waits_for
from principles.adoption.models import Communication, ImplementationStep

Kind = Role.Kind


def _untold(hat):
    rows = Communication.objects.undone().filter(version__effective_to=None)  # not of one that is replaced
    if hat.school:
        return rows.of_school(hat.school)
    return rows.filter(version__principle__school=None, version__principle__municipality=hat.scope)


def _title(communication):
    said = {
        Communication.Audience.PARENTS: _("Tell the parents: %(title)s"),
        Communication.Audience.PUPILS: _("Tell the pupils, in their own words: %(title)s"),
        Communication.Audience.STAFF: _("Tell the staff: %(title)s"),
    }[communication.audience]
    return said % {"title": communication.version.title}


@waits_for(Kind.PRINCIPAL, among=_untold)
@waits_for(Kind.DEPUTY, among=_untold)
@waits_for(Kind.MUNICIPALITY_OFFICER, among=_untold)
def audiences_to_tell(hat):
    return [
        Todo(
            title=_title(one),
            url=reverse("principles:audience_tell", args=[one.pk]),
            detail=_("It has been adopted. It waits until they are told."),
            icon="Paperplane",
            hue="principles",
        )
        for one in _untold(hat).select_related("version")
    ]


def _own_steps(hat):
    """Those of the person; and for the leaders those of people who have left the school."""
    rows, own = ImplementationStep.objects.undone().with_whether_left(hat.school), Q(owner=hat.person.pk)
    if not hat.school:
        return rows.filter(own, version__principle__municipality=hat.scope)
    if hat.kind in LEADER_KINDS:
        own |= Q(is_left=True)
    return rows.of_school(hat.school).filter(own)


@waits_for(Kind.PRINCIPAL, among=_own_steps)
@waits_for(Kind.DEPUTY, among=_own_steps)
@waits_for(Kind.OFFICE, among=_own_steps)
@waits_for(Kind.BOARD_MEMBER, among=_own_steps)
@waits_for(Kind.CONTACT_TEACHER, among=_own_steps)
@waits_for(Kind.SUBJECT_TEACHER, among=_own_steps)
@waits_for(Kind.AFTER_SCHOOL, among=_own_steps)
@waits_for(Kind.MUNICIPALITY_OFFICER, among=_own_steps)
def steps_to_finish(hat):
    return [
        Todo(
            title=_("So that a principle is kept: %(what)s") % {"what": one.what},
            url=reverse("principles:step_hand" if one.is_left else "principles:step_finish", args=[one.pk]),
            due=one.due_on,
            detail=_("Whoever saw to it has left. Give it to somebody else.")
            if one.is_left
            else _("Say what shows that it is done."),
            icon="Tasklist",
            hue="principles",
            in_letter=_("Something is to be done so that a principle is kept"),
        )
        for one in _own_steps(hat)
    ]
