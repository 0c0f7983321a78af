"""What waits for the office: addresses that do not work."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.messaging.queries import unreachable_at
from portal.people.models import Role
from portal.todos import Todo, waits_for


@waits_for(Role.Kind.OFFICE)
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
