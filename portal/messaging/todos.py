"""What waits for the office: addresses that do not work, and messages that could not be sent."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.messaging.queries import unreachable_at, unsent_at
from portal.people.models import Role
from portal.todos import Todo, waits_for


@waits_for(Role.Kind.OFFICE, among=lambda hat: unreachable_at(hat.person))
def failed_addresses(hat):
    count = unreachable_at(hat.person).count()
    if not count:
        return []
    title = ngettext("%(count)s e-mail address does not work", "%(count)s e-mail addresses do not work", count)
    return [
        Todo(
            title=title % {"count": count},
            url=reverse("messaging:address_list"),
            detail=_("Ask for a new address, so that nobody is left out."),
            icon="EnvelopeClosed",
        )
    ]


@waits_for(Role.Kind.OFFICE, among=lambda hat: unsent_at(hat.person))
def unsent_messages(hat):
    count = unsent_at(hat.person).count()
    if not count:
        return []
    title = ngettext("%(count)s message could not be sent", "%(count)s messages could not be sent", count)
    return [
        Todo(
            title=title % {"count": count},
            url=reverse("messaging:address_list"),
            detail=_("Tell them in another way."),
            icon="EnvelopeClosed",
        )
    ]
