"""What waits for the office: letters that nobody has printed."""

from django.urls import reverse
from django.utils.translation import ngettext

from networks.letters.queries import on_paper
from portal.people.models import Role
from portal.todos import Todo, waits_for


@waits_for(Role.Kind.OFFICE)
def letters_to_print(hat):
    waiting = sum(one.unprinted for one in on_paper([hat.school.pk]))
    if not waiting:
        return []
    title = ngettext("Send %(n)s letter home", "Send %(n)s letters home", waiting) % {"n": waiting}
    return [Todo(title=title, url=reverse("networks:letters_due"), icon="PrinterSmall", hue="gatherings")]
