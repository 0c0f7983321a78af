"""Notices that wait for release: the contact teacher's, or the leaders' where there is no other; and what came back."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from networks.models import Bulletin
from portal.people.models import Role
from portal.todos import Todo, waits_for


@waits_for(Role.Kind.CONTACT_TEACHER)
def bulletins_to_release(hat):
    waiting = Bulletin.objects.waiting().filter(school_class=hat.scope).exclude(written_by=hat.person.pk)
    return [_to_release(one) for one in waiting.select_related("school_class")]


@waits_for(Role.Kind.PRINCIPAL)
@waits_for(Role.Kind.DEPUTY)
def bulletins_for_leaders(hat):
    of_class = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class=OuterRef("school_class"))
    waiting = Bulletin.objects.waiting().filter(school_class__school=hat.scope).exclude(written_by=hat.person.pk)
    waiting = waiting.exclude(Exists(of_class.exclude(person=OuterRef("written_by"))))
    return [_to_release(one) for one in waiting.select_related("school_class")]


def _to_release(bulletin):
    return Todo(
        title=_("Read a notice before it is sent: %(class)s") % {"class": bulletin.school_class.name},
        url=bulletin.get_absolute_url(),
        detail=_("Somebody could work out which child it is about. Release it, or give it back."),
        icon="Chat2",
        hue="gatherings",
        of=bulletin.title,
    )
